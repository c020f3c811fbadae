"""Counting what partners ask, in memory. Written down by whatever request comes next after half a minute, and when the
process ends; no request waits for a row of its own.

Several processes count side by side: each adds what it has seen to the rows. What cannot be written now, because the
database is away or somebody else writes, is kept for the next time. Only a process that is killed outright loses what
it counted since it last wrote.
"""

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from multiprocessing import util
from threading import Lock
from uuid import UUID

from django.db import connections, models, transaction
from django.db.models import Case, F, Q, Value, When

from articles.partners.keys import Key
from articles.partners.usage import UsageDay

logger = logging.getLogger(__name__)

EVERY_SECONDS = 30

_FIGURES = ("requests", "unchanged", "refused")


@dataclass
class _Seen:
    """How often each figure of a key and day was seen, in the order of `_FIGURES`; and when a key last opened."""

    figures: dict[tuple[UUID, date], tuple[int, ...]] = field(default_factory=dict)
    opened: dict[UUID, datetime] = field(default_factory=dict)

    def add(self, other: "_Seen") -> None:
        for row, more in other.figures.items():
            self.figures[row] = tuple(map(sum, zip(self.figures.get(row, (0, 0, 0)), more, strict=True)))
        for key, at in other.opened.items():
            self.opened[key] = max(at, self.opened.get(key, at))


class Tally:
    """What this process has seen and not written yet, for all its threads."""

    _seen: _Seen
    _since: float
    _lock: Lock
    _writing: Lock
    _writes_at_end: bool

    def __init__(self) -> None:
        self._begin()
        # What a parent has counted, the parent writes; and a lock that one of its threads holds would never open here.
        os.register_at_fork(after_in_child=self._begin)

    def count(self, key: UUID, status: int, *, at: datetime, has_opened: bool = True) -> None:
        """Count one answer with this status; touches no database."""
        figures = (1, int(status == 304), int(400 <= status < 500))
        self._take(_Seen({(key, at.astimezone(UTC).date()): figures}, {key: at} if has_opened else {}))

    def is_due(self) -> bool:
        """Return whether something has waited long enough to be written down."""
        return bool(self._seen.figures) and time.monotonic() - self._since >= EVERY_SECONDS

    def write(self, *, wait: bool = False) -> bool:
        """Add to the rows what was seen and return whether that is done; whatever fails is kept and logged.

        While another thread writes, nothing is done, unless with `wait`.
        """
        if not self._writing.acquire(blocking=wait):
            return False
        try:
            return self._write()
        finally:
            self._writing.release()

    def forget(self) -> None:
        """Drop what was not written: for tests, whose keys go with them."""
        with self._lock:
            self._seen = _Seen()

    def _begin(self) -> None:
        self._lock, self._writing = Lock(), Lock()
        self._seen, self._since = _Seen(), 0.0
        self._writes_at_end = False

    def _take(self, seen: _Seen) -> None:
        with self._lock:
            if not self._seen.figures:
                self._since = time.monotonic()
            self._seen.add(seen)
            if not self._writes_at_end:
                # Workers of the server are children of multiprocessing, which end without `atexit`; this heeds both.
                util.Finalize(None, self._end, exitpriority=10)
                self._writes_at_end = True

    def _write(self) -> bool:
        with self._lock:
            seen, self._seen = self._seen, _Seen()
        if not seen.figures:
            return True
        is_written = False
        try:
            with transaction.atomic():
                _add(seen)
            is_written = True
        except Exception as fault:
            logger.warning("usage of partners is not written yet: %s", type(fault).__name__)
        finally:
            # Also where something ends the process in the middle.
            if not is_written:
                self._take(seen)
        return is_written

    def _end(self) -> None:
        self.write(wait=True)
        connections.close_all()


TALLY = Tally()


def _add(seen: _Seen) -> None:
    """Five statements, however many keys there are."""
    # In one order for all processes, so that no two wait for each other. Keys that are gone count no more.
    keys = Key.objects.select_for_update(no_key=True).filter(pk__in={key for key, _ in seen.figures}).order_by("pk")
    known = set(keys.values_list("pk", flat=True))
    figures = {row: counts for row, counts in seen.figures.items() if row[0] in known}
    if figures:
        UsageDay.objects.bulk_create([UsageDay(key_id=key, day=day) for key, day in figures], ignore_conflicts=True)
        touched = UsageDay.objects.filter(key__in=known, day__in={day for _, day in figures})
        touched.update(**{name: F(name) + _more(figures, place) for place, name in enumerate(_FIGURES)})
    if opened := {key: at for key, at in seen.opened.items() if key in known}:
        Key.objects.filter(pk__in=opened).update(last_used_at=_later(opened))


def _more(figures: Mapping[tuple[UUID, date], tuple[int, ...]], place: int) -> Case:
    rows = [When(key=key, day=day, then=Value(counts[place])) for (key, day), counts in figures.items()]
    return Case(*rows, default=Value(0), output_field=models.BigIntegerField())


def _later(opened: Mapping[UUID, datetime]) -> Case:
    """The later one of what stands in the row and what was seen: another process may have seen more."""
    moments = [
        When(Q(pk=key) & (Q(last_used_at=None) | Q(last_used_at__lt=at)), then=Value(at)) for key, at in opened.items()
    ]
    return Case(*moments, default=F("last_used_at"), output_field=models.DateTimeField())
