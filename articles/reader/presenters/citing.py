"""Marks of sources in the text and the way back: which places of a page refer to which source."""

from collections import defaultdict

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.editions.document import Document

# Keeps a mark on the line of the word that it stands behind.
_JOINED = "\N{WORD JOINER}"


class Citing:
    """Numbers the marks of one page. Present blocks in reading order before asking for places."""

    def __init__(self, document: Document) -> None:
        self._numbers = document.numbers()
        self._places: defaultdict[str, list[str]] = defaultdict(list)

    def mark(self, source: str, locator: str = "") -> SafeString:
        """Return the linked number of a source; a source that a draft no longer has is a question mark."""
        number = self._numbers.get(source)
        if number is None:
            return format_html("{}<sup>[?]</sup>", _JOINED)
        place = f"r{number}-{len(self._places[source]) + 1}"
        self._places[source].append(place)
        shown = f"{number}, {locator}" if locator else str(number)
        return format_html(
            '{}<sup><a href="#s{}" id="{}"><span class="vh">{} </span>[{}]</a></sup>',
            _JOINED,
            number, place, gettext("Source"), shown,
        )  # fmt: skip

    def places(self, source: str) -> list[str]:
        """Return the ids of the marks that refer to a source, in reading order."""
        return list(self._places[source])
