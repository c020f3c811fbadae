"""Marks of sources in the text and the way back: which places of a page refer to which source."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.editions.parts import Source

# Keeps a mark on the line of the word that it stands behind.
_JOINED = "\N{WORD JOINER}"


class Citing:
    """Numbers the marks of one page by its sources. Present blocks in reading order before asking for places."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._numbers = {source.id: number for number, source in enumerate(sources, start=1)}
        self._places: defaultdict[str, list[str]] = defaultdict(list)

    @cached_property
    def _said(self) -> str:
        return escape(gettext("Source"))

    def mark(self, source: str, locator: str = "", *, linked: bool = True) -> SafeString:
        """Return the number of a source; a source that a draft no longer has is a question mark.

        It leads to the source unless `linked` is False: from where nobody may be led away.
        """
        number = self._numbers.get(source)
        if number is None:
            return format_html("{}<sup>[?]</sup>", _JOINED)
        place = f"r{number}-{len(self._places[source]) + 1}"
        self._places[source].append(place)
        # Written out, because a page has dozens: all is ours but the locator, which is escaped.
        shown = f"{number}, {escape(locator)}" if locator else number
        words = f'<span class="vh">{self._said} </span>[{shown}]'
        if not linked:
            return SafeString(f'{_JOINED}<sup id="{place}">{words}</sup>')
        return SafeString(f'{_JOINED}<sup><a href="#s{number}" id="{place}">{words}</a></sup>')

    def marks(self, sources: Iterable[str], *, linked: bool = True) -> list[SafeString]:
        """Return the numbers of several sources in the order of their numbers, each once."""
        ordered = sorted(dict.fromkeys(sources), key=lambda source: self._numbers.get(source, len(self._numbers)))
        return [self.mark(source, linked=linked) for source in ordered]

    def places(self, source: str) -> list[str]:
        """Return the ids of the marks that refer to a source, in reading order."""
        return list(self._places[source])


class PaperCiting(Citing):
    """Marks for paper: numbers alone. They have no ids, so two languages may stand on one page."""

    def mark(self, source: str, locator: str = "", *, linked: bool = True) -> SafeString:
        """Return the number of a source, leading nowhere."""
        number = self._numbers.get(source)
        shown = f"{number}, {escape(locator)}" if locator else number or "?"
        return SafeString(f'{_JOINED}<sup><span class="vh">{self._said} </span>[{shown}]</sup>')
