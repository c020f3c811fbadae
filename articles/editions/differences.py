"""What a reader would see differently: two documents compared part by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Literal

from articles.editions.blocks import AnyBlock
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
    """`part` is `title`, `slug`, `summary`, `sources` or a block's id, `kind` a block's kind or the part's name.

    `is_masked` says that words of the part are left out, whichever side had them.
    """

    part: str
    kind: str
    change: Change
    before: str
    after: str
    is_masked: bool = False

    @property
    def runs(self) -> list[Run]:
        return words(self.before, self.after)


def differences(
    before: Document | None, after: Document, *, notices: Notices = MappingProxyType({})
) -> list[PartDifference]:
    """Return every part that a reader would see differently; everything counts as added when nothing was live.

    `notices` are what is told instead of quotes and beside sources, by their ids, where neither side may show them as
    they were; a quote's notice without a reason leaves nothing of it. A part that differs is in the list even if
    nothing of the difference can be told.
    """
    return [*_fields(before, after), *_blocks(before, after, notices), *_sources(before, after, notices)]


def _fields(before: Document | None, after: Document) -> Iterator[PartDifference]:
    for name in FIELDS:
        was, new = field_text(before, name), field_text(after, name)
        if was != new:
            yield PartDifference(name, name, "changed" if before else "added", was, new)


def _blocks(before: Document | None, after: Document, notices: Notices) -> Iterator[PartDifference]:
    was = {block.id: block for block in before.written_out()} if before else {}
    new = {block.id: block for block in after.written_out()}
    order = [id for id in was if id in new]
    kept = _longest_common([id for id in new if id in was], order)
    for id, block in new.items():
        old = was.get(id)
        if old is None:
            yield _difference("added", None, block, notices)
        elif old != block:
            yield _difference("changed", old, block, notices)
        elif id not in kept:
            yield _difference("moved", old, block, notices)
    for id, block in was.items():
        if id not in new:
            yield _difference("removed", block, None, notices)


def _difference(change: Change, before: AnyBlock | None, after: AnyBlock | None, notices: Notices) -> PartDifference:
    sides = [masked(block, notices) if block else None for block in (before, after)]
    was, new = [text_of(side) if side else "" for side in sides]
    block = after or before
    assert block is not None
    is_masked = sides[0] is not before or sides[1] is not after
    return PartDifference(block.id, block.kind, change, was, new, is_masked)


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
    return f"{line}\n{WITHDRAWN_SOURCE} {source.withdrawn.reason}" if source.withdrawn else line
