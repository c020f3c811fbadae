"""Lines of long answers that were made before, one for each text, in a file that all processes of a machine share.

The file says how far it has followed the shelf, and whoever wants lines says how far the shelf is: they are given only
where both are the same. What has moved in between is dropped in the transaction that moves the file's place. So it does
not matter who drops, who has died in the middle, or whether something could be written at all: what is behind is not
given. What a line depends on is known as for every finished answer (articles/answers/store.py); its name says besides
of which edition it is, and which line of the journal touched its text last.
"""

import json
import logging
import sqlite3
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import takewhile
from pathlib import Path
from threading import RLock
from typing import TypeVar

from django.conf import settings

from articles.answers.code_name import code_name
from articles.answers.lines_file import LinesFile, sweep
from articles.canonical.languages import LANGUAGES
from articles.editions import followed
from articles.editions.followed import Place, Shelf

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

# Before each line stands its checksum, of so many bytes: a disk that spoils a word spoils no answer.
_CHECKED = 4
_PER_TAG = 150
# So many lines are dropped one by one, in a few tenths of a second, while which nobody else can write. Of more all are
# thrown away.
_FEW = 2000
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


class _SpoiltError(Exception):
    """Raised where a line is not what was written."""


@dataclass(frozen=True)
class Made:
    """A line, what it is called, and the tags of what it depends on."""

    name: str
    body: bytes
    tags: Collection[str]


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
            packed = self._within("BEGIN", partial(_bodies, names=names, at=at)) or {}
            return [_unpacked(packed[name]) for name in takewhile(packed.__contains__, names)]
        except _SpoiltError as fault:
            self._fail(fault)
        except _NoLinesError:
            pass
        return []

    def lacking(self, names: Sequence[str]) -> list[str]:
        """Return which of these lines are not here, in their order."""
        try:
            here = self._within("BEGIN", partial(_names, names=names)) or frozenset()
        except _NoLinesError:
            here = frozenset()
        return [name for name in names if name not in here]

    def keep(self, lines: Iterable[Made], *, since: Place | None) -> None:
        """Keep lines that were read behind the place `since`, unless the file has moved on meanwhile."""
        if since is None:
            return
        packed = [Made(line.name, _packed(line.body), set(line.tags)) for line in lines]
        try:
            keep = partial(_keep, lines=packed, since=since, limit=self._limit)
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
        known = self._within("BEGIN", _shelf)
        if known is None:
            return self._anew(followed.begin())
        # Nobody waits for the file while the database is asked.
        shelf, moved = followed.since(known)
        if shelf.place == known.place:
            return shelf.place
        # What was erased is nowhere in a file that is gone.
        if moved is None or moved.erased or self._within("BEGIN", partial(_are_many, touched=moved.tags)):
            return self._anew(shelf)
        drop = partial(_drop, known=known.place, shelf=shelf, touched=moved.tags)
        return shelf.place if self._within("BEGIN IMMEDIATE", drop) else None

    def _anew(self, shelf: Shelf) -> Place | None:
        assert self.file is not None
        with self._lock:
            try:
                return shelf.place if self.file.exchange(partial(_begin, shelf=shelf)) else None
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
        code = getattr(fault, "sqlite_errorcode", None) if isinstance(fault, sqlite3.Error | _SpoiltError) else 0
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


def _begin(file: sqlite3.Connection, shelf: Shelf) -> None:
    file.execute("INSERT INTO place VALUES (1, ?, ?, ?, ?, 0)", _written(shelf))


def _written(shelf: Shelf) -> tuple[int, str, int, str]:
    return shelf.place.sequence, shelf.place.hash, shelf.place.withdrawn, json.dumps(shelf.calls)


def _shelf(file: sqlite3.Connection) -> Shelf:
    try:
        ((sequence, hash, withdrawn, calls),) = file.execute("SELECT sequence, hash, withdrawn, calls FROM place")
        known = json.loads(calls)
        return Shelf(Place(int(sequence), str(hash), int(withdrawn)), {name: known[name] for name in LANGUAGES})
    except (ValueError, TypeError, KeyError) as fault:
        raise sqlite3.DatabaseError("what the file says of its place is damaged") from fault


def _stands_at(file: sqlite3.Connection, place: Place) -> bool:
    return _shelf(file).place == place


def _bodies(file: sqlite3.Connection, *, names: Sequence[str], at: Place) -> dict[str, bytes]:
    if not _stands_at(file, at):
        return {}
    found = dict(file.execute(f"SELECT name, body FROM line WHERE name IN ({_marks(names)})", names))
    if not all(isinstance(body, bytes) for body in found.values()):
        raise sqlite3.DatabaseError("a line is damaged")
    return found


def _names(file: sqlite3.Connection, *, names: Sequence[str]) -> frozenset[str]:
    return frozenset(name for (name,) in file.execute(f"SELECT name FROM line WHERE name IN ({_marks(names)})", names))


def _marks(names: Sequence[str]) -> str:
    return ",".join("?" * len(names))


def _keep(file: sqlite3.Connection, *, lines: Iterable[Made], since: Place, limit: int) -> bool:
    if not _stands_at(file, since):
        return True
    ((size,),) = file.execute("SELECT bytes FROM place")
    is_full = False
    for line in lines:
        more = _size(len(line.body), len(line.tags))
        if size + more > limit:
            is_full = True
            continue
        # Another one may have made it just now: both are as the shelf is.
        written = file.execute("INSERT OR IGNORE INTO line (name, body) VALUES (?, ?)", (line.name, line.body))
        if written.rowcount == 1:
            file.executemany("INSERT INTO tag VALUES (?, ?)", [(tag, written.lastrowid) for tag in line.tags])
            size += more
    file.execute("UPDATE place SET bytes = ?", (size,))
    return not is_full


def _touched(file: sqlite3.Connection, tags: Iterable[str]) -> set[int]:
    """The lines that depend on one of these tags; no more than a few too many."""
    found: set[int] = set()
    for tag in tags:
        found.update(line for (line,) in file.execute("SELECT line FROM tag WHERE tag = ?", (tag,)))
        if len(found) > _FEW:
            break
    return found


def _are_many(file: sqlite3.Connection, *, touched: Iterable[str]) -> bool:
    return len(_touched(file, touched)) > _FEW


def _drop(file: sqlite3.Connection, *, known: Place, shelf: Shelf, touched: Iterable[str]) -> bool:
    """Whether the file was still at the place from which it is moved on."""
    if not _stands_at(file, known):
        return False
    gone = 0
    for line in _touched(file, touched):
        ((length,),) = file.execute("SELECT length(body) FROM line WHERE id = ?", (line,))
        tags = file.execute("DELETE FROM tag WHERE line = ?", (line,)).rowcount
        file.execute("DELETE FROM line WHERE id = ?", (line,))
        gone += _size(length, tags)
    moved = "UPDATE place SET sequence = ?, hash = ?, withdrawn = ?, calls = ?, bytes = bytes - ?"
    file.execute(moved, (*_written(shelf), gone))
    return True


def _packed(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_CHECKED) + body


def _unpacked(packed: bytes) -> bytes:
    body = packed[_CHECKED:]
    if zlib.crc32(body).to_bytes(_CHECKED) != packed[:_CHECKED]:
        raise _SpoiltError
    return body


def _size(length: int, tags: int) -> int:
    return length + _PER_TAG * tags


OF_THE_SNAPSHOT = KeptLines(settings.SNAPSHOT_BYTES, Path(settings.SNAPSHOT_LINES) / "snapshot-lines")
