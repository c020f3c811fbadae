"""`run_jobs`: the worker that carries out what has fallen due."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from articles.publishing.settle import settle

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Carry out what has fallen due, every second, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="carry out what is due now, and end")
        parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            self.stdout.write(f"{settle(timezone.now())} carried out.")
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            self._settle()
            stopped.wait(every)

    def _settle(self) -> None:
        """A database that is away for a moment is no reason to end: what is due is still due when it is back."""
        close_old_connections()
        try:
            settle(timezone.now())
        except DatabaseError:
            log.exception("what is due could not be read")
