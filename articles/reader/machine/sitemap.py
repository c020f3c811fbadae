"""Sitemaps (sitemaps.org, version 0.9), with the other language of each page as search engines read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True)
class Place:
    """An address; `changed` is empty where nobody can say when. `alternates` are the addresses by language, the page
    itself among them; empty where it is in one language only."""

    address: str
    changed: str
    alternates: Mapping[str, str]


def index(parts: Iterable[str]) -> bytes:
    """Return the list of all sitemaps by their addresses. When a page in one was last changed is said there."""
    rows = "".join(f"<sitemap>{_place(address, '')}</sitemap>\n" for address in parts)
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{rows}</sitemapindex>\n".encode()


def urlset(places: Iterable[Place]) -> bytes:
    """Return one sitemap."""
    rows = "".join(row(place) for place in places)
    return f"{_HEAD}<urlset {_NAMESPACE} {_LINKS}>\n{rows}</urlset>\n".encode()


def row(place: Place) -> str:
    """Return what stands in a sitemap for one page."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in place.alternates.items()
    )
    return f"<url>{_place(place.address, place.changed)}{links}</url>\n"


def _place(address: str, changed: str) -> str:
    return f"<loc>{escape(address)}</loc>" + (f"<lastmod>{changed}</lastmod>" if changed else "")
