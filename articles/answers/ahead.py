"""Made again before anybody asks: a step drops finished answers, and the next reader would wait for Django.

What a line has just put out, and what was asked for lately and has been dropped, is made by one thread while no reader
waits for Django in this process. It takes no more than a share of the process's time, no more answers at once than are
worth it, and nothing that is kept has to go for it. An answer that a later step touches is not kept (`Store.put`).
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from articles.answers.finished import NEVER, Finished, Key
from articles.editions.followed import Moved

log = logging.getLogger(__name__)

# For so long what was asked for counts as asked for lately, and what is dropped may wait for its turn. Seconds.
LATELY = 900.0
PATIENCE = 30.0
# Of each second of the thread at least this part passes in waiting: the others of the process share one lock with it.
SHARE = 0.25
# How often somebody who waits for readers to be answered looks whether to end.
_SOON = 0.05
# A thread that ends has one answer to finish.
_ENDING = 5.0
# How often an answer is begun anew that a step has touched while it was made.
_TRIES = 3
# What browsers accept; of an answer that somebody had, what was accepted then.
_PACKED = ("br",)


@dataclass(frozen=True)
class Wanted:
    """An answer to be made: in which codings, and when it was last asked for."""

    key: Key
    forms: tuple[str, ...]
    used: float
    until: float


@dataclass(eq=False)
class Ahead:
    """`make` makes one answer and keeps it; it returns False where a step has passed meanwhile, so that it must be made
    anew. `sees` says whether what is made now would be dropped in time. `most` are made after a step, none with 0.
    """

    most: int
    key_of: Callable[[str], Key | None] = lambda address: None
    make: Callable[[Wanted], bool] = lambda wanted: True
    sees: Callable[[], bool] = lambda: True
    share: float = SHARE
    _wanted: dict[Key, Wanted] = field(default_factory=dict)
    _readers: int = 0
    _thread: threading.Thread | None = None

    def __post_init__(self) -> None:
        self._renew()
        if self.most:
            os.register_at_fork(after_in_child=self._forked)
            atexit.register(self.stop)

    def note(self, dropped: Mapping[Any, Finished], moved: Moved) -> None:
        """Take note of a step: begin to make what it put out and what was asked for lately, newest use first."""
        if not self.most or self._stopped.is_set():
            return
        now = time.monotonic()
        until = now + PATIENCE
        new = {key: Wanted(key, _PACKED, NEVER, until) for key in map(self.key_of, moved.out) if key}
        again = [
            Wanted(key, tuple(one.forms), one.used, until)
            for key, one in dropped.items()
            if one.code == 200 and now - one.used <= LATELY and not _is_below(key[0], moved.gone)
        ]
        again.sort(key=lambda one: -one.used)
        with self._turn:
            # Newest first; what an earlier step left stands behind.
            found = new | {one.key: one for one in again}
            left = {
                key: one for key, one in self._wanted.items() if key not in found and not _is_below(key[0], moved.gone)
            }
            self._wanted = dict(list((found | left).items())[: self.most])
            if self._wanted and not (self._thread and self._thread.is_alive()):
                self._thread = threading.Thread(target=self._run, name="answers made ahead", daemon=True)
                self._thread.start()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Within the block somebody waits for Django: nothing is begun meanwhile."""
        with self._turn:
            self._readers += 1
        try:
            yield
        finally:
            with self._turn:
                self._readers -= 1
                if not self._readers:
                    self._turn.notify_all()

    @property
    def is_held_up(self) -> bool:
        """Whether somebody waits for Django."""
        return self._readers > 0

    def is_done_by_then(self, patience: float) -> bool:
        """Wait so many seconds at most until nothing is left to be made; return whether that is so."""
        with self._turn:
            return self._turn.wait_for(lambda: self._thread is None, patience)

    def stop(self) -> None:
        """Make nothing more; return when the thread has ended, and its connections with it."""
        self._stopped.set()
        with self._turn:
            self._wanted.clear()
            self._turn.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_ENDING)

    def _renew(self) -> None:
        self._turn, self._stopped = threading.Condition(), threading.Event()

    def _forked(self) -> None:
        """The thread stays behind in the parent, with the lock that it may hold."""
        self._wanted, self._readers, self._thread = {}, 0, None
        self._renew()

    def _run(self) -> None:
        is_over = False
        while not is_over:
            try:
                self._make_all()
            finally:
                connections.close_all()
            with self._turn:
                is_over = not self._wanted or self._stopped.is_set()
                if is_over:
                    self._thread = None
                    self._turn.notify_all()

    def _make_all(self) -> None:
        while (one := self._next()) is not None:
            began = time.thread_time()
            self._make(one)
            spent = time.thread_time() - began
            self._stopped.wait(spent * (1 / self.share - 1))

    def _next(self) -> Wanted | None:
        """The next to be made, once no reader waits; None where there is none."""
        with self._turn:
            while self._wanted and self._readers and not self._stopped.is_set():
                self._turn.wait(_SOON)
            while self._wanted and not self._stopped.is_set():
                one = self._wanted.pop(next(iter(self._wanted)))
                if time.monotonic() < one.until:
                    return one
            return None

    def _make(self, one: Wanted) -> None:
        for _try in range(_TRIES):
            if self._stopped.is_set() or not self.sees():
                return
            try:
                if self.make(one):
                    return
            except Exception as fault:
                # Whoever asks for it is answered, or told, by Django itself. The message may hold an address.
                log.warning("an answer was not made ahead: %s", type(fault).__name__)
                return


def _is_below(path: str, gone: Iterable[str]) -> bool:
    return path.startswith(tuple(gone))
