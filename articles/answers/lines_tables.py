"""The tables in which lines of long answers lie: what is asked of them, and how they change, as of one moment."""

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass

from articles.canonical.languages import LANGUAGES
from articles.editions.followed import Place, Shelf

# Before each line stands its checksum, of so many bytes: a disk that spoils a word spoils no answer.
_CHECKED = 4
_PER_TAG = 150
# So many lines are dropped one by one, in a few tenths of a second, while which nobody else can write. Of more all are
# thrown away.
_FEW = 2000


class SpoiltError(Exception):
    """Raised where a line is not what was written."""


@dataclass(frozen=True)
class Made:
    """A line, what it is called, and the tags of what it depends on."""

    name: str
    body: bytes
    tags: Collection[str]


def begin(file: sqlite3.Connection, shelf: Shelf) -> None:
    """Say in an empty file how far the shelf is that it begins with."""
    file.execute("INSERT INTO place VALUES (1, ?, ?, ?, ?, ?, 0)", _written(shelf))


def _written(shelf: Shelf) -> tuple[int, str, int, int, str]:
    return *astuple(shelf.place), json.dumps(shelf.calls)


def shelf_of(file: sqlite3.Connection) -> Shelf:
    """Return how far the file has followed the shelf. Raise sqlite3.Error where it says that no more."""
    try:
        ((sequence, hash, *parts, calls),) = file.execute("SELECT sequence, hash, withdrawn, words, calls FROM place")
        known = json.loads(calls)
        return Shelf(Place(int(sequence), str(hash), *map(int, parts)), {name: known[name] for name in LANGUAGES})
    except (ValueError, TypeError, KeyError) as fault:
        raise sqlite3.DatabaseError("what the file says of its place is damaged") from fault


def _stands_at(file: sqlite3.Connection, place: Place) -> bool:
    return shelf_of(file).place == place


def bodies(file: sqlite3.Connection, *, names: Sequence[str], at: Place) -> dict[str, bytes]:
    """Return those of these lines that are here, as they lie there; none if the file is not at this place."""
    if not _stands_at(file, at):
        return {}
    found = dict(file.execute(f"SELECT name, body FROM line WHERE name IN ({_marks(names)})", names))
    if not all(isinstance(body, bytes) for body in found.values()):
        raise sqlite3.DatabaseError("a line is damaged")
    return found


def names_of(file: sqlite3.Connection, *, names: Sequence[str]) -> frozenset[str]:
    """Return which of these lines are here."""
    return frozenset(name for (name,) in file.execute(f"SELECT name FROM line WHERE name IN ({_marks(names)})", names))


def _marks(names: Sequence[str]) -> str:
    return ",".join("?" * len(names))


def keep(file: sqlite3.Connection, *, lines: Iterable[Made], since: Place, limit: int) -> bool:
    """Keep packed lines unless the file has left the place `since`; return whether all fit into `limit` bytes."""
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


def are_many(file: sqlite3.Connection, *, touched: Iterable[str]) -> bool:
    """Return whether more lines depend on these tags than are dropped one by one."""
    return len(_touched(file, touched)) > _FEW


def drop(file: sqlite3.Connection, *, known: Place, shelf: Shelf, touched: Iterable[str]) -> bool:
    """Drop what depends on these tags and move the file on; return whether it still was at the place `known`."""
    if not _stands_at(file, known):
        return False
    gone = 0
    for line in _touched(file, touched):
        ((length,),) = file.execute("SELECT length(body) FROM line WHERE id = ?", (line,))
        tags = file.execute("DELETE FROM tag WHERE line = ?", (line,)).rowcount
        file.execute("DELETE FROM line WHERE id = ?", (line,))
        gone += _size(length, tags)
    moved = "UPDATE place SET sequence = ?, hash = ?, withdrawn = ?, words = ?, calls = ?, bytes = bytes - ?"
    file.execute(moved, (*_written(shelf), gone))
    return True


def packed(body: bytes) -> bytes:
    """Return a line as it lies in the file."""
    return zlib.crc32(body).to_bytes(_CHECKED) + body


def unpacked(packed: bytes) -> bytes:
    """Return the line that lies there. Raise SpoiltError where it is not what was written."""
    body = packed[_CHECKED:]
    if zlib.crc32(body).to_bytes(_CHECKED) != packed[:_CHECKED]:
        raise SpoiltError
    return body


def _size(length: int, tags: int) -> int:
    return length + _PER_TAG * tags
