"""From the address of a public page, as somebody copies it from a browser, to the text that lies there."""

from urllib.parse import urlsplit

from articles.canonical.languages import LANGUAGES
from articles.editions import queries
from articles.editions.kinds import Kind, kinds
from articles.editions.queries import Found, Shelved


def live_text_at(address: str) -> Shelved | None:
    """Return the live text whose slug ends an address, of this site or without one; None where there is none."""
    slug = urlsplit(address.strip()).path.rstrip("/").rpartition("/")[2]
    for kind in kinds():
        found = queries.by_slug(kind.name, slug) if _is_slug(slug) else None
        texts = [text for language in LANGUAGES if found and (text := found.shelved(language)) and text.is_live]
        if texts:
            return texts[0]
    return None


def item_at(address: str) -> Found | None:
    """Return the item whose page, live or withdrawn, or whose past or paper lies at an address; None for any other.

    Whichever host it names: behind a test address lies the same text.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    steps = [step for step in parts.path.split("/") if step]
    if parts.fragment:
        steps.append(f"#{parts.fragment}")
    for kind in kinds():
        slug = _slug_in(kind, steps).removeprefix("#")
        if _is_slug(slug) and (found := queries.by_slug(kind.name, slug)):
            return found
    return None


def _slug_in(kind: Kind, steps: list[str]) -> str:
    """What stands in an address where the pages of a kind have their slug; empty where it is no such address."""
    pattern = kind.page.replace("#{slug}", "{slug}").strip("/").split("/")
    if len(steps) < len(pattern) or steps[0] not in LANGUAGES:
        return ""
    fixed = all(own.startswith("{") or own == step for own, step in zip(pattern, steps, strict=False))
    return steps[pattern.index("{slug}")] if fixed and "{slug}" in pattern else ""


def _is_slug(text: str) -> bool:
    return text.isascii() and text.replace("-", "").isalnum()
