"""A feed as Atom (RFC 4287)."""

from typing import Any
from xml.etree import ElementTree as xml

from articles.reader.presenters.feed import Feed, FeedEntry

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(feed: Feed) -> bytes:
    """Return the document. Its text is plain: no program that shows it has to trust our HTML."""
    root = xml.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", f"{feed.address}.atom")
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=f"{feed.address}.atom")
    _add(root, "link", rel="alternate", type="text/html", hreflang=feed.language, href=feed.home)
    _add(_add(root, "author"), "name", feed.author)
    for entry in feed.entries:
        _entry(_add(root, "entry"), entry)
    return xml.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(parent: xml.Element, entry: FeedEntry) -> None:
    _add(parent, "id", entry.id)
    _add(parent, "title", entry.title)
    _add(parent, "updated", entry.updated)
    if entry.published:
        _add(parent, "published", entry.published)
    _add(parent, "link", rel="alternate", type="text/html", href=entry.address)
    _add(parent, "category", term=entry.change, label=entry.change_words)
    _add(parent, "summary", entry.summary)


def _add(parent: xml.Element, name: str, text: str = "", **attributes: Any) -> xml.Element:
    element = xml.SubElement(parent, name, attributes)
    element.text = text or None
    return element
