"""Lines of long answers that were made before, one for each text, in a file that all processes of a machine share.

The file says how far it has followed the shelf, and whoever wants lines says how far the shelf is: they are given only
where both are the same. What has moved in between is dropped in the transaction that moves the file's place. So it does
not matter who drops, who has died in the middle, or whether something could be written at all: what is behind is not
given. What a line depends on is known as for every finished answer (articles/answers/store.py); its name says besides
of which edition it is, and which line of the journal touched its text last.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from itertools import takewhile
from pathlib import Path
from threading import RLock
from typing import TypeVar

from django.conf import settings

from articles.answers import lines_tables
from articles.answers.code_name import code_name
from articles.answers.lines_file import LinesFile, sweep
from articles.answers.lines_tables import Made, SpoiltError
from articles.editions import followed
from articles.editions.followed import Place, Shelf

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

# How often it is tried again where another process has just moved the file on.
_TRIES = 3
# Seconds until it is tried again after a fault, such as a full disk.
_RESTING = 60.0

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# SQLITE_ERROR is what SQLite says where tables are missing. Bytes that are no packed line have no number, nor has what
# makes no sense.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, None)


class _NoLinesError(Exception):
    """Raised where the file can be neither read nor written at the moment: everything is made as without it."""


class KeptLines:
    """`limit` is in bytes, roughly counted; with 0 nothing is kept. What does not fit is made anew each time.

    `base` is where the file lies, `named` says what code makes the lines; None where that cannot be known, and then
    nothing is kept either.
    """

    def __init__(self, limit: int, base: Path, named: Callable[[], str | None] = code_name) -> None:
        self._limit = limit
        self._base, self._named = base, named
        # Whether the newest line did not fit any more.
        self.is_full = False
        self._rests_until = 0.0
        self._lock = RLock()

    @cached_property
    def file(self) -> LinesFile | None:
        """The file of the lines; None where nothing is kept."""
        name = self._named() if self._limit else None
        return LinesFile(self._base, name) if name else None

    def follow(self) -> Place | None:
        """Drop what has moved, and return how far the shelf and the file have come; one query, more where it has moved.

        None where nothing can be kept at the moment; without a query where nothing is kept at all.
        """
        if self.file is None or time.monotonic() < self._rests_until:
            return None
        try:
            for _ in range(_TRIES):
                if place := self._follow():
                    return place
        except _NoLinesError:
            pass
        return None

    def held(self, names: Sequence[str], *, at: Place | None) -> list[bytes]:
        """Return the first of these lines, up to one that is not here; none if the file is not at this place."""
        if at is None:
            return []
        try:
            packed = self._within("BEGIN", partial(lines_tables.bodies, names=names, at=at)) or {}
            return [lines_tables.unpacked(packed[name]) for name in takewhile(packed.__contains__, names)]
        except SpoiltError as fault:
            self._fail(fault)
        except _NoLinesError:
            pass
        return []

    def lacking(self, names: Sequence[str]) -> list[str]:
        """Return which of these lines are not here, in their order."""
        try:
            here = self._within("BEGIN", partial(lines_tables.names_of, names=names)) or frozenset()
        except _NoLinesError:
            here = frozenset()
        return [name for name in names if name not in here]

    def keep(self, lines: Iterable[Made], *, since: Place | None) -> None:
        """Keep lines that were read behind the place `since`, unless the file has moved on meanwhile."""
        if since is None:
            return
        packed = [Made(line.name, lines_tables.packed(line.body), set(line.tags)) for line in lines]
        try:
            keep = partial(lines_tables.keep, lines=packed, since=since, limit=self._limit)
            self.is_full = self._within("BEGIN IMMEDIATE", keep) is False
        except _NoLinesError:
            pass

    def let_go(self) -> None:
        """Hold no file that another process has thrown away: what lay in it is not gone before."""
        if self.file is not None:
            with self._lock:
                self.file.close_if_exchanged()

    def sweep(self) -> None:
        """Remove files of other versions that nobody runs; where nothing is kept, those of every version."""
        sweep(self._base, but=self.file.link if self.file else None)

    def _follow(self) -> Place | None:
        """None where another process has just moved the file on."""
        known = self._within("BEGIN", lines_tables.shelf_of)
        if known is None:
            return self._anew(followed.begin())
        # Nobody waits for the file while the database is asked.
        shelf, moved = followed.since(known)
        if shelf.place == known.place:
            return shelf.place
        # What was erased is nowhere in a file that is gone.
        if moved is None or moved.erased or self._within("BEGIN", partial(lines_tables.are_many, touched=moved.tags)):
            return self._anew(shelf)
        drop = partial(lines_tables.drop, known=known.place, shelf=shelf, touched=moved.tags)
        return shelf.place if self._within("BEGIN IMMEDIATE", drop) else None

    def _anew(self, shelf: Shelf) -> Place | None:
        assert self.file is not None
        with self._lock:
            try:
                return shelf.place if self.file.exchange(partial(lines_tables.begin, shelf=shelf)) else None
            except (OSError, sqlite3.Error) as fault:
                self._fail(fault)
                raise _NoLinesError from fault

    def _within(self, begin: str, ask: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        """What is asked of the file as of one moment, and changed altogether or not at all; None without a file."""
        if self.file is None:
            return None
        with self._lock:
            try:
                connection = self.file.opened()
                if connection is None:
                    return None
                connection.execute(begin)
                try:
                    answer = ask(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
                return answer
            except sqlite3.Error as fault:
                self._fail(fault)
                raise _NoLinesError from fault

    def _fail(self, fault: Exception) -> None:
        """A full disk, or a file that is damaged, costs nobody an answer: lines are made anew meanwhile."""
        code = getattr(fault, "sqlite_errorcode", None) if isinstance(fault, sqlite3.Error | SpoiltError) else 0
        kind = code and code & 0xFF  # the upper bits say it more exactly
        if kind in _BUSY:
            return
        log.warning("lines of long answers cannot be kept for a while: %s: %s", type(fault).__name__, fault)
        self._rests_until = time.monotonic() + _RESTING
        if self.file is not None:
            with self._lock:
                if kind in _DAMAGED:
                    self.file.distrust()
                self.file.close()


OF_THE_SNAPSHOT = KeptLines(settings.SNAPSHOT_BYTES, Path(settings.SNAPSHOT_LINES) / "snapshot-lines")
