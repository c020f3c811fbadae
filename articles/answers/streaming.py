"""Answers that are made while they are sent, and how many of them one process makes at once.

Such an answer holds a thread of the server for as long as its reader takes, and a reader may take for ever. So they
never get all the threads: the pages with the numbers to call must be served meanwhile. And nobody gets more than one at
a time: whoever reads slowly, or not at all, keeps out nobody but himself.
"""

from collections.abc import Callable, Hashable, Iterator
from threading import Lock

# Fewer than a process has threads (cramps_site/serve.py).
MOST_AT_ONCE = 3


class Slots:
    """Who reads at the moment in this process, and how many at most."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self._readers: set[Hashable] = set()
        self._lock = Lock()

    def take(self, reader: Hashable) -> Callable[[], None] | None:
        """Return what gives the slot back, however often it is called; None where all are taken, or this reader has
        one already."""
        with self._lock:
            if len(self._readers) >= self._most or reader in self._readers:
                return None
            self._readers.add(reader)
        held = [True]

        def give_back() -> None:
            with self._lock:
                if held:
                    held.clear()
                    self._readers.discard(reader)

        return give_back


class Stream:
    """Parts of an answer as they are made; `done` is called once when it ends, breaks, or is thrown away unread."""

    def __init__(self, parts: Iterator[bytes], done: Callable[[], None]) -> None:
        self._parts, self._done = parts, done

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except BaseException:
            self._done()
            raise

    def close(self) -> None:
        """Stop making parts: the reader has gone."""
        close = getattr(self._parts, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._done()

    def __del__(self) -> None:
        self._done()
