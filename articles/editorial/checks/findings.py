"""A finding: which words of a text are meant, in which sentence they stand, and what is wrong with them."""

import re
from dataclasses import dataclass

# A point inside a number or after a single capital ends no sentence; a line always does.
_END = re.compile(r"(?<=[.!?…])(?<!\b[A-ZА-ЯЁ]\.)[»”\")\]]*\s+(?=[«“\"(\[]*[A-ZА-ЯЁ0-9])|\n+")


@dataclass(frozen=True)
class Finding:
    """`start` and `end` are places in the text that was looked through, equal where nothing of it can be marked.

    `sentence` is what stands around the words: the same words in another sentence are another finding.
    """

    code: str
    start: int
    end: int
    phrase: str
    sentence: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sentence:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text with their places; a line break ends one too."""
    found, start = [], 0
    for end, after in [*((match.start(), match.end()) for match in _END.finditer(text)), (len(text), len(text))]:
        stretch = text[start:end]
        if stripped := stretch.strip():
            found.append(Sentence(start + stretch.index(stripped), stripped))
        start = after
    return found


def found_at(code: str, text: str, start: int, end: int, **params: str) -> Finding:
    """Return a finding about `text[start:end]` with the sentence in which these words begin."""
    around = next((one.text for one in sentences(text) if one.start <= start < one.end), text)
    return Finding(code, start, end, text[start:end], around, tuple(sorted(params.items())))


def about(code: str, text: str, **params: str) -> Finding:
    """Return a finding about a whole text, of which nothing is marked."""
    return Finding(code, 0, 0, "", text, tuple(sorted(params.items())))
