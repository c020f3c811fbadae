"""Two texts woven together word by word: what both share, what went, what came. Plain Python."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PIECE = re.compile(r"\s+|\S+")
_CONTEXT = 80
# A word that the cut went through, with the space before or behind it.
_HALF_AT_END = re.compile(r"\s+\S*$")
_HALF_AT_START = re.compile(r"^\S*\s+")

# Pairs of words up to which texts are compared word by word. Readers may ask for any comparison, and the work grows
# with the square of the length: beyond this, what both begin and end with is set aside, the rest is told as a whole.
_BOUND = 4_000_000


@dataclass(frozen=True)
class Run:
    """A stretch of text that both sides share, or that only one has."""

    kind: Literal["same", "added", "removed"]
    text: str


def words(before: str, after: str) -> list[Run]:
    """Return the texts woven together word by word; either can be read out of the runs exactly as it was."""
    runs: list[Run] = []
    for kind, text in _stretches(_PIECE.findall(before), _PIECE.findall(after)):
        if runs and runs[-1].kind == kind:
            runs[-1] = Run(kind, runs[-1].text + text)
        elif text:
            runs.append(Run(kind, text))
    return runs


def shortened(runs: Iterable[Run]) -> list[Run]:
    """Return the runs with long unchanged stretches cut in the middle, the last at its end; never what differs."""
    found = list(runs)
    last = len(found) - 1
    return [_cut(run, is_end=0 < number == last) if run.kind == "same" else run for number, run in enumerate(found)]


_Stretch = tuple[Literal["same", "added", "removed"], str]


def _stretches(was: list[str], new: list[str]) -> Iterator[_Stretch]:
    """Only words are matched: a space between two differences parts nothing worth reading."""
    at_was, at_new = _words_at(was), _words_at(new)
    i = j = 0
    for first, other, length in _matches([was[at] for at in at_was], [new[at] for at in at_new]):
        for step in range(length):
            word, twin = at_was[first + step], at_new[other + step]
            yield from _gap(was[i:word], new[j:twin])
            yield "same", was[word]
            i, j = word + 1, twin + 1
    yield from _gap(was[i:], new[j:])


def _gap(was: list[str], new: list[str]) -> Iterator[_Stretch]:
    """What stands between two words that both texts share; a space that both have there stays with these words."""
    if was and new and was[0] == new[0]:
        yield "same", was[0]
        was, new = was[1:], new[1:]
    behind = ""
    if was and new and was[-1] == new[-1]:
        behind = was[-1]
        was, new = was[:-1], new[:-1]
    yield "removed", "".join(was)
    yield "added", "".join(new)
    yield "same", behind


def _words_at(pieces: list[str]) -> list[int]:
    return [number for number, piece in enumerate(pieces) if not piece.isspace()]


def _matches(was: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    """Where the same words stand in both texts, in reading order: place in one, place in the other, length."""
    if len(was) * len(new) <= _BOUND:
        for match in SequenceMatcher(None, was, new, autojunk=False).get_matching_blocks():
            yield match.a, match.b, match.size
        return
    shorter = min(len(was), len(new))
    begin = next((at for at in range(shorter) if was[at] != new[at]), shorter)
    rest = shorter - begin
    end = next((at for at in range(rest) if was[-1 - at] != new[-1 - at]), rest)
    yield 0, 0, begin
    yield len(was) - end, len(new) - end, end


def _cut(run: Run, *, is_end: bool) -> Run:
    if len(run.text) <= (1 if is_end else 2) * _CONTEXT + 20:
        return run
    begin, end = _HALF_AT_END.sub("", run.text[:_CONTEXT]), _HALF_AT_START.sub("", run.text[-_CONTEXT:])
    return Run("same", f"{begin} …" if is_end else f"{begin} … {end}")
