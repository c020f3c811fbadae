"""How many threads of a process do the same costly thing at once.

They share one interpreter, so more of them answer no sooner. Each takes longer, all that they hold meanwhile adds up,
and each step of a statement hands Python's one lock to another: a hundred times for each page that eight make at once.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class Turns:
    """So many go at once; whoever has waited for `patience` seconds goes as well, for then something else is slow."""

    def __init__(self, at_once: int, patience: float) -> None:
        self._at_once, self._patience = at_once, patience
        self._renew()
        os.register_at_fork(after_in_child=self._renew)

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Go when it is one's turn, and give the turn back; yield whether that took any waiting."""
        free = self._free
        is_ours = free.acquire(blocking=False)
        has_waited = not is_ours
        if has_waited:
            is_ours = free.acquire(timeout=self._patience)
        try:
            yield has_waited
        finally:
            if is_ours:
                free.release()

    def _renew(self) -> None:
        # A child of the process has none of the threads whose turn it is.
        self._free = BoundedSemaphore(self._at_once)
