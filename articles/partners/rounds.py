"""Rounds of a thread of the worker: the same is done again and again until the worker stops, whatever goes wrong."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections

log = logging.getLogger(__name__)


def repeat(stopped: threading.Event, act: Callable[[], object], *, name: str, every: float = 1.0) -> None:
    """Call `act` until stopped, with so many seconds between two rounds; close this thread's connections at the end.

    A database or a server of mail that is away is no reason to end: what is owed is owed still when it is back.
    """
    try:
        while not stopped.is_set():
            close_old_connections()
            try:
                act()
            except Exception:
                log.exception("%s: a round broke off", name)
            stopped.wait(every)
    finally:
        connections.close_all()


class Seldom:
    """Says once in so many seconds that it is time, the first time at once."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: float | None = None

    def is_time(self) -> bool:
        """Return whether it is time again; whoever is told so does it now."""
        now = time.monotonic()
        if self._last is not None and now - self._last < self._seconds:
            return False
        self._last = now
        return True
