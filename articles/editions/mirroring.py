"""Keeping the local copy of the shelf in step with the journal, as a partner would; see `mirror_place`.

What a line says has moved is copied as it stands, in one transaction with the lines and the head. The lines are chained
by hash, and the chain is followed. A copy of another journal, or a damaged one, is made anew.
"""

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from threading import Event
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.models import Count, Model, QuerySet, Sum
from django.db.models.functions import Length

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

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=Model)

# Seconds between two looks at the journal.
EVERY = 0.25
# Rows that are in memory at once; of texts fewer, because each has its whole document.
_ROWS, _TEXTS = 2_000, 200
# Behind more lines than this, everything is copied anew: it is less than looking at each.
MOST_LINES = 20_000


class BrokenChainError(Exception):
    """Raised where a line does not belong behind the one before it: what is there is not followed."""


class _Signs(NamedTuple):
    """What shows that something has moved. A part may be withdrawn, or its reason erased, without a line: nobody reads
    it then, but an old edition may show it."""

    sequence: int
    hash: str
    parts: int
    words: int


def catch_up() -> int | None:
    """Bring the local copy up to the journal's head, and return the number of the last line that it holds.

    Another process may be about it: then the number is where it stood just now. None where no copy is kept, or none is
    whole yet. Raises DatabaseError while the shared database does not answer, and BrokenChainError.
    """
    if not mirror_place.is_on():
        return None
    there = _asked(lambda: _signs(DEFAULT_DB_ALIAS))
    here = _here()
    try:
        if here != there or _owes_cleaning():
            with mirror_place.writing() as is_ours:
                if is_ours:
                    _asked(lambda: _bring_up(there))
            here = _here()
    finally:
        shared_database.compared(is_in_step=here is not None and here.sequence >= there.sequence)
    return here.sequence if here else None


def stands_at() -> int | None:
    """Return the number of the last line that the local copy holds, None where there is none; asks nobody else."""
    here = _here() if mirror_place.is_on() else None
    return here.sequence if here else None


def serve(stopped: Event, then: Callable[[], object] = lambda: None) -> None:
    """Catch up four times a second until stopped, and do `then` each time that the shared database was there.

    For a thread of its own. Nothing that happens ends it; what goes wrong is told when it begins and when it ends.
    """
    if not mirror_place.is_on():
        return
    shared_database.watch()
    trouble = ""
    try:
        with mirror_place.in_use():
            while not stopped.is_set():
                trouble = _told(trouble, _try(then))
                stopped.wait(EVERY)
    finally:
        shared_database.unwatch()
        connections.close_all()


def _try(then: Callable[[], object]) -> str:
    try:
        catch_up()
        then()
    except Exception as fault:
        return type(fault).__name__
    return ""


def _told(before: str, now: str) -> str:
    # The message of a fault may hold addresses and names of the database.
    if now and now != before:
        log.warning("the local copy of the shelf does not follow the journal: %s", now)
    elif before and not now:
        log.warning("the local copy of the shelf follows the journal again")
    return now


def _asked(ask: Callable[[], Answer]) -> Answer:
    """What the shared database answers; whether it does is noted."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        answer = ask()
    except DatabaseError as fault:
        if connection.vendor == "sqlite" or not isinstance(fault.__cause__, sqlite3.Error):
            shared_database.lost()
        if not connection.in_atomic_block:
            connection.close()  # what broke is not used again
        raise
    shared_database.seen()
    return answer


def _signs(using: str) -> _Signs:
    head = JournalHead.objects.using(using).filter(id=1).values_list("sequence", "hash").first() or (0, GENESIS)
    parts = WithdrawnPart.objects.using(using).aggregate(
        parts=Count("id"), words=Sum(Length("reason_ru") + Length("reason_en"), default=0)
    )
    return _Signs(*head, parts["parts"], parts["words"])


def _here() -> _Signs | None:
    file = mirror_place.current()
    try:
        return _signs(ALIAS) if file and mirror_place.attached() else None
    except DatabaseError:
        # It is our own file: what keeps it from being read is that it is damaged, or has just been exchanged.
        return None


def _owes_cleaning() -> bool:
    try:
        return mirror_place.attached() and mirror_place.owes_cleaning(connections[ALIAS])
    except DatabaseError:
        return False


def _bring_up(there: _Signs) -> None:
    """We are the only one who writes. Somebody else may have caught up since we looked."""
    here, file = _here(), mirror_place.current()
    if here is None or file is None or not _continues(here, there):
        _make_anew()
        return
    if here != there:
        with mirror_place.opened(file), _one_moment():
            _follow(here)
    if _owes_cleaning():
        with shared_database.not_looking():
            mirror_place.cleaned(file)
        mirror_place.sweep()


def _continues(here: _Signs, there: _Signs) -> bool:
    """Whether the copy is of this journal, and near enough to be brought up line by line."""
    if here.sequence > there.sequence or there.sequence - here.sequence > MOST_LINES:
        return False
    line = Change.objects.using(DEFAULT_DB_ALIAS).filter(sequence=here.sequence).values_list("hash", flat=True).first()
    return (line or GENESIS) == here.hash


def _make_anew() -> None:
    with mirror_place.made_anew(), _one_moment():
        head = _head()
        chain = _Chain(0, GENESIS, _erased_items())
        for model in TABLES:
            rows: Iterable[Any] = _there(model).order_by("pk").iterator(chunk_size=_size(model))
            _put(model, chain.followed(rows) if model is Change else rows)
        chain.must_end_at(head)


def _follow(here: _Signs) -> None:
    """Copy what the lines behind `here` name, and what else may have moved with them."""
    moved, head = _Moved(), _head()
    chain = _Chain(here.sequence, here.hash, _erased_items())
    lines = _there(Change).filter(sequence__gt=here.sequence).order_by("sequence").iterator(chunk_size=_ROWS)
    _put(Change, moved.noted(chain.followed(lines)))
    chain.must_end_at(head)
    for digests in _some(sorted(moved.digests), _TEXTS):
        editions = list(_there(Edition).filter(digest__in=digests))
        _put(Edition, editions)
        _put(Mention, _there(Mention).filter(edition__in=[edition.pk for edition in editions]))
    if moved.erasing:
        records = list(_there(Expunged).filter(sequence__gt=here.sequence))
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
    for some in _some(rows, _size(model)):
        QuerySet(model, using=ALIAS).bulk_create(some, update_conflicts=True, unique_fields=[key], update_fields=others)
        shared_database.seen()


def _some(rows: Iterable[Answer], most: int) -> Iterator[list[Answer]]:
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
