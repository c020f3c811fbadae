"""Addresses of our own pages, recognised where an editor types or pastes them."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from articles.editions import queries
from articles.editions.kinds import kinds

_SLOT = re.compile(r"\\\{(language|slug)\\\}")


def own_item(href: str) -> tuple[str, str] | None:
    """Return (kind, item) of the page at an address of our own site, also of a slug it once had; None for others."""
    try:
        address, site = urlsplit(href.strip()), urlsplit(settings.SITE_URL)
    except ValueError:
        return None
    if address.netloc.lower() != site.netloc.lower() or address.scheme not in ("http", "https"):
        return None
    for kind in kinds():
        # A term has no page of its own: it is a place on the glossary's.
        written = f"{address.path}#{address.fragment}" if "#" in kind.page else address.path
        pattern = _SLOT.sub(
            lambda slot: "(ru|en)" if slot[1] == "language" else "(?P<slug>[^/#]+)", re.escape(kind.page)
        )
        if (match := re.fullmatch(pattern, written)) and (found := queries.by_slug(kind.name, match["slug"])):
            return kind.name, found.item
    return None
