"""What people can call, set and open is written down."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

OWN = ("articles", "triage", "cramps_site")


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def documentation(repository: Path, readme: str) -> str:
    pages = sorted((repository / "docs").rglob("*.md"))
    return "\n".join([readme, *(page.read_text(encoding="utf-8") for page in pages)])


def test_every_management_command_is_in_the_readme(readme: str) -> None:
    commands = [name for name, app in get_commands().items() if app in OWN]
    assert len(commands) >= 5
    assert [name for name in commands if f"`{name}" not in readme] == []


def test_every_make_target_is_in_the_readme(repository: Path, readme: str) -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (repository / "Makefile").read_text(), re.MULTILINE)
    assert phony
    assert [target for target in phony[1].split() if f"`make {target}" not in readme] == []


def test_every_variable_of_the_environment_is_in_the_readme(repository: Path, readme: str) -> None:
    code = "\n".join(path.read_text() for path in (repository / "cramps_site").rglob("*.py"))
    read = set(re.findall(r'(?:environment|_env)\.\w+\(\s*"([A-Z_]+)"', code)) | {"PORT", "DJANGO_SETTINGS_MODULE"}
    assert read >= {"SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "CACHE_URL", "EMAIL_URL"}
    assert sorted(name for name in read if f"`{name}`" not in readme) == []


def test_the_readme_names_no_variable_that_nothing_reads(repository: Path, readme: str) -> None:
    code = (
        "\n".join(
            path.read_text()
            for place in ("cramps_site", "tests", ".ci")
            for path in (repository / place).rglob("*")
            if path.is_file() and path.suffix in {".py", ""}
        )
        + (repository / "Makefile").read_text()
    )
    named = re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE)
    assert named
    assert [name for name in named if name not in code] == []


def test_every_address_is_written_down(documentation: str) -> None:
    missing = [
        address for address in addresses() if _shape(address) not in {_shape(a) for a in _written(documentation)}
    ]
    assert missing == []


def test_every_room_is_on_the_map(repository: Path) -> None:
    page = (repository / "docs" / "map.md").read_text(encoding="utf-8")
    rooms = [path.parent.name for path in (repository / "articles").glob("*/__init__.py")]
    unnamed = {room for room in rooms if f"{room}/" not in page} - {"management", "migrations", "starter"}
    assert unnamed == set()


def test_every_file_that_the_documentation_names_exists(repository: Path, documentation: str) -> None:
    named = set(re.findall(r"`((?:articles|cramps_site|triage|tests|docs|locale)/[\w./-]+\.\w+)`", documentation))
    assert len(named) > 20
    assert sorted(name for name in named if not (repository / name).exists()) == []


def test_every_decision_says_why_and_what_follows(repository: Path) -> None:
    records = sorted((repository / "docs" / "decisions").glob("[0-9]*.md"))
    assert records
    for number, record in enumerate(records, start=1):
        text = record.read_text(encoding="utf-8")
        assert record.name.startswith(f"{number:04d}-")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], record.name


def test_every_link_between_pages_leads_somewhere(repository: Path) -> None:
    pages = [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert broken == []


def addresses() -> list[str]:
    """Every public address; those of the admin belong to Django and are found by clicking."""
    return [address for address in _walk(get_resolver(), "/") if not address.startswith(("/admin/", "/static/"))]


def _walk(resolver: URLResolver, before: str) -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern).lstrip("^")
        found += [address] if isinstance(entry, URLPattern) else _walk(entry, address)
    return found


def _written(documentation: str) -> list[str]:
    return re.findall(r"`(?:GET |HEAD )?(/[^`\s]*)`", documentation)


def _shape(address: str) -> str:
    """An address with every variable part alike: `<slug:slug>`, `{slug}` and a regular expression's group."""
    address = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)|<[^>]+>|\{[^}]+\}", "{}", address)
    return re.sub(r"[\^$\\]|\?.*$", "", address)


def test_shapes_of_addresses_are_compared_without_names() -> None:
    assert _shape("/<language>/articles/<slug:slug>/") == _shape("/{lang}/articles/{slug}/") == "/{}/articles/{}/"
