"""Keeping the local copy of the shelf in step with the journal, as a partner would; see `mirror_place`.

What a line says has moved is copied as it stands, in one transaction with the lines and the head (`mirror_copying`). A
copy of another journal, or a damaged one, is made anew.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from threading import Event
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import Count, Sum
from django.db.models.functions import Length

from articles.editions import mirror_place, shared_database
from articles.editions.journal import GENESIS
from articles.editions.mirror_copying import copy_behind, copy_everything
from articles.editions.mirror_place import ALIAS
from articles.editions.shelf import Change, JournalHead, WithdrawnPart

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# Seconds between two looks at the journal.
EVERY = 0.25
# Behind more lines than this, everything is copied anew: it is less than looking at each.
MOST_LINES = 20_000
# So many are copied in some hundredths of a second.
_FEW_LINES = 100
# Where a copy stands that says nothing of this journal.
_NOWHERE = -1


class _Signs(NamedTuple):
    """What shows that something has moved. A part may be withdrawn, or its reason erased, without a line: nobody reads
    it then, but an old edition may show it."""

    sequence: int
    hash: str
    parts: int
    words: int


def keep_up() -> int | None:
    """Do the same where that is soon done, and leave the rest to whoever has the time (`serve`)."""
    return catch_up(most=_FEW_LINES)


def catch_up(*, most: int | None = None) -> int | None:
    """Bring the local copy up to the journal's head, and return the number of the last line that it holds.

    Another process may be about it: then the number is where it stood just now, and one before any line where it is of
    another journal. None where no copy is kept, or none is whole yet. With `most`, nothing is done where more lines
    than these are to be copied, or something other than lines. Raises DatabaseError while the shared database does not
    answer, and BrokenChainError.
    """
    if not mirror_place.is_on():
        return None
    began = time.monotonic()
    there = _asked(lambda: _signs(DEFAULT_DB_ALIAS))
    here = _here()
    is_in_step, may_be_read = here == there, here is not None
    # Before anything is copied, which may take long.
    shared_database.compared(at=began, is_in_step=is_in_step, may_be_read=may_be_read)
    try:
        if (here != there or _owes_cleaning()) and (most is None or _is_soon_done(here, there, most)):
            with mirror_place.writing() as is_ours:
                if is_ours:
                    _asked(lambda: _bring_up(is_all=most is None))
            here = _here()
        held = _held(here, there)
        is_in_step, may_be_read = held is not None and held >= there.sequence, held not in (None, _NOWHERE)
    finally:
        shared_database.compared(at=began, is_in_step=is_in_step, may_be_read=may_be_read)
    return held


def _held(here: _Signs | None, there: _Signs) -> int | None:
    """The last line that the copy holds with all that had moved by then; what has no line counts to the last one."""
    if here is None or here == there:
        return here and here.sequence
    if not _asked(lambda: _is_of_one_journal(here, there)):
        return _NOWHERE
    return here.sequence - 1 if here.sequence == there.sequence else here.sequence


def _is_of_one_journal(here: _Signs, there: _Signs) -> bool:
    """Whether the longer of both has the last line of the shorter: a restored backup begins another journal."""
    short, using = (there, ALIAS) if here.sequence > there.sequence else (here, DEFAULT_DB_ALIAS)
    lines = Change.objects.using(using).filter(sequence=short.sequence)
    return (lines.values_list("hash", flat=True).first() or GENESIS) == short.hash


def _is_soon_done(here: _Signs | None, there: _Signs, most: int) -> bool:
    if here is None or here == there or there.sequence - here.sequence not in range(most + 1):
        return False
    return _asked(lambda: _is_of_one_journal(here, there))


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
        while not stopped.is_set():
            try:
                with mirror_place.in_use(), connections[DEFAULT_DB_ALIAS].execute_wrapper(_heard):
                    while not stopped.is_set():
                        trouble = _told(trouble, _try(then))
                        stopped.wait(EVERY)
            except OSError as fault:
                # There is no place for it here, and what lies there from before is kept up by nobody.
                shared_database.compared(at=time.monotonic(), is_in_step=False, may_be_read=False)
                trouble = _told(trouble, type(fault).__name__)
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


def _heard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement; whatever is answered, to whatever was asked, says that the shared database is there. What has
    fallen due may be much, and takes as long as it takes."""
    answer = execute(sql, params, many, context)
    shared_database.seen()
    return answer


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


def _bring_up(*, is_all: bool) -> None:
    """We are the only one who writes. Somebody else may have caught up since we looked, and gone further: what is
    there is asked behind what is here, or a copy that is ahead of what we knew would look like one of another journal.

    Not `is_all`, nothing is cleaned: that takes as long as the file is large.
    """
    here, file = _here(), mirror_place.current()
    there = _signs(DEFAULT_DB_ALIAS)
    if here is None or file is None or not _continues(here, there):
        with mirror_place.made_anew():
            copy_everything()
        return
    if here != there:
        with mirror_place.opened(file):
            copy_behind(here.sequence, here.hash)
            if here.parts == there.parts and here.words != there.words:
                mirror_place.owe_cleaning(connections[ALIAS])
    if is_all and _owes_cleaning():
        with shared_database.not_looking():
            mirror_place.cleaned(file)
        mirror_place.sweep()


def _continues(here: _Signs, there: _Signs) -> bool:
    """Whether the copy is of this journal, and near enough to be brought up line by line."""
    if there.sequence - here.sequence not in range(MOST_LINES + 1):
        return False
    return _is_of_one_journal(here, there)
