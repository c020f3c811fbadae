"""The documents for partners, as they are kept beside the code and as the site serves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from articles.api.v1.docs.markdown import Rendered, render
from articles.canonical.languages import Language

HOME = "/api/v1/docs/"

# In this order, and whatever else is there behind them.
ORDER = (
    "getting-started", "sync", "client", "items", "blocks", "finding", "webhooks", "conduct", "addresses", "triage",
    "licence", "changelog",
)  # fmt: skip

# Documents speak of the site as a developer runs it; here it is the one that serves them.
_OWN_MACHINE = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Guide:
    """`name` is the last part of its address."""

    name: str
    file: Path

    @property
    def title(self) -> str:
        return self.rendered("en").title

    def rendered(self, language: Language) -> Rendered:
        """Return the document with links to pages in this language."""
        return _rendered(self.file, language, settings.SITE_URL)


def guides() -> Sequence[Guide]:
    """Return every document, the first to read first."""
    # The introduction of the whole directory is for those who develop it.
    files = [file for place in ("*.md", "*/*.md") for file in _root().glob(place) if file != _root() / "README.md"]
    found = {_name(file): Guide(_name(file), file) for file in files}
    first = [found[name] for name in ORDER if name in found]
    return [*first, *(found[name] for name in sorted(found) if name not in ORDER)]


def guide(name: str) -> Guide | None:
    """Return the document of this name, None if there is none."""
    return next((one for one in guides() if one.name == name), None)


def programs() -> Sequence[Path]:
    """Return the programs that partners may take: each is one file."""
    return sorted((_root() / "client").glob("*.py"))


def address(name: str, language: Language) -> str:
    """Return where a document is served."""
    return f"{HOME}{name}/?lang={language}"


def _name(file: Path) -> str:
    """What a document is called in its address: the one that introduces a directory is called after it."""
    return file.parent.name if file.stem == "README" else file.stem


def _root() -> Path:
    return Path(settings.API_DOCUMENTS)


@cache
def _rendered(file: Path, language: Language, site: str) -> Rendered:
    def lead(target: str) -> str | None:
        place, _, anchor = target.partition("#")
        below = f"#{anchor}" if anchor else ""
        if not place or "://" in place or place.startswith("mailto:"):
            return target
        path = (file.parent / place).resolve()
        if path.name == "openapi.json":
            return f"/api/v1/schema/{below}"
        if path.suffix == ".md" and path.is_relative_to(_root()) and guide(_name(path)):
            return address(_name(path), language) + below
        return f"{HOME}client/{path.name}" if path.name in {one.name for one in programs()} else None

    return render(file.read_text(encoding="utf-8").replace(_OWN_MACHINE, site), lead)
