"""The file in which lines of long answers lie, one for all processes of a machine, and how it is opened and exchanged.

It is exchanged as a whole (articles/editions/machine_files.py). The link carries the name of the code whose lines these
are; another version has another file.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from articles.editions import machine_files

_MADE = """
PRAGMA page_size = 16384;
PRAGMA journal_mode = WAL;
CREATE TABLE place (
    id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL, withdrawn INTEGER NOT NULL,
    words INTEGER NOT NULL, calls TEXT NOT NULL, bytes INTEGER NOT NULL
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
        with machine_files.alone(self.link.with_suffix(".lock")) as is_ours:
            if not is_ours or _leads_to(self.link) != self._target:
                return False
            self.close()
            # Before there is another one, which may not fit on the disk.
            self._remove_all()
            file = machine_files.next_file(self.link)
            try:
                with closing(sqlite3.connect(file, isolation_level=None)) as made:
                    made.executescript(_MADE)
                    fill(made)
            except BaseException:
                file.unlink(missing_ok=True)
                raise
            machine_files.point(self.link, file)
            return True

    def _remove_all(self) -> None:
        self.link.unlink(missing_ok=True)
        for old in self.link.parent.glob(f"{self.link.stem}.*"):
            if old.suffix not in _BESIDE:
                old.unlink(missing_ok=True)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While this process is there, its file stays."""
        with machine_files.together(machine_files.users(self.link)):
            yield

    def sweep(self) -> None:
        """Remove files of other versions that nobody runs."""
        sweep(self._base, but=self.link)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Within the block no other process of this machine is here too; yields whether that is so."""
        with machine_files.alone(self.link.with_suffix(".filling")) as is_ours:
            yield is_ours


def sweep(base: Path, *, but: Path | None = None) -> None:
    """Remove files of versions that nobody runs, `but` this one: nobody drops there what is withdrawn or erased."""
    # Where somebody has removed the lock alone, the file is there without it.
    found = {one.with_name(f"{one.name.partition('.')[0]}.users") for one in base.parent.glob(f"{base.name}-*")}
    for users in found:
        if but is None or users != machine_files.users(but):
            machine_files.remove_unused(users)


def _leads_to(link: Path) -> str:
    """Where a link leads; nowhere too where somebody has removed what it leads to."""
    try:
        return os.readlink(link) if link.exists() else ""
    except OSError:
        return ""


def _connected(file: Path) -> sqlite3.Connection:
    name = machine_files.uri(file)
    connection = sqlite3.connect(name, uri=True, timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
    try:
        connection.executescript(_OPENED)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
