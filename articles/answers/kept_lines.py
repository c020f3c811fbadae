"""Lines of long answers that were made before, one for each text, on the disk of this process and nowhere else.

What a line depends on is known as for every finished answer (articles/answers/store.py), and nothing is given from here
before it was asked what has moved on the shelf since. They lie in a file without a name, which ends with its process:
so no line is ever from another version of the code. What was erased is overwritten there, within a minute where the
follower of the process calls `tidy`.
"""

import logging
import sqlite3
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from django.conf import settings

from articles.editions import followed

log = logging.getLogger(__name__)

# So much of the file lies in memory. The larger a page, the fewer are read for a line.
_PREPARED = """
PRAGMA page_size = 32768;
PRAGMA cache_size = -2048;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA secure_delete = ON;
CREATE TABLE line (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, body BLOB NOT NULL);
CREATE TABLE tag (tag TEXT NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (tag, line)) WITHOUT ROWID;
CREATE INDEX tags_of_line ON tag (line);
"""
_PER_TAG = 150
# In seconds.
_TIDIED_EVERY = 60.0
# So many lines are dropped one by one, in a few tenths of a second. Of more all are thrown away: the follower of the
# process looks at nothing else meanwhile, and nobody would know what was withdrawn.
_FEW = 2000


@dataclass(frozen=True)
class Made:
    """A line, what it is called, and the tags of what it depends on."""

    name: str
    body: bytes
    tags: Collection[str]


class KeptLines:
    """`limit` is in bytes, roughly counted; with 0 nothing is kept. What does not fit is made anew each time."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._step = 0
        self._tidied_at = 0.0
        self._shelf: followed.Shelf | None = None
        self._file: sqlite3.Connection | None = None
        self._lock = Lock()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be had."""
        return not self._size

    def follow(self) -> int:
        """Drop what has moved on the shelf, and return the step that was reached; one query, more where it has.

        Without a query where nothing is kept at all.
        """
        if not self._limit:
            return 0
        with self._lock:
            return self._follow()

    def tidy(self) -> None:
        """Drop what has moved once a minute, so that nothing lies here for long of which nobody asks any more.

        It waits for nobody: whoever is at the lines may himself be waiting for the database, and it is tried again.
        """
        now = time.monotonic()
        if not self._size or now - self._tidied_at < _TIDIED_EVERY or not self._lock.acquire(blocking=False):
            return
        try:
            self._tidied_at = now
            self._follow()
        finally:
            self._lock.release()

    def held(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return those of these lines that are here, as they stood at the last step."""
        with self._lock:
            file = self._file
            if file is None:
                return {}
            marks = ",".join("?" * len(names))
            try:
                return dict(file.execute(f"SELECT name, body FROM line WHERE name IN ({marks})", names))
            except sqlite3.Error:
                self._fail()
                return {}

    def keep(self, lines: Iterable[Made], *, since: int) -> None:
        """Keep lines that were read behind the step `since`, unless there was another one meanwhile."""
        with self._lock:
            if not self._limit or since != self._step:
                return
            try:
                self._keep(lines)
            except sqlite3.Error:
                self._fail()

    def clear(self) -> None:
        """Keep nothing of all that is here."""
        with self._lock:
            self._clear()
            self._shelf = None

    def _follow(self) -> int:
        if self._shelf is None:
            self._shelf, moved = followed.begin(), None
        else:
            self._shelf, moved = followed.since(self._shelf)
        if moved is None:
            self._clear()
        elif moved.tags:
            self._step += 1
            self._drop(moved.tags)
        return self._step

    def _keep(self, lines: Iterable[Made]) -> None:
        file = self._opened()
        file.execute("BEGIN")
        for line in lines:
            size = _size(len(line.body), len(line.tags))
            if self._size + size > self._limit:
                continue
            # Another one may have made it just now: both are as the shelf is.
            written = file.execute("INSERT OR IGNORE INTO line (name, body) VALUES (?, ?)", (line.name, line.body))
            if written.rowcount == 1:
                rows = [(tag, written.lastrowid) for tag in set(line.tags)]
                file.executemany("INSERT INTO tag VALUES (?, ?)", rows)
                self._size += size
        file.execute("COMMIT")

    def _drop(self, touched: Iterable[str]) -> None:
        file = self._file
        if file is None:
            return
        try:
            gone: set[int] = set()
            for tag in touched:
                gone.update(line for (line,) in file.execute("SELECT line FROM tag WHERE tag = ?", (tag,)))
                if len(gone) > _FEW:
                    self._clear()
                    return
            file.execute("BEGIN")
            for line in gone:
                ((length,),) = file.execute("SELECT length(body) FROM line WHERE id = ?", (line,))
                tags = file.execute("DELETE FROM tag WHERE line = ?", (line,)).rowcount
                file.execute("DELETE FROM line WHERE id = ?", (line,))
                self._size -= _size(length, tags)
            file.execute("COMMIT")
        except sqlite3.Error:
            self._fail()

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            # Without a name: SQLite makes a file for this connection alone, and removes its name at once.
            self._file = sqlite3.connect("", check_same_thread=False, isolation_level=None)
            self._file.executescript(_PREPARED)
        return self._file

    def _clear(self) -> None:
        self._step += 1
        self._size = 0
        if self._file is not None:
            self._file.close()
            self._file = None

    def _fail(self) -> None:
        """A full disk costs nobody an answer: all lines are made anew from here on."""
        log.exception("lines of long answers cannot be kept")
        self._clear()
        self._limit = 0


def _size(length: int, tags: int) -> int:
    return length + _PER_TAG * tags


OF_THE_SNAPSHOT = KeptLines(settings.SNAPSHOT_BYTES)
