"""Noticing that a moment has passed while the worker is away: a page asks before it answers, and costs next to nothing.

Who does what then is handed in when the process starts: what faces readers cannot name the press.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from django.utils import timezone

log = logging.getLogger(__name__)

# Each process asks the database for the next moment at most once in so many seconds.
EVERY = 1.0


class Watcher:
    """`next_due` returns the next moment at which something falls due, `settle` carries out what has by a moment.

    `clock` is the time of day, `ticks` are seconds that never go back.
    """

    def __init__(
        self,
        next_due: Callable[[], datetime | None],
        settle: Callable[[datetime], object],
        *,
        clock: Callable[[], datetime] = timezone.now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._next_due, self._settle, self._clock, self._ticks = next_due, settle, clock, ticks
        self._one_at_a_time = Lock()
        self._known: datetime | None = None
        self._asked_at: float | None = None
        self._tried: datetime | None = None
        self._tried_at = 0.0

    def look(self) -> None:
        """Carry out what has fallen due. Never raises: whoever asked for a page is answered, whatever happens here.

        One thread looks at a time. The others answer with what is on the shelf, as if they had come a moment earlier.
        """
        if not self._is_time() or not self._one_at_a_time.acquire(blocking=False):
            return
        try:
            self._look()
        except Exception:
            log.exception("what has fallen due could not be carried out for a request")
        finally:
            self._one_at_a_time.release()

    def note_next(self) -> None:
        """Ask for the next moment where that was not done for a second, and carry out nothing. May raise what the
        database raises."""
        if self._asked_at is None or self._ticks() - self._asked_at >= EVERY:
            self._asked_at = self._ticks()
            self._known = self._next_due()

    def has_fallen_due(self) -> bool:
        """Return whether `look` would carry something out now; asks no database.

        What has failed is due again every second.
        """
        known = self._known
        if known is None or known > self._clock():
            return False
        return known != self._tried or self._ticks() - self._tried_at >= EVERY

    def _is_time(self) -> bool:
        """Whether a second has passed since the database was asked, or a moment that is known and was not tried."""
        if self._asked_at is None or self._ticks() - self._asked_at >= EVERY:
            return True
        return self.has_fallen_due()

    def _look(self) -> None:
        # First of all: where the database is away, it is asked again in a second and not by each request.
        self._asked_at = self._ticks()
        self._known = self._next_due()
        now = self._clock()
        if self._known is None or self._known > now:
            return
        # A row that fails stays due: it is tried once a second, as the worker does.
        self._tried, self._tried_at = self._known, self._ticks()
        self._settle(now)
        self._known = self._next_due()
