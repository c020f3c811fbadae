"""The words of a text, with their places in it."""

import re
import unicodedata
from dataclasses import dataclass

STRESS = "\u0300\u0301"
_WITHIN = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
_RUN = rf"[^\W_](?:[^\W_]|[{_WITHIN}])*"
_WORD = re.compile(
    rf"""
    [^\W\d_]?[{_WITHIN}]*\d+(?:[.,]\d+)+(?!\w)      # 1.5 and R25.2
    | [^\W\d_][-\u2010\u2011](?=[^\W_]){_RUN}        # x-ray and B-12 are one word
    | {_RUN}(?:['\u2019\u02bc]{_RUN})*               # child's
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(r"[a-zа-я0-9]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: text[start:end] as it is written there, and the same word folded."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The words of a text in their order, never overlapping; offsets are those of the text as given.

    A hyphen divides words (врач-терапевт are two), except after a single letter (x-ray, B-12). Numbers keep their
    points (R25.2, 1.5). Nothing is raised, whatever the string holds.
    """
    found = (Token(match.start(), match.end(), folded(match[0])) for match in _WORD.finditer(text))
    return [token for token in found if token.word]


def folded(word: str) -> str:
    """A word without its accidents: case, ё, stress marks, soft hyphens, accents of Latin letters, hyphens within."""
    if _PLAIN.fullmatch(word):
        return word
    letters = []
    base = ""
    for letter in unicodedata.normalize("NFKD", word).casefold():
        if unicodedata.combining(letter):
            if letter in STRESS or base.isascii() or (letter == "\u0308" and base == "е"):
                continue
            letters.append(letter)
        elif letter in "'\u2019\u02bc":
            letters.append("'")
        elif letter in ".,":
            letters.append(".")
        elif letter.isalnum():
            base = letter
            letters.append(letter)
    return unicodedata.normalize("NFC", "".join(letters))
