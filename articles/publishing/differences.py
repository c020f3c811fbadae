"""What a reader would see differently: two documents compared part by part, and two texts word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from articles.editions.document import Document
from articles.editions.parts import Source
from articles.publishing.reading import FIELDS, field_text, text_of

Change = Literal["added", "removed", "changed", "moved"]
_PIECE = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Run:
    """A stretch of text that both sides share, or that only one has."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class PartDifference:
    """`part` is `title`, `slug`, `summary`, `sources` or a block's id, `kind` a block's kind or the part's name."""

    part: str
    kind: str
    change: Change
    before: str
    after: str

    @property
    def runs(self) -> list[Run]:
        return words(self.before, self.after)


def words(before: str, after: str) -> list[Run]:
    """Return the texts woven together word by word: what both share, what went, what came."""
    was, new = _PIECE.findall(before), _PIECE.findall(after)
    runs: list[Run] = []
    for equal, i1, i2, j1, j2 in _stretches(was, new):
        if equal:
            runs.append(Run("same", "".join(was[i1:i2])))
            continue
        if i2 > i1:
            runs.append(Run("removed", "".join(was[i1:i2])))
        if j2 > j1:
            runs.append(Run("added", "".join(new[j1:j2])))
    return runs


def _stretches(was: list[str], new: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Matching and differing stretches in turn. A mere space between two differences parts nothing worth reading."""
    codes = SequenceMatcher(None, was, new, autojunk=False).get_opcodes()
    found: list[tuple[bool, int, int, int, int]] = []
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        inside = 0 < number < len(codes) - 1
        equal = tag == "equal" and not (inside and not "".join(was[i1:i2]).strip())
        if found and not equal and not found[-1][0]:
            _, first_i, _, first_j, _ = found.pop()
            i1, j1 = first_i, first_j
        found.append((equal, i1, i2, j1, j2))
    return found


def differences(before: Document | None, after: Document) -> list[PartDifference]:
    """Return every part that a reader would see differently; everything counts as added when nothing was live."""
    return [*_fields(before, after), *_blocks(before, after), *_sources(before, after)]


def _fields(before: Document | None, after: Document) -> Iterator[PartDifference]:
    for name in FIELDS:
        was, new = field_text(before, name), field_text(after, name)
        if was != new:
            yield PartDifference(name, name, "changed" if before else "added", was, new)


def _blocks(before: Document | None, after: Document) -> Iterator[PartDifference]:
    was = {block.id: block for block in before.blocks} if before else {}
    new = {block.id: block for block in after.blocks}
    order = [id for id in was if id in new]
    kept = _longest_common([id for id in new if id in was], order)
    for id, block in new.items():
        old = was.get(id)
        if old is None:
            yield PartDifference(id, block.kind, "added", "", text_of(block))
        elif old != block:
            yield PartDifference(id, block.kind, "changed", text_of(old), text_of(block))
        elif id not in kept:
            yield PartDifference(id, block.kind, "moved", text_of(old), text_of(block))
    for id, block in was.items():
        if id not in new:
            yield PartDifference(id, block.kind, "removed", text_of(block), "")


def _longest_common(new: list[str], old: list[str]) -> set[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {old[i] for match in matcher.get_matching_blocks() for i in range(match.a, match.a + match.size)}


def _sources(before: Document | None, after: Document) -> Iterator[PartDifference]:
    was = "\n".join(_line(source) for source in before.sources) if before else ""
    new = "\n".join(_line(source) for source in after.sources)
    if was != new:
        yield PartDifference("sources", "sources", "changed" if before else "added", was, new)


def _line(source: Source) -> str:
    title = source.title or source.translated_title
    parts = [
        ", ".join(source.authors),
        title,
        source.container,
        source.publisher,
        source.issued,
        source.doi or source.url,
    ]
    return ". ".join(part for part in parts if part)
