"""Where a text has the words that were asked for, and the stretch of it that shows most of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from articles.search.words import tokens
from articles.search.words.stems import keys
from articles.search.words.tokens import folded

GAP = "…"
_BEFORE = 0.25
_SENTENCE_ENDS = ".!?…"
_CLOSERS = '»”")]'
# A no-break space holds its neighbours together, so an excerpt is not cut there.
_BREAKS = " \t\n\r"
# A public name there would be another recipe, and make every index anew for nothing.
_WORD = tokens._WORD


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was asked for."""

    text: str
    is_marked: bool = False


class _Match(NamedTuple):
    start: int
    end: int
    keys: frozenset[str]


class Marker:
    """Finds the wanted words in the texts of one answer: which of their keys a spelling has is found out once for all
    of them."""

    def __init__(self, wanted_keys: Collection[str]) -> None:
        self._wanted = frozenset(wanted_keys)
        self._shared: dict[str, frozenset[str]] = {}

    def marked(self, text: str) -> list[Piece]:
        """The text in pieces, every form of the wanted words marked; joined, they are the text exactly."""
        return _pieces(text, 0, len(text), self._matches(text))

    def excerpt(self, text: str, length: int = 220) -> list[Piece]:
        """The stretch of the text with most of the wanted words, marked, with … where the text goes on.

        It begins with a sentence where one begins near, else with a word, and never is longer than the length, the
        ellipses apart. The pieces without the ellipses, joined, are a stretch of the text exactly; the beginning of it
        when nothing matches.
        """
        matches = self._matches(text)
        start, end = (0, len(text)) if len(text) <= length else _stretch(text, matches, length)
        pieces = _pieces(text, start, end, [match for match in matches if start <= match.start and match.end <= end])
        before = [Piece(GAP)] if start else []
        # A full stop and three more would be read as a mistake.
        after = [Piece(f"\u00a0{GAP}" if text[end - 1] in _SENTENCE_ENDS else GAP)] if end < len(text) else []
        return [*before, *pieces, *after]

    def _matches(self, text: str) -> list[_Match]:
        if not self._wanted:
            return []
        found = []
        for match in _WORD.finditer(text):
            written = match[0]
            shared = self._shared.get(written)
            if shared is None:
                word = folded(written)
                shared = self._shared[written] = self._wanted.intersection(keys(word)) if word else frozenset()
            if shared:
                found.append(_Match(match.start(), match.end(), shared))
        return found


def _pieces(text: str, start: int, end: int, matches: list[_Match]) -> list[Piece]:
    pieces = []
    for match in matches:
        if match.start > start:
            pieces.append(Piece(text[start : match.start]))
        pieces.append(Piece(text[match.start : match.end], True))
        start = match.end
    if start < end:
        pieces.append(Piece(text[start:end]))
    return pieces


def _stretch(text: str, matches: list[_Match], length: int) -> tuple[int, int]:
    first = _best(matches, length)
    if first is None:
        return 0, _end(text, 0, length)
    start = _start(text, matches[first].start, length)
    return start, _end(text, start, length)


def _best(matches: list[_Match], length: int) -> int | None:
    """The match to begin with: from there, within the length, most different keys stand, then most matches."""
    best, best_worth = None, (0, 0)
    room = length - int(length * _BEFORE)
    counted: dict[str, int] = {}
    after = 0
    for place, match in enumerate(matches):
        while after < len(matches) and matches[after].end <= match.start + room:
            for key in matches[after].keys:
                counted[key] = counted.get(key, 0) + 1
            after += 1
        worth = (len(counted), after - place)
        if worth > best_worth:
            best, best_worth = place, worth
        if after > place:
            for key in match.keys:
                counted[key] -= 1
                if not counted[key]:
                    del counted[key]
        else:
            after = place + 1
    return best if best is not None or not matches else 0


def _start(text: str, match: int, length: int) -> int:
    """The first sentence that begins near before the match, else the first word there, else the match itself."""
    earliest = match - int(length * _BEFORE)
    if earliest <= 0:
        return 0
    first = None
    for place in range(earliest, match + 1):
        if text[place - 1] in _BREAKS and text[place] not in _BREAKS:
            if _sentence_ends(text, place):
                return place
            first = place if first is None else first
    return match if first is None else first


def _end(text: str, start: int, length: int) -> int:
    """The last end of a sentence in the last third of the length, else the last end of a word, else the length."""
    latest = start + length
    if latest >= len(text):
        return len(text)
    last = None
    for place in range(latest, start, -1):
        is_late = place - start > length * 2 // 3
        if last is not None and not is_late:
            break
        if text[place] in _BREAKS and text[place - 1] not in _BREAKS:
            if is_late and _sentence_ends(text, place):
                return place
            last = place if last is None else last
    return latest if last is None else last


def _sentence_ends(text: str, place: int) -> bool:
    """Whether a sentence ends just before this place, spaces and closing quotes apart."""
    before = text[max(0, place - 4) : place]
    return "\n" in before.lstrip(_BREAKS) or before.rstrip(_BREAKS + _CLOSERS)[-1:] in tuple(_SENTENCE_ENDS)
