"""Copying the shelf from the shared database as it stands at one moment: all of it, or what lines of the journal name.

The lines are chained by hash, and the chain is followed. Few rows are in memory at once.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model, QuerySet

from articles.editions import mirror_place, shared_database
from articles.editions.expunged import Expunged
from articles.editions.journal import GENESIS, line_hash
from articles.editions.mirror_place import ALIAS, TABLES
from articles.editions.shelf import (
    Address,
    Change,
    Edition,
    JournalHead,
    KnownService,
    Mention,
    Standing,
    WithdrawnPart,
)

One = TypeVar("One")
Row = TypeVar("Row", bound=Model)

# Rows that are in memory at once; of texts fewer, because each has its whole document.
_ROWS, _TEXTS = 2_000, 200


class BrokenChainError(Exception):
    """Raised where a line does not belong behind the one before it: what is there is not followed."""


def copy_everything() -> None:
    """Write every row of the shelf into empty tables. Raises BrokenChainError."""
    with _one_moment():
        head = _head()
        chain = _Chain(0, GENESIS, _erased_items())
        for model in TABLES:
            rows: Iterable[Any] = _there(model).order_by("pk").iterator(chunk_size=_size(model))
            _put(model, chain.followed(rows) if model is Change else rows)
        chain.must_end_at(head)


def copy_behind(sequence: int, hash: str) -> None:
    """Copy the lines behind this one, and all that may have moved with them. Raises BrokenChainError."""
    with _one_moment():
        moved, head = _Moved(), _head()
        chain = _Chain(sequence, hash, _erased_items())
        lines = _there(Change).filter(sequence__gt=sequence).order_by("sequence").iterator(chunk_size=_ROWS)
        _put(Change, moved.noted(chain.followed(lines)))
        chain.must_end_at(head)
        for digests in _some(sorted(moved.digests), _TEXTS):
            editions = list(_there(Edition).filter(digest__in=digests))
            _put(Edition, editions)
            _put(Mention, _there(Mention).filter(edition__in=[edition.pk for edition in editions]))
        if moved.erasing:
            records = list(_there(Expunged).filter(sequence__gt=sequence))
            _put(Expunged, records)
            # The lines about what was erased have lost their words, and so have those about the item itself.
            moved.items |= {record.object_id for record in records}
            for items in _some(sorted(moved.items), _ROWS):
                _put(Change, _there(Change).filter(item__in=items))
            mirror_place.owe_cleaning(connections[ALIAS])
        for items in _some(sorted(moved.items), _ROWS):
            _put(Standing, _there(Standing).filter(item__in=items))
            _put(Address, _there(Address).filter(item__in=items))
        # Few rows, and which of them a line has moved is not said.
        KnownService.objects.using(ALIAS).all().delete()
        _put(KnownService, _there(KnownService))
        _put(WithdrawnPart, _there(WithdrawnPart))
        _put(JournalHead, _there(JournalHead))


@dataclass
class _Moved:
    """What lines say has moved."""

    items: set[UUID] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)
    erasing: bool = False

    def noted(self, lines: Iterable[Change]) -> Iterator[Change]:
        for line in lines:
            self.items.add(line.item)
            if line.event in ("published", "amended", "expunged"):
                self.digests.add(line.digest)
            self.erasing |= line.event == "expunged"
            yield line


class _Chain:
    """Lines as they follow each other. Of what was erased a line lost its words: its place proves it."""

    def __init__(self, sequence: int, hash: str, erased: Collection[UUID]) -> None:
        self._sequence, self._hash, self._erased = sequence, hash, erased

    def followed(self, lines: Iterable[Change]) -> Iterator[Change]:
        for line in lines:
            is_next = (line.sequence, line.previous_hash) == (self._sequence + 1, self._hash)
            if not is_next or (line.item not in self._erased and line_hash(line) != line.hash):
                raise BrokenChainError(line.sequence)
            self._sequence, self._hash = line.sequence, line.hash
            yield line

    def must_end_at(self, head: tuple[int, str]) -> None:
        if (self._sequence, self._hash) != head:
            raise BrokenChainError(self._sequence)


def _head() -> tuple[int, str]:
    return _there(JournalHead).filter(id=1).values_list("sequence", "hash").first() or (0, GENESIS)


def _erased_items() -> set[UUID]:
    named = _there(Expunged).values_list("edition__item", "object_id")
    return {one for pair in named for one in pair}


def _there(model: type[Row]) -> "QuerySet[Row]":
    return QuerySet(model, using=DEFAULT_DB_ALIAS)


def _size(model: type[Model]) -> int:
    return _TEXTS if model is Edition else _ROWS


def _put(model: type[Row], rows: Iterable[Row]) -> None:
    """Write rows as they are, in place of those with their keys; few are in memory at once."""
    key = model._meta.pk.attname
    others = [one.attname for one in model._meta.concrete_fields if not one.primary_key]
    here: QuerySet[Any] = QuerySet(model, using=ALIAS)
    for some in _some(rows, _size(model)):
        here.bulk_create(some, update_conflicts=True, unique_fields=[key], update_fields=others)
        shared_database.seen()


def _some(rows: Iterable[One], most: int) -> Iterator[list[One]]:
    rows = iter(rows)
    while some := list(islice(rows, most)):
        yield some


@contextmanager
def _one_moment() -> Iterator[None]:
    """Within the block the shared database is read as it stood at one moment."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=DEFAULT_DB_ALIAS):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
