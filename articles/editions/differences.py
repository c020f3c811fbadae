"""What a reader would see differently: two documents compared part by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Literal

from articles.editions.document import Document
from articles.editions.masking import masked
from articles.editions.parts import PartWithdrawal, Source
from articles.editions.reading import FIELDS, field_text, text_of
from articles.editions.weaving import Run, words
from articles.editions.wording import WITHDRAWN_SOURCE

Change = Literal["added", "removed", "changed", "moved"]
Notices = Mapping[str, PartWithdrawal]


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


def differences(
    before: Document | None, after: Document, *, notices: Notices = MappingProxyType({})
) -> list[PartDifference]:
    """Return every part that a reader would see differently; everything counts as added when nothing was live.

    `notices` are what is told instead of quotes and beside sources, by their ids, where neither side may show them as
    they were. A part that differs is in the list even if nothing of the difference can be told.
    """
    return [*_fields(before, after), *_blocks(before, after, notices), *_sources(before, after, notices)]


def _fields(before: Document | None, after: Document) -> Iterator[PartDifference]:
    for name in FIELDS:
        was, new = field_text(before, name), field_text(after, name)
        if was != new:
            yield PartDifference(name, name, "changed" if before else "added", was, new)


def _blocks(before: Document | None, after: Document, notices: Notices) -> Iterator[PartDifference]:
    was = {block.id: block for block in before.blocks} if before else {}
    new = {block.id: block for block in after.blocks}
    order = [id for id in was if id in new]
    kept = _longest_common([id for id in new if id in was], order)
    old_words = {id: text_of(masked(block, notices)) for id, block in was.items()}
    new_words = {id: text_of(masked(block, notices)) for id, block in new.items()}
    for id, block in new.items():
        old = was.get(id)
        if old is None:
            yield PartDifference(id, block.kind, "added", "", new_words[id])
        elif old != block:
            yield PartDifference(id, block.kind, "changed", old_words[id], new_words[id])
        elif id not in kept:
            yield PartDifference(id, block.kind, "moved", old_words[id], new_words[id])
    for id, block in was.items():
        if id not in new:
            yield PartDifference(id, block.kind, "removed", old_words[id], "")


def _longest_common(new: list[str], old: list[str]) -> set[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {old[i] for match in matcher.get_matching_blocks() for i in range(match.a, match.a + match.size)}


def _sources(before: Document | None, after: Document, notices: Notices) -> Iterator[PartDifference]:
    # A notice that came with this very change is what has to be told, so the side before it stays without.
    noted = {source.id for source in after.sources if source.withdrawn}
    since = {id: notice for id, notice in notices.items() if id not in noted}
    was = "\n".join(_line(masked(source, since)) for source in before.sources) if before else ""
    new = "\n".join(_line(masked(source, notices)) for source in after.sources)
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
    line = ". ".join(part for part in parts if part)
    return f"{line}. {WITHDRAWN_SOURCE} {source.withdrawn.reason}" if source.withdrawn else line
