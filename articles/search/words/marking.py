"""Where a text has the words that were asked for, and the piece of it that shows most of them."""

from collections.abc import Collection
from dataclasses import dataclass

from articles.search.words.stems import keys
from articles.search.words.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was asked for."""

    text: str
    is_match: bool


def marked(text: str, wanted_keys: Collection[str]) -> list[Piece]:
    """The text in pieces, every form of the wanted words a piece of its own; joined, they are the text exactly."""
    pieces: list[Piece] = []
    place = 0
    for token in _matches(text, wanted_keys):
        if token.start > place:
            pieces.append(Piece(text[place : token.start], False))
        pieces.append(Piece(text[token.start : token.end], True))
        place = token.end
    if place < len(text):
        pieces.append(Piece(text[place:], False))
    return pieces


def excerpt(text: str, wanted_keys: Collection[str], length: int = 220) -> list[Piece]:
    """The stretch of the text with most of the wanted words, marked, with … where the text goes on.

    Without the ellipses the pieces, joined, are a stretch of the text exactly.
    """
    if len(text) <= length:
        return marked(text, wanted_keys)
    found = _matches(text, wanted_keys)
    start, end = _window(text, found, length)
    pieces = marked(text[start:end], wanted_keys)
    before = [Piece("…", False)] if start else []
    after = [Piece("…", False)] if end < len(text) else []
    return before + pieces + after


def _matches(text: str, wanted_keys: Collection[str]) -> list[Token]:
    wanted = frozenset(wanted_keys)
    return [token for token in tokens(text) if not wanted.isdisjoint(keys(token.word))]


def _window(text: str, found: list[Token], length: int) -> tuple[int, int]:
    start = max(0, found[0].start - length // 4) if found else 0
    end = min(len(text), start + length)
    while start and start < end and text[start - 1] not in " \n":
        start += 1
    while end < len(text) and end > start + 1 and text[end] not in " \n":
        end -= 1
    return start, end
