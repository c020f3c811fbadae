"""Answers that are made while they are sent, and how many of them one process makes at once.

Such an answer holds a thread of the server for as long as its reader takes, and a reader may take for ever. So they
never get all the threads: the pages with the numbers to call must be served meanwhile.
"""

from collections.abc import Callable, Iterator
from threading import Lock

MOST_AT_ONCE = 2


class Slots:
    """How many more may be begun in this process."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._free = most
        self._lock = Lock()

    def take(self) -> Callable[[], None] | None:
        """Return what gives the slot back, however often it is called; None where all are taken."""
        with self._lock:
            if not self._free:
                return None
            self._free -= 1
        held = [True]

        def give_back() -> None:
            with self._lock:
                if held:
                    held.clear()
                    self._free += 1

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
