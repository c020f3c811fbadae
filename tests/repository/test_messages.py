"""Every message that a person can see is in the Russian catalogue, translated by somebody and not by a guess."""

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from articles.canonical.typography import polish_line

CATALOGUE = Path("locale/ru/LC_MESSAGES/django.po")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%%?(?:\(\w+\))?[sd]")
# Where the words of readers' pages stand.
READERS = (
    "articles/jinja2/reader",
    "articles/reader",
    "articles/editions",
    "triage/jinja2",
    "triage/pages",
    "triage/live",
)
# Placeholders and marks alone.
WITHOUT_WORDS = {
    "%(name)s, %(role)s",
    "No. %(number)s",
    "%(id)s “%(text)s”",
    "%(happened)s: “%(title)s” (%(language)s)",
}


def tool(*arguments: object) -> str:
    return subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def messages(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """English message to its Russian forms."""
    compiled = tmp_path_factory.mktemp("messages") / "django.mo"
    tool("msgfmt", "--check-format", "--check-domain", "-o", compiled, repository / CATALOGUE)
    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    found: dict[str, list[str]] = {}
    for key, value in catalogue.items():
        message = (key[0] if isinstance(key, tuple) else key).split("\x04")[-1]
        if message:
            found.setdefault(message, []).append(value)
    return found


def names(repository: Path, *options: str) -> list[str]:
    return re.findall(
        r"^msgid (.+)$", tool("msgattrib", "--no-obsolete", *options, repository / CATALOGUE), re.MULTILINE
    )[1:]


def test_no_message_is_without_its_translation(repository: Path) -> None:
    assert names(repository, "--untranslated") == []


def test_no_translation_is_a_guess(repository: Path) -> None:
    assert names(repository, "--only-fuzzy") == []


def test_the_catalogue_has_exactly_the_messages_of_the_code(repository: Path, tmp_path: Path) -> None:
    """Collected anew from a copy, so that a test never writes into the repository."""
    ignored = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in ("articles", "cramps_site", "triage", "locale"):
        shutil.copytree(repository / name, tmp_path / name, ignore=ignored)
    shutil.copy(repository / "manage.py", tmp_path)
    done = subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale=ru", "--no-location", "--no-wrap"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    collected, kept = names(tmp_path, "--no-wrap"), names(repository, "--no-wrap")
    assert sorted(set(collected) - set(kept)) == [], "call make messages"
    assert sorted(set(kept) - set(collected)) == [], "call make messages"


def test_scripts_get_their_words_from_the_page(repository: Path) -> None:
    """There is no catalogue for scripts, so a message in one would never be translated."""
    scripts = [*(repository / "articles").rglob("*.js"), *(repository / "cramps_site").rglob("*.js")]
    assert [str(path) for path in scripts if re.search(r"\bn?gettext\(", path.read_text())] == []


def test_a_translation_has_the_placeholders_of_its_message(messages: dict[str, list[str]]) -> None:
    wrong = [
        message
        for message, forms in messages.items()
        for form in forms
        if sorted(PLACEHOLDER.findall(message)) != sorted(PLACEHOLDER.findall(form))
    ]
    assert wrong == []


def test_messages_are_english_and_translations_russian(messages: dict[str, list[str]]) -> None:
    assert len(messages) > 500
    assert [message for message in messages if CYRILLIC.search(message)] == []
    latin = [
        message
        for message, forms in messages.items()
        if message not in WITHOUT_WORDS and not all(CYRILLIC.search(form) for form in forms)
    ]
    assert latin == []


def test_russian_is_set_as_russian_is(messages: dict[str, list[str]]) -> None:
    """Ёлочки and not straight or English marks; a dash that does not begin a line; no double or trailing space."""
    wrong = [
        form
        for forms in messages.values()
        for form in forms
        if re.search(r"[\"“”]| [—–] | - (?=[a-zа-яё])|  ", re.sub(r"\w+=\"[^\"]*\"", "", form)) or form != form.strip()
    ]
    assert wrong == []


def test_what_readers_read_is_set_by_the_rules_of_their_texts(repository: Path, messages: dict[str, list[str]]) -> None:
    """A line on a telephone never ends with a short word or begins with a dash, in a text or around it."""
    paths = [path for place in READERS for path in (repository / place).rglob("*") if path.suffix in (".html", ".py")]
    source = " ".join(re.sub(r'"\s*\n\s*f?"', "", "".join(path.read_text() for path in paths)).split())
    shown = [
        form
        for message, forms in messages.items()
        if " ".join(message.split()).replace('"', '\\"') in source
        for form in forms
    ]
    assert len(shown) > 500
    assert [form for form in shown if polish_line(form, language="ru") != form] == []


def test_a_message_and_its_translation_end_alike(messages: dict[str, list[str]]) -> None:
    ends = [
        (message, form)
        for message, forms in messages.items()
        for form in forms
        if (message[-1] in ".…:") != (form[-1] in ".…:")
    ]
    assert ends == []
