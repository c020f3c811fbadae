"""The worker of webhooks: follows the journal, sends what is due, and lets nobody wait for a server that is away.

Requests run in threads that know nothing of the database; what came of them is written down here, one after another.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from uuid import UUID

from django.db import close_old_connections, connections
from django.utils import timezone

from articles.outgoing.client import Answer, Unanswered
from articles.partners import following, pauses, purging, sending
from articles.partners.deliveries import Delivery
from articles.partners.pace import STANDARD, Pace
from articles.partners.sending import Claim, Result

log = logging.getLogger(__name__)

_PURGED_EVERY = 3600.0
_TOLD_EVERY = 60.0


@dataclass(frozen=True)
class Room:
    """How many requests may run at once. `ordinary` leaves some for safety, `failing` some for servers that answer: a
    webhook whose last request failed may keep each one waiting to its end. The last two are for one webhook."""

    total: int = 64
    ordinary: int = 24
    failing: int = 24
    of_one: int = 2
    urgent_of_one: int = 2


class Worker:
    """One worker; any number may run on PostgreSQL. Its methods are called from one thread."""

    def __init__(self, pace: Pace = STANDARD, room: Room | None = None) -> None:
        self._pace = pace
        self._room = room or Room()
        self._running: dict[UUID, Claim] = {}
        self._failing: set[UUID] = set()
        self._done: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._letters: set[UUID] = set()
        self._next_purge = 0.0
        self._next_letters = 0.0

    def serve(self, stopped: threading.Event, *, every: float = 0.5, grace: float = 3.0) -> None:
        """Send what is due until stopped; then wait `grace` seconds for requests that run, and hand back the rest."""
        try:
            while not stopped.is_set():
                close_old_connections()
                self._guarded(self._round)
                self._finish(every)
            until = time.monotonic() + grace
            while self._running and time.monotonic() < until:
                self._finish(0.1)
            self._guarded(lambda: sending.release(self._running.values()))
        finally:
            connections.close_all()

    def once(self) -> int:
        """Send everything that is due now, and what that makes due; return how many requests were made."""
        made = 0
        self._keep_house()
        following.follow(at=timezone.now())
        while (begun := self._begin()) or self._running or self._letters:
            made += begun
            self._finish(0.1)
        return made

    def _round(self) -> None:
        following.follow(at=timezone.now())
        self._begin()
        self._keep_house()

    def _guarded(self, act: Callable[[], object]) -> None:
        """A database that is away, or one message that cannot be made, is no reason to end: it is still due then."""
        try:
            act()
        except Exception:
            log.exception("webhooks: a round broke off")

    def _begin(self) -> int:
        """Start requests for what is due until there is no more of it or no more room; return how many."""
        begun = 0
        for is_urgent in (True, False):
            while claims := self._claim(is_urgent):
                for claim in claims:
                    self._running[claim.delivery] = claim
                    self._in_a_thread(lambda claim=claim: self._sent(claim))  # type: ignore[misc]
                begun += len(claims)
        return begun

    def _claim(self, is_urgent: bool) -> list[Claim]:
        """Take what fits. Webhooks that are at their bound are not looked at: their queues may be long."""
        room, running = self._room, self._running.values()
        of_one = room.urgent_of_one if is_urgent else room.of_one
        beside = Counter(claim.endpoint for claim in running if claim.is_urgent == is_urgent)
        free = room.total - len(running)
        if not is_urgent:
            free = min(free, room.ordinary - beside.total())
        failing = room.failing - sum(claim.endpoint in self._failing for claim in running)
        without = {endpoint for endpoint, count in beside.items() if count >= of_one}
        if failing <= 0:
            without |= self._failing
        if free <= 0:
            return []

        def fits(row: Delivery) -> bool:
            nonlocal free, failing
            is_failing = row.endpoint_id in self._failing
            if free <= 0 or beside[row.endpoint_id] >= of_one or (is_failing and failing <= 0):
                return False
            beside[row.endpoint_id] += 1
            free -= 1
            failing -= is_failing
            return True

        return sending.claim(
            fits, at=timezone.now(), pace=self._pace, is_urgent=is_urgent, without=without, running=self._running
        )

    def _sent(self, claim: Claim) -> Callable[[], None]:
        """Make the request, in a thread of its own, and return what is to be done with what came of it."""
        try:
            result: Result = claim.send(self._pace)
        except Exception:
            log.exception("webhooks: a request could not be made")
            result = Unanswered("not-http", "The request could not be made.")
        return lambda: self._record(claim, result)

    def _record(self, claim: Claim, result: Result) -> None:
        self._running.pop(claim.delivery, None)
        if isinstance(result, Answer) and result.is_success:
            self._failing.discard(claim.endpoint)
        else:
            self._failing.add(claim.endpoint)
        sending.record(claim, result, at=timezone.now(), pace=self._pace)

    def _keep_house(self) -> None:
        now = time.monotonic()
        if now >= self._next_purge:
            self._next_purge = now + _PURGED_EVERY
            purging.purge(at=timezone.now())
        if now >= self._next_letters:
            self._next_letters = now + _TOLD_EVERY
            for word in pauses.untold():
                if word.endpoint not in self._letters:
                    self._letters.add(word.endpoint)
                    self._in_a_thread(lambda word=word: self._told(word))  # type: ignore[misc]

    def _told(self, word: pauses.Word) -> Callable[[], None]:
        """Send the letters, in a thread of its own, and return what is to be done then."""
        try:
            was_sent = word.send()
        except Exception:
            log.exception("webhooks: a letter could not be made")
            was_sent = False

        def write_down() -> None:
            self._letters.discard(word.endpoint)
            if was_sent:
                pauses.told(word, at=timezone.now())

        return write_down

    def _in_a_thread(self, act: Callable[[], Callable[[], None]]) -> None:
        """A thread for each: it ends by itself, within the bounds of a request, and holds up no end of the program."""
        threading.Thread(target=lambda: self._done.put(act()), daemon=True, name="webhooks: request").start()

    def _finish(self, seconds: float) -> None:
        """Wait until something has come back, no longer than so many seconds, and write down all that has."""
        try:
            act = self._done.get(timeout=seconds)
            while True:
                self._guarded(act)
                act = self._done.get_nowait()
        except Empty:
            return
