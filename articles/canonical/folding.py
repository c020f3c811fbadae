"""Words as people look for them: whatever their case, with е for ё, and the stretch of a text that holds them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from articles.canonical.text import INVISIBLE, without_dangers

# How much of a text an excerpt shows, and how much of that comes before the first word that was found.
WIDTH = 180
_BEFORE = 50
# A text that holds a letter thousands of times is searched for its best stretch no further than this.
_MOST_SPANS = 200


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt; `is_found` marks what was looked for."""

    text: str
    is_found: bool


def fold(text: str) -> str:
    """Return the text with one letter where people write either of two: case, ё and е, both apostrophes."""
    return text.casefold().replace("ё", "е").replace("’", "'")


def query_words(query: str) -> tuple[str, ...]:
    """Return the words of what somebody typed, folded, once each; characters that no text can hold are dropped."""
    visible = unicodedata.normalize("NFC", without_dangers(query).translate(INVISIBLE))
    return tuple(dict.fromkeys(fold(visible).split()))


def holds(folded: str, words: Sequence[str]) -> bool:
    """Whether a folded text holds every word, also as a part of a longer one."""
    return all(word in folded for word in words)


def found(text: str, words: Sequence[str]) -> frozenset[str]:
    """Return those of the words that the text holds."""
    folded = fold(text)
    return frozenset(word for word in words if word in folded)


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """Return the stretch of the text that holds most of the words, with each marked; cut at the ends of words."""
    line = " ".join(text.split())
    spans = _spans(line, words)
    start, end = _window(line, spans)
    pieces = [Piece("… ", False)] if start else []
    at = start
    for first, last in _joined(spans, start, end):
        pieces += [Piece(line[at:first], False), Piece(line[first:last], True)]
        at = last
    pieces.append(Piece(line[at:end], False))
    if end < len(line):
        pieces.append(Piece(" …", False))
    return [piece for piece in pieces if piece.text]


def _spans(line: str, words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where the words stand, in order; folding can lengthen a text (ß becomes ss), so places are carried back."""
    folded = fold(line)
    if len(folded) == len(line):
        back = range(len(line) + 1)
    else:
        back = [at for at, sign in enumerate(line) for _ in fold(sign)] + [len(line)]  # type: ignore[assignment]
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)")
    spans = []
    for match in pattern.finditer(folded):
        spans.append((back[match.start()], back[match.end() - 1] + 1, match.group()))
        if len(spans) == _MOST_SPANS:
            break
    return spans


def _window(line: str, spans: list[tuple[int, int, str]]) -> tuple[int, int]:
    if len(line) <= WIDTH:
        return 0, len(line)
    best, most = 0, 0
    for first, _last, _word in spans:
        within = len({word for start, end, word in spans if first <= start and end <= first + WIDTH - _BEFORE})
        if within > most:
            best, most = first, within
    start = max(min(best - _BEFORE, len(line) - WIDTH), 0)
    end = min(start + WIDTH, len(line))
    if start and (space := line.find(" ", start, max(best, start))) >= 0:
        start = space + 1
    if end < len(line) and (space := line.rfind(" ", start + 1, end)) > best:
        end = space
    return start, end


def _joined(spans: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int]]:
    inside: list[tuple[int, int]] = []
    for first, last, _word in spans:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if inside and first <= inside[-1][1]:
            inside[-1] = (inside[-1][0], max(last, inside[-1][1]))
        else:
            inside.append((first, last))
    return inside
