"""Who waits for the shared database at the moment, so that nobody waits for good and readers always find a thread.

A machine that has stopped in the middle never answers, and says nothing either: whoever waits for it would keep a
thread of the server until it wakes.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.editions import shared_database

# How many wait for a database that has fallen silent before others are refused: fewer than a process has threads
# (cramps_site/serve.py).
FEW = 4
# Seconds in which somebody who looks whether it is there again, and has just reached it, is let alone: it may be far
# away, or have much to do, and whoever is cut off before the first answer never learns that there is one.
FIRST_ANSWER = 3.0


@dataclass(eq=False)
class _Asking:
    own: BaseDatabaseWrapper
    takes_place: bool
    is_safe: bool
    is_looking: bool
    connection: Any = None
    since: float = 0.0

    def note(self, now: float) -> None:
        if self.own.connection is not self.connection:
            self.connection, self.since = self.own.connection, now

    def is_let_alone(self, now: float) -> bool:
        return self.is_looking and now - self.since < FIRST_ANSWER


class AtWork:
    """Everybody in this process who may be waiting."""

    def __init__(self) -> None:
        self._asking: set[_Asking] = set()
        # An answer that nobody reads to its end may be thrown away at any moment, also by whoever holds this just now.
        self._lock = RLock()

    @contextmanager
    def asking(self, *, takes_place: bool = False, is_safe: bool = False, is_looking: bool = False) -> Iterator[None]:
        """Within the block `let_go` may end what this thread waits for. It takes one of the `FEW` places if it is a
        request that will ask, is safe if whoever asks again gets the same, and looks if it asks again by itself until
        there is an answer: then each connection has `FIRST_ANSWER` seconds."""
        mine = _Asking(connections[DEFAULT_DB_ALIAS], takes_place, is_safe, is_looking)
        with self._lock:
            self._asking.add(mine)
        try:
            yield
        finally:
            with self._lock:
                self._asking.discard(mine)

    def through(self, parts: Any) -> Iterator[Any]:
        """Yield the parts of an answer that is made while it is sent, asking all the while."""
        with self.asking(takes_place=True, is_safe=True):
            yield from parts

    def is_crowded(self) -> bool:
        """Return whether the database has fallen silent and enough requests wait for it."""
        if not shared_database.is_silent():
            return False
        with self._lock:
            return sum(one.takes_place for one in list(self._asking)) >= FEW

    def let_go(self, *, only_safe: bool = False) -> None:
        """End every connection that waits; each fails as if the database had hung up."""
        now = time.monotonic()
        with self._lock:
            for one in list(self._asking):
                if (one.is_safe or not only_safe) and not one.is_let_alone(now):
                    _hang_up(one.own)

    def note(self) -> None:
        """Note which connections there are; called often, so that it is known of each since when."""
        now = time.monotonic()
        with self._lock:
            for one in list(self._asking):
                one.note(now)


def look_after(at_work: AtWork) -> None:
    """Let go of everybody while the database is away; before that is certain, of safe requests where there are many."""
    at_work.note()
    if shared_database.is_away():
        at_work.let_go()
    elif at_work.is_crowded():
        at_work.let_go(only_safe=True)


def _hang_up(wrapper: BaseDatabaseWrapper) -> None:
    """Close the way to the server and leave the connection to its own thread. Only PostgreSQL has a way."""
    pgconn: Any = getattr(wrapper.connection, "pgconn", None)
    try:
        with socket.socket(fileno=os.dup(pgconn.socket)) as way:
            # Its own thread may have closed it just now, and its number be that of somebody's request.
            if way.family == socket.AF_UNIX or way.getpeername()[1] == int(pgconn.port):
                way.shutdown(socket.SHUT_RDWR)
    except Exception:
        return  # there is no way, or it has just been closed


# The one of this process.
AT_WORK = AtWork()
