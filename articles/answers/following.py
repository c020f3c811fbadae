"""The one thread of a process that follows the shelf and drops finished answers by tag.

It looks four times a second with a connection of its own. Whoever answers asks first whether its last look is young
enough (`is_fresh`): one that is not is made up for, so that nobody is given what was withdrawn a second ago, however
busy the machine is. Where the database cannot be asked, what is there is served, and readiness says so.
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import Error, connections

from articles.answers.finished import Finished
from articles.answers.key_table import KeyTable
from articles.answers.store import Store
from articles.editions import followed, shared_database

log = logging.getLogger(__name__)

EVERY = 0.25
# A look counts from when it began. What was withdrawn a second ago was seen by any look that is younger than this.
FRESH = 0.75
ADRIFT = 2.0
# Seconds that a look is waited for however long the database has been silent: the process itself may have stood still.
_AT_LEAST = 0.5
# Seconds between two looks of somebody who waits for a copy that another one brings up.
_SOON = 0.02
# Where a copy stands that is behind any line.
_NOWHERE = -1
# The server is given up soon: whoever follows has nothing to lose by asking anew.
_POSTGRESQL = {"connect_timeout": 3, "tcp_user_timeout": 5000, "keepalives_idle": 5, "keepalives_interval": 2}


class Follower:
    """Keeps a store in step with the shelf, and reads keys. `also` are further chores of each look, short ones.

    Where answers are made from a copy of the shelf, `copied` brings it up and returns the last line that it holds, None
    where nothing is read from it: an answer may be dropped only when the next one is made from what came after. It must
    not take long: nothing is looked at meanwhile. `stands_at` returns the same without the database, which others may
    have asked just before it went away. Within `waiting_for` the thread waits for the database: whoever knows
    that it will never answer may end that. `told` learns after each step what was dropped and what moved.
    For `waiting` seconds a request waits for a look that is overdue; after one has waited in vain nobody does, until a
    look succeeds.
    """

    def __init__(
        self,
        store: Store,
        keys: KeyTable,
        *,
        waiting: float = ADRIFT,
        also: Sequence[Callable[[], object]] = (),
        copied: Callable[[], int | None] = lambda: None,
        stands_at: Callable[[], int | None] = lambda: None,
        waiting_for: Callable[[], AbstractContextManager[None]] = nullcontext,
        told: Callable[[dict[Any, Finished], followed.Moved], object] = lambda dropped, moved: None,
    ) -> None:
        self._waiting_for = waiting_for
        self.store, self.keys, self._waiting, self._also, self._copied = store, keys, waiting, also, copied
        self._told, self._stands_at = told, stands_at
        self.fresh_until = 0.0
        self._seen_at: float | None = None
        self._is_away = True
        self._is_behind = False
        self._held: int | None = None
        self._shelf: followed.Shelf | None = None
        self._version: int | None = None
        self._thread: threading.Thread | None = None
        self._renew()
        # The thread stays behind in the parent, and so do what it knew and its connection.
        os.register_at_fork(after_in_child=self._forked)

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin to follow, unless that has begun in this process."""
        with self._starting:
            if self.is_running or self._stopped.is_set():
                return
            self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Follow no longer, and return when the thread and its connection are gone; nothing is served from then on."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        self.fresh_until, self._shelf = 0.0, None
        self.store.clear()

    def is_fresh(self) -> bool:
        """Return whether what the store holds may be served: it was looked at just now, or nobody can look.

        Where the last look is too old, whoever asks waits for the next one, but not where the database is away. Where
        only this thread cannot reach it, the copy of the shelf knows better than the store.
        """
        if time.monotonic() < self.fresh_until:
            return True
        if not self.is_running:
            self.start()
        if self._is_behind or (self._shelf is None and self._seen_at is None):
            return False
        if not self._is_away and not self.catch_up(self._patience()):
            self._is_away = True
        return not (self._is_away and shared_database.answers())

    def _patience(self) -> float:
        """Seconds to wait for a look; what others have waited for the database in vain already counts."""
        return max(min(_AT_LEAST, self._waiting), self._waiting - shared_database.silent_for())

    def await_copy(self) -> None:
        """Wait as `is_fresh` does, where answers are made from a copy: what is made now is not made from an old one."""
        if self._held is not None:
            self.is_fresh()

    @property
    def sees(self) -> bool:
        """Whether the last look has succeeded, so that what is read now will be dropped in time."""
        return self._shelf is not None and not self._is_away and not self._is_behind

    def catch_up(self, patience: float) -> bool:
        """Wait for a look that begins from now on, for so many seconds at most; return whether it has succeeded.

        False at once where nothing follows.
        """
        if not self.is_running:
            return False
        with self._looks:
            wanted = self._begun + 1
            self._wake.set()
            done = self._looks.wait_for(lambda: self._done >= wanted or self._stopped.is_set(), patience)
        return done and not self._is_away and not self._is_behind and not self._stopped.is_set()

    def sees_by_then(self, patience: float) -> bool:
        """Wait for a look from now on that has succeeded, and so many seconds at most for the copy where it is behind;
        return whether there was one. False at once where the database is away."""
        end = time.monotonic() + patience
        while not self.catch_up(max(0.0, end - time.monotonic())):
            if not self._is_behind or self._is_away or time.monotonic() >= end or self._stopped.wait(_SOON):
                return False
        return True

    def adrift(self) -> float | None:
        """Return for how many seconds nothing has been seen where that is too long; None while all is well, and where
        nothing follows."""
        if self._thread is None:
            return None
        silent = time.monotonic() - (self._seen_at if self._seen_at is not None else self._started_at)
        return silent if silent > ADRIFT else None

    def _renew(self) -> None:
        self._starting, self._wake, self._stopped = threading.Lock(), threading.Event(), threading.Event()
        self._looks = threading.Condition()
        self._begun = self._done = 0
        self._started_at = time.monotonic()

    def _forked(self) -> None:
        self._thread, self._shelf, self._seen_at, self._version = None, None, None, None
        self.fresh_until, self._is_away, self._is_behind, self._held = 0.0, True, False, None
        self._renew()
        self.store.forked()

    def _run(self) -> None:
        self._started_at = time.monotonic()
        atexit.register(self._stopped.set)
        self._own_connection()
        try:
            with self._waiting_for():
                while not self._stopped.is_set():
                    self.look()
                    self._wake.wait(EVERY)
                    self._wake.clear()
        finally:
            connections.close_all()
            with self._looks:
                self._looks.notify_all()

    def _own_connection(self) -> None:
        """One that does not wait for ever for a server that is gone."""
        connection = connections["default"]
        if connection.vendor == "postgresql":
            connection.settings_dict = connection.settings_dict | {
                "OPTIONS": {**connection.settings_dict["OPTIONS"], **_POSTGRESQL}
            }

    def look(self) -> None:
        """Look once, and never raise: the thread does nothing else, with its own connection."""
        began = time.monotonic()
        with self._looks:
            self._begun += 1
        try:
            self._see()
        except Exception as fault:
            self._lost(fault)
        else:
            if self._is_away:
                log.info("finished answers follow the shelf")
            self._is_away = False
            if not self._is_behind:
                self._seen_at, self.fresh_until = began, began + FRESH
        finally:
            with self._looks:
                self._done = self._begun
                self._looks.notify_all()
        # Each asks the database too.
        if not self._is_away:
            self._do_chores()

    def _see(self) -> None:
        version = followed.version()
        if version is not None and version == self._version and self._shelf is not None:
            return
        self.keys.read()
        known = self._shelf
        shelf, moved = followed.since(known) if known else (followed.begin(), None)
        held = self._held_by_the_copy()
        # A copy that has just come up, or was made anew, may have been read already while it was behind.
        is_new = held is not None and (self._held is None or held < self._held)
        self._is_behind = held is not None and held < shelf.place.sequence
        if self._is_behind:
            return
        dropped: dict[Any, Finished] | None = None
        if moved is None or is_new:
            self.store.clear()
        elif moved.tags:
            dropped = self.store.touch(moved.tags)
        self._shelf, self._version, self._held = shelf, version, held
        if moved is not None and dropped is not None:
            self._told(dropped, moved)

    def _held_by_the_copy(self) -> int | None:
        """The last line that the copy holds; one that cannot be brought up counts as behind, whatever it holds.

        The database has just answered, so what was withdrawn is known there: a disk that is full excuses nobody.
        """
        try:
            return self._copied()
        except Exception as fault:
            if shared_database.is_away():
                raise
            if not self._is_behind:
                log.warning("answers are made without the copy of the shelf: %s", type(fault).__name__)
            return _NOWHERE

    def _lost(self, fault: Exception) -> None:
        if not self._is_away:
            # The message may hold addresses and names of the database.
            log.warning("the shelf cannot be followed: %s", type(fault).__name__)
        self._is_away, self._version = True, None
        if not isinstance(fault, Error):
            # The database is there, and what it says is not understood: nothing that was kept is known to hold.
            self._is_behind = True
        for then in (self._heed_the_copy, connections["default"].close):
            try:
                then()
            except Exception as second:
                log.warning("a look that failed does not end well: %s in %s", type(second).__name__, then.__name__)

    def _heed_the_copy(self) -> None:
        """What others learnt before the database went away counts: what was withdrawn then is served no longer."""
        if self._shelf is None:
            return
        held = self._stands_at()
        if held is not None and held > self._shelf.place.sequence:
            self.store.clear()
            self._shelf = None

    def _do_chores(self) -> None:
        for chore in self._also:
            try:
                chore()
            except Exception as fault:
                log.warning("a chore of the follower fails: %s", type(fault).__name__)
