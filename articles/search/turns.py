"""How many threads of a process search at once.

They share one interpreter, so more of them answer no sooner: each takes longer, and all that they hold meanwhile adds
up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class Turns:
    """So many go at once; whoever has waited for `patience` seconds goes as well, for then something else is slow."""

    def __init__(self, at_once: int, patience: float) -> None:
        self._free = BoundedSemaphore(at_once)
        self._patience = patience

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Go when it is one's turn, and give the turn back."""
        is_ours = self._free.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if is_ours:
                self._free.release()
