"""The repository's own text: what must never be in it, and how long a file may be."""

import re
import subprocess
from pathlib import Path

import pytest

LONGEST = 300
LONGEST_TEST = 400
# Given away as one file, so that partners can copy it.
LONGEST_GIVEN_AWAY = 800
TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".html", ".css", ".js", ".json", ".svg", ".po", ".sh", ""}
OUT = (
    ".venv/",
    "var/",
    ".git/",
    "node_modules/",
    ".hypothesis/",
    ".ruff_cache/",
    ".mypy_cache/",
    ".import_linter_cache/",
)

# Written in pieces, so that this file is not its own finding.
FORBIDDEN = {
    "an address of a package registry": "|".join(["pypi[.]org", "pythonhosted[.]org", "registry[.]npmjs"]),
    "an option that names a registry": "index[-]url|find[-]links",
    "a path of one machine": r"(?<![\w.-])/(?:ro" r"ot|ho" r"me|wo" r"rk|Users)/\w",
    "work that is not done": r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b",
    "a key or token": r"-----BEGIN [A-Z ]*PRIVATE KEY|\bghp_\w{20}|\bAKIA[0-9A-Z]{16}",
}


@pytest.fixture(scope="module")
def files(repository: Path) -> list[Path]:
    """Every text file that is, or is about to be, kept by git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=repository, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    found = [repository / name for name in listed if name and not name.startswith(OUT)]
    return [path for path in found if path.suffix in TEXT and path.is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_repository_does_not_hold(what: str, files: list[Path]) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_no_python_file_is_longer_than_one_idea(files: list[Path], repository: Path) -> None:
    code = [path for path in files if path.suffix == ".py" and "migrations" not in path.parts]
    places = {repository / "tests": LONGEST_TEST, repository / "docs" / "api" / "client": LONGEST_GIVEN_AWAY}

    def most(path: Path) -> int:
        return next((lines for place, lines in places.items() if path.is_relative_to(place)), LONGEST)

    long = {str(path): lines for path in code if (lines := len(path.read_text().split("\n"))) > most(path)}
    assert code
    assert long == {}


def test_text_files_are_utf_8_without_carriage_returns_and_end_with_a_line_break(files: list[Path]) -> None:
    written = [path for path in files if "examples" not in path.parts and path.suffix != ".json"]
    wrong = [str(path) for path in written if b"\r" in (raw := path.read_bytes()) or (raw and not raw.endswith(b"\n"))]
    assert wrong == []


def test_files_outside_the_two_apps_are_what_any_project_needs(repository: Path, files: list[Path]) -> None:
    top = {path.relative_to(repository).parts[0] for path in files}
    assert top <= {
        "cramps_site", "articles", "triage", "locale", "tests", "docs", "deploy", "requirements", "manage.py",
        "pyproject.toml", "README.md", "Makefile", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", ".ci", ".gitignore",
    }  # fmt: skip
