"""The file in which lines of long answers lie, one for all processes of a machine, and how it is opened and exchanged.

As with the copy of the shelf (articles/editions/mirror_place.py) a link leads to the file that counts, which has a name
of its own each time it is made: so nobody opens half of one, and SQLite never finds the journal of another file under
its name. The link carries the name of the code whose lines these are; another version has another file.
"""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

_MADE = """
PRAGMA page_size = 16384;
PRAGMA journal_mode = WAL;
CREATE TABLE place (
    id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL, withdrawn INTEGER NOT NULL,
    calls TEXT NOT NULL, bytes INTEGER NOT NULL
);
CREATE TABLE line (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, body BLOB NOT NULL);
CREATE TABLE tag (tag TEXT NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (tag, line)) WITHOUT ROWID;
CREATE INDEX tags_of_line ON tag (line);
"""
# Little of the file lies in memory. What was dropped is overwritten in its place; the log beside it stays small.
_OPENED = """
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -2048;
PRAGMA secure_delete = ON;
PRAGMA wal_autocheckpoint = 400;
PRAGMA journal_size_limit = 8388608;
"""
# Seconds for which somebody waits for another process that writes a handful.
_PATIENCE = 1.0
_BESIDE = (".lock", ".users", ".filling")


class LinesFile:
    """`base` is where it lies, without the `name` of the code. For one thread at a time."""

    def __init__(self, base: Path, name: str) -> None:
        self.link = base.with_name(f"{base.name}-{name}.sqlite3")
        self._base = base
        self._target = ""
        self._connection: sqlite3.Connection | None = None

    def opened(self) -> sqlite3.Connection | None:
        """Return a connection to the file that counts now, None where there is none. Raises sqlite3.Error."""
        target = _leads_to(self.link)
        if target != self._target:
            self.close()
            if target:
                self._target = target
                self._connection = _connected(self.link.with_name(target))
        return self._connection

    def close(self) -> None:
        connection, self._connection, self._target = self._connection, None, ""
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()

    def close_if_exchanged(self) -> None:
        """Hold no file that was removed: as long as somebody has it open, what lay in it is on the disk."""
        if _leads_to(self.link) != self._target:
            self.close()

    def distrust(self) -> None:
        """Let nobody use the file that is open here any more: it is damaged."""
        if self._target and _leads_to(self.link) == self._target:
            self.link.unlink(missing_ok=True)
        self.close()

    def exchange(self, fill: Callable[[sqlite3.Connection], None]) -> bool:
        """Let an empty file, into which `fill` writes first, take the place of the one before, of which nothing stays.

        Returns whether it did; not where somebody else is about it or has just done it. Raises OSError, sqlite3.Error.
        """
        with _locked(self.link.with_suffix(".lock")) as is_ours:
            if not is_ours or _leads_to(self.link) != self._target:
                return False
            self.close()
            # Before there is another one, which may not fit on the disk.
            self._remove_all()
            file = self.link.with_suffix(f".{time.time_ns()}.sqlite3")
            try:
                with closing(sqlite3.connect(file, isolation_level=None)) as made:
                    made.executescript(_MADE)
                    fill(made)
            except BaseException:
                file.unlink(missing_ok=True)
                raise
            beside = self.link.with_suffix(".next")
            beside.unlink(missing_ok=True)
            beside.symlink_to(file.name)
            os.replace(beside, self.link)
            return True

    def _remove_all(self) -> None:
        self.link.unlink(missing_ok=True)
        for old in self.link.parent.glob(f"{self.link.stem}.*"):
            if old.suffix not in _BESIDE:
                old.unlink(missing_ok=True)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While this process is there, its file stays."""
        self.link.parent.mkdir(parents=True, exist_ok=True)
        with _shared(self.link.with_suffix(".users")):
            yield

    def sweep(self) -> None:
        """Remove files of other versions that nobody runs."""
        sweep(self._base, but=self.link)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Within the block no other process of this machine is here too; yields whether that is so."""
        with _locked(self.link.with_suffix(".filling")) as is_ours:
            yield is_ours


def sweep(base: Path, *, but: Path | None = None) -> None:
    """Remove files of versions that nobody runs, `but` this one: nobody drops there what is withdrawn or erased."""
    # Where somebody has removed the lock alone, the file is there without it.
    found = {one.with_name(f"{one.name.partition('.')[0]}.users") for one in base.parent.glob(f"{base.name}-*")}
    for users in found:
        if but is None or users != but.with_suffix(".users"):
            _remove_unused(users)


def _leads_to(link: Path) -> str:
    """Where a link leads; nowhere too where somebody has removed what it leads to."""
    try:
        return os.readlink(link) if link.exists() else ""
    except OSError:
        return ""


def _connected(file: Path) -> sqlite3.Connection:
    # Opened and never made: a file without tables would be one that counts.
    name = f"file:{quote(str(file))}?mode=rw"
    connection = sqlite3.connect(name, uri=True, timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
    try:
        connection.executescript(_OPENED)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def _locked(file: Path) -> Iterator[bool]:
    """Hold a lock that ends with the process; yields whether we have it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _shared(file: Path) -> Iterator[None]:
    """Hold a lock together with others."""
    is_held = False
    while not is_held:
        with file.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_SH)
            # Who removes what nobody uses may have removed it just before it was locked.
            is_held = _is(held.fileno(), file)
            if is_held:
                yield


def _is(opened: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(opened), file.stat())
    except FileNotFoundError:
        return False


def _remove_unused(users: Path) -> None:
    with suppress(OSError), users.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for old in users.parent.glob(f"{users.stem}.*"):
            old.unlink(missing_ok=True)
