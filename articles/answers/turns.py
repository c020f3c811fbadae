"""Answers of a process are made one after the other, as long as nobody has to wait long for that.

Python runs one thread at a time anyway. Eight that make pages at once hand its one lock to each other a hundred times
for each page, since every step of a statement lets go of it: a page costs more, and nobody is answered sooner.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# Somebody whose answer takes longer than this, or waits for a database that says nothing, keeps nobody else. Seconds.
PATIENCE = 0.1


class Turns:
    """`patience` is for how many seconds somebody waits at most."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._renew()
        os.register_at_fork(after_in_child=self._renew)

    @contextmanager
    def one(self) -> Iterator[bool]:
        """Wait for a turn, or until patience is over, and take it for the block; yield whether it was waited for."""
        lock = self._lock
        has_turn = lock.acquire(blocking=False)
        has_waited = not has_turn
        if has_waited:
            has_turn = lock.acquire(timeout=self._patience)
        try:
            yield has_waited
        finally:
            if has_turn:
                lock.release()

    def _renew(self) -> None:
        # A child of the process has none of the threads that may hold it.
        self._lock = Lock()
