"""`run_jobs`: the worker that carries out what has fallen due, brings search and lists up to what was changed, and
sends webhooks and mails."""

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from articles.editions import mirroring
from articles.editorial.presence import purge_presence
from articles.editorial.scratch import purge_scratch
from articles.partners import mailing
from articles.partners.rounds import Seldom
from articles.partners.worker import Worker
from articles.publishing import desk_letters, gap_letters, gist_following, translation_queue
from articles.publishing.heartbeat import beat
from articles.publishing.review_letters import herald
from articles.publishing.settle import settle
from articles.search.following import follow

log = logging.getLogger(__name__)

# Lines of the journal that search follows before the worker looks again for what is due.
FOLLOWED = 100
# What is being sent when the worker is stopped has this many seconds to come to its end.
ENDING = 8.0

TIDIED_EVERY = 3600.0


class Command(BaseCommand):
    help = "Carry out what has fallen due, every second, until stopped."
    _tidying: Seldom

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="carry out what is due now, and end")
        parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            self.stdout.write(f"{settle(timezone.now())} carried out.")
            follow()
            gist_following.follow()
            beat(timezone.now())
            if sent := Worker().once():
                self.stdout.write(f"{sent} messages sent to webhooks.")
            if told := gap_letters.tell():
                self.stdout.write(f"{told} letters about safety gaps sent.")
            if mailed := mailing.tell():
                self.stdout.write(f"{mailed} mails about urgent lines sent.")
            herald(timezone.now())
            if written := desk_letters.tell():
                self.stdout.write(f"{written} mails to the desk sent.")
            tidy(timezone.now())
            return
        stopped, self._tidying = Event(), Seldom(TIDIED_EVERY)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        with (
            beside(stopped, Worker().serve, "webhooks"),
            beside(stopped, mailing.serve, "mails"),
            beside(stopped, partial(desk_letters.serve, herald=herald), "mails to the desk"),
            beside(stopped, gap_letters.serve, "letters about safety gaps"),
            beside(stopped, translation_queue.serve, "queue of translations"),
            beside(stopped, mirroring.serve, "local copy of the shelf"),
        ):
            while not stopped.is_set():
                self._settle()
                self._follow(stopped)
                self._make_gists(stopped)
                self._tidy()
                stopped.wait(every)

    def _settle(self) -> None:
        """A database that is away for a moment is no reason to end: what is due is still due when it is back."""
        close_old_connections()
        try:
            settle(timezone.now())
            beat(timezone.now())
        except DatabaseError:
            log.exception("what is due could not be read")

    def _tidy(self) -> None:
        """Now and then: what nobody came back to may lie an hour longer."""
        if not self._tidying.is_time():
            return
        try:
            tidy(timezone.now())
        except DatabaseError:
            log.exception("what nobody came back to could not be thrown away")

    def _follow(self, stopped: Event) -> None:
        """Search that is behind is no reason to end, nor to keep what falls due waiting: it follows bit by bit."""
        try:
            while not stopped.is_set() and follow(most=FOLLOWED) == FOLLOWED:
                self._settle()
        except Exception:
            log.exception("search could not follow the journal")

    def _make_gists(self, stopped: Event) -> None:
        """Lists that are behind are no reason to end either, nor to keep what falls due waiting."""
        try:
            while not stopped.is_set() and gist_following.follow(most=gist_following.BATCH):
                self._settle()
        except Exception:
            log.exception("what lists show could not be made anew")


def tidy(at: datetime) -> None:
    """Throw away unsaved work that nobody came back to, and who had which form open."""
    purge_scratch(at=at)
    purge_presence(at=at)


@contextmanager
def beside(stopped: Event, serve: Callable[[Event], None], name: str) -> Iterator[None]:
    """Serve in a thread with connections of its own: a receiver or a server of mail that is slow keeps nothing else
    waiting."""
    sending = Thread(target=serve, args=[stopped], name=name, daemon=True)
    sending.start()
    try:
        yield
    finally:
        stopped.set()
        sending.join(ENDING)
