"""Exchanging frozen parts of a document and leaving every other byte alone.

One walk serves every kind of part: whatever carries an id of the desk can be exchanged wherever it stands, however deep
(a care service in a box, a workplace of a speaker of a quote in accounts side by side).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import msgspec

from articles.editions.document import Document, ExpertDocument
from articles.editions.masking import noticed
from articles.editions.parts import Account, Accounts, PartWithdrawal, SharedPart, Source, shared_parts
from articles.editions.store import Part
from articles.editions.value import Value, exchanged

_V = TypeVar("_V", bound=Value)


@dataclass(frozen=True)
class Replacements:
    """What stands in for named parts: new values, and withdrawals of quotes and sources.

    A new value brings its own words; parts inside it stay as the document has them unless they are named too.
    `added_sources` are sources that new values refer to and the document does not have.
    """

    parts: Mapping[Part, SharedPart] = field(default_factory=dict)
    withdrawn: Mapping[Part, PartWithdrawal] = field(default_factory=dict)
    added_sources: Mapping[str, Source] = field(default_factory=dict)


def part_of(value: SharedPart) -> Part:
    """Return the name of a frozen part."""
    return Part(value.part_kind, value.id)


def replaced(document: Document, new: Replacements) -> Document:
    """Return the document with the named parts exchanged; the same object if none of them is in it."""
    held = {part_of(part): part for part in shared_parts(document)}
    changed = _retitled(_Exchange(new, held).of(document))
    present = {source.id for source in changed.sources}
    cited = dict.fromkeys(source for block in changed.blocks for source in block.sources())
    added = [new.added_sources[id] for id in cited if id not in present and id in new.added_sources]
    return msgspec.structs.replace(changed, sources=[*changed.sources, *added]) if added else changed


def _retitled(document: Document) -> Document:
    """The title of a person's page is the name, so it follows a name that was put right; the address stays."""
    if not isinstance(document, ExpertDocument) or document.title == document.person.name:
        return document
    return msgspec.structs.replace(document, title=document.person.name)


def keeping(now: SharedPart, before: SharedPart) -> SharedPart:
    """Return `now` with every part inside it as `before` has it, notices of withdrawal too: they differ by themselves.

    So a quote whose speaker has a new post does not count as another quote.
    """
    own = part_of(now)
    held = {key: part for part in shared_parts(before) if (key := part_of(part)) != own}
    kept = _Exchange(Replacements(), held).inside(now, fresh=True)
    if isinstance(kept, Source) and isinstance(before, Source):
        return msgspec.structs.replace(kept, withdrawn=before.withdrawn)
    if isinstance(kept, Accounts) and isinstance(before, Accounts):
        return msgspec.structs.replace(kept, entries=_with_notices(kept.entries, before.entries))
    return kept


@dataclass(frozen=True)
class _Exchange:
    """`held` are the parts that the document has: what a new value brings inside gives way to them."""

    new: Replacements
    held: Mapping[Part, SharedPart]

    def of(self, value: _V, *, fresh: bool = False) -> _V:
        if isinstance(value, SharedPart):
            name = part_of(value)
            if name in self.new.parts:
                value, fresh = self._new(value, self.new.parts[name]), True  # type: ignore[assignment]
            elif fresh and name in self.held:
                value, fresh = self.held[name], False  # type: ignore[assignment]
        return noticed(self.inside(value, fresh=fresh), lambda part: self.new.withdrawn.get(part_of(part)))

    def inside(self, value: _V, *, fresh: bool) -> _V:
        """The value with what it holds exchanged; the same object if nothing in it was."""
        return exchanged(value, partial(self.of, fresh=fresh))

    def _new(self, old: SharedPart, new: SharedPart) -> SharedPart:
        if new == old:
            return old
        if isinstance(old, Source) and isinstance(new, Source):
            return msgspec.structs.replace(new, withdrawn=old.withdrawn)
        if isinstance(old, Accounts) and isinstance(new, Accounts):
            return msgspec.structs.replace(new, entries=_with_notices(new.entries, old.entries))
        return new


def _with_notices(entries: list[Account], old: list[Account]) -> list[Account]:
    """The entries, with notices of withdrawn quotes where they stood: at the desk they are no longer there."""
    kept = list(entries)
    for position, entry in enumerate(old):
        if entry.withdrawn and entry.id not in {one.id for one in kept}:
            kept.insert(min(position, len(kept)), entry)
    return kept
