"""What a link or a term of an HTML text or a Markdown file points at."""

from collections.abc import Callable
from typing import NamedTuple

from articles.canonical.addresses import address
from articles.canonical.identifiers import is_kind, is_uuid
from articles.canonical.text import shown

Own = Callable[[str], tuple[str, str] | None]


class Target(NamedTuple):
    """What lies under the words (see ``Marks.anchor``), or the code of the problem with its params."""

    anchor: tuple[str, ...] = ()
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()


def target(attributes: dict[str, str], own: Own) -> Target:
    """Where an ``<a>`` leads; without an address nowhere, which is no problem: it may be a place to jump to."""
    if "data-item" in attributes or "data-kind" in attributes:
        kind, item = attributes.get("data-kind"), attributes.get("data-item")
        if is_kind(kind) and is_uuid(item):
            return Target(("item_link", str(kind), str(item)))
        return Target(code="item-link-broken")
    if "href" not in attributes:
        return Target()
    return link(attributes["href"], own)


def link(raw: str, own: Own) -> Target:
    """Where an address leads: to an item of ours, out into the web, to a mailbox, to a telephone, or nowhere."""
    href, code = address(raw)
    if found := own(href or raw.strip()):
        return Target(("item_link", *found))
    if code:
        return Target(code=code, params=() if code == "link-empty" else (("href", shown(raw, 80)),))
    return Target(("link", href))


def term(found: str) -> Target:
    """The term that a ``<span data-term>`` names."""
    return Target(("term", found)) if is_uuid(found) else Target(code="term-broken")
