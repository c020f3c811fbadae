"""Where the editors' guide lies, and what its pages name: pictures, and words of the interface in bold."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "editors"
PICTURES = GUIDE / "pictures"

_PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def page(language: str) -> str:
    """Return the guide in this language."""
    return (GUIDE / f"{language}.md").read_text(encoding="utf-8")


def triage(language: str) -> str:
    """Return the page on protocols of the triage in this language."""
    return (GUIDE / f"triage.{language}.md").read_text(encoding="utf-8")


def partners(language: str) -> str:
    """Return the page on partners in this language."""
    return (GUIDE / f"partners.{language}.md").read_text(encoding="utf-8")


def workflow(language: str) -> str:
    """Return the page on a desk with more people in this language."""
    return (GUIDE / f"workflow.{language}.md").read_text(encoding="utf-8")


def pictures(language: str) -> list[str]:
    """Return the addresses of the pictures that the guide shows, each with words that stand for it."""
    return _PICTURE.findall(page(language) + partners(language))


def interface_words(language: str) -> set[str]:
    """Return what the guide quotes from the interface: it stands in bold, in Russian inside «» too."""
    found = (
        " ".join(words.split()).strip("«»")
        for words in _BOLD.findall(page(language) + triage(language) + partners(language) + workflow(language))
    )
    return {words.replace("\u00a0", " ") for words in found}
