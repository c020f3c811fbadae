"""Files that the processes of one machine share and exchange as a whole.

A file has a name of its own each time it is made, and a link leads to the one that counts: so it is exchanged in one
step, nobody ever opens half of one, and SQLite never finds the journal of another file under its name. Locks end with
the process that holds them.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote


def uri(file: Path) -> str:
    """Return by which name SQLite opens a file that is there, and never makes one: without tables it would count."""
    return f"file:{quote(str(file))}?mode=rw"


def next_file(link: Path) -> Path:
    """Return a name for what may take the place of the file that counts.

    Never one that there was before: a connection that is still open removes what belongs to its own on closing.
    """
    return link.with_suffix(f".{time.time_ns()}{link.suffix}")


def point(link: Path, file: Path) -> None:
    """Let the link lead to this file, in one step."""
    beside = link.with_suffix(".next")
    beside.unlink(missing_ok=True)
    beside.symlink_to(file.name)
    os.replace(beside, link)


def users(link: Path) -> Path:
    """Return the lock of those who use a file, which `together` holds and `remove_unused` asks."""
    return link.with_suffix(".users")


@contextmanager
def alone(lock: Path) -> Iterator[bool]:
    """Hold a lock that nobody else holds, within this process too; yields whether we have it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def together(lock: Path) -> Iterator[None]:
    """Hold a lock that others hold too."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    is_held = False
    while not is_held:
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_SH)
            # Who removes what nobody uses may have removed it just before it was locked.
            is_held = _is(held.fileno(), lock)
            if is_held:
                yield


def remove_unused(users: Path) -> None:
    """Remove everything that goes with a lock of users, unless somebody holds it."""
    with suppress(OSError), users.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for old in users.parent.glob(f"{users.stem}.*"):
            old.unlink(missing_ok=True)


def _is(opened: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(opened), file.stat())
    except FileNotFoundError:
        return False
