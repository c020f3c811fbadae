"""The words of a text, with their places in it."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# What letters of other scripts end with that are written in parts.
_MARKS = (
    "\u05b4\u05b7-\u05b9\u05bc\u05bf\u05c1\u05c2\u0653-\u0655\u093c\u09bc\u0a3c\u0b3c\u0bd7\u0c56\u0dca\u0f72\u0f74\u0f80\u102e"
    "\u1b35\u3099\u309a\U000110ba\U0001d165\U0001d16e-\U0001d172"
)
# Soft hyphens, combining marks and joiners may stand inside a word without ending it.
_INSIDE = f"\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff{_MARKS}"
_LETTER = r"[^\W\d_]"
_RUN = rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]*)*"
_WORD = re.compile(
    rf"""
    \d+(?:,\d+|(?:\.\d+)+)?                            # 103, 1,5, 12.03.2024, and the 300 of 300mg
    | {_LETTER}{{1,3}}\d+(?:\.\d+)+                    # R25.2
    | {_LETTER}[{_INSIDE}]*[-\u2010\u2011](?=[^\W_]){_RUN}  # x-ray, B-12
    | {_RUN}(?:['\u2019\u02bc]{_RUN})*                 # don't, child's
    """,
    re.VERBOSE,
)
_APOSTROPHES = "'\u2019\u02bc"
_STRESS = "\u0300\u0301"
_YO_DOTS = "\u0308"
_PLAIN = re.compile(r"[a-zа-я0-9]+")


class Token(NamedTuple):
    """A word of a text: text[start:end] as it is written there, and the same word folded."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The words of a text in their order, never overlapping; offsets are those of the text as given.

    A hyphen divides words (врач-терапевт are two), except after a single letter (x-ray and B-12 are xray and b12).
    A number and the unit that is stuck to it are two words; a letter before digits is one with them. Any string will
    do: what has no letters and digits has no words.
    """
    return list(each_token(text))


def each_token(text: str) -> Iterator[Token]:
    """The same words one by one. Each spelling is folded once."""
    known: dict[str, str] = {}
    for match in _WORD.finditer(text):
        written = match[0]
        word = known.get(written)
        if word is None:
            word = known[written] = folded(written)
        if word:
            yield Token(match.start(), match.end(), word)


def folded(word: str) -> str:
    """A word without its accidents: case, ё, stress marks, soft hyphens, accents of Latin letters, hyphens within.

    A folded word is its own folded form.
    """
    if _PLAIN.fullmatch(word):
        return word
    letters: list[str] = []
    base = ""
    for letter in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()):
        if unicodedata.combining(letter):
            if letter not in _STRESS and not base.isascii() and not (letter == _YO_DOTS and base == "е"):
                letters.append(letter)
        elif letter in _APOSTROPHES:
            letters.append("'")
        elif letter in ".,":
            letters.append(".")
        elif letter.isalnum():
            base = letter
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters))
