"""Lines of the snapshot are made before anybody asks, by one process of each machine and little by little.

So the first snapshot of a process costs no more than any other: after a restart the lines are there, and some minutes
after a release they are there again. The same thread drops once a minute what has moved on the shelf.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from django.db import connections

from articles.answers.kept_lines import KeptLines
from articles.answers.lines_file import LinesFile
from articles.api.v1.views import snapshot
from articles.editions.followed import Place
from cramps_site import warming
from cramps_site.at_work import AT_WORK

log = logging.getLogger(__name__)

# Seconds: how often it is looked what has moved, how often lines that are missing are made, and when the first are.
EVERY = 60.0
FILLED_EVERY = 300.0
BEGINS_AFTER = 20.0
# Of each second at most this part goes into making, and none while a reader waits for Django, but for this long.
SHARE = 0.25
PATIENCE = 2.0
_SOON = 0.05


def start() -> Event:
    """Begin to look after the lines in this process; return what stops it, the process need not.

    Where none are kept, those that were kept before are removed.
    """
    kept = snapshot.kept
    stopped = Event()
    # What code this process has is asked while it starts: later the files may be those of the next release.
    target = look_after if kept.file else remove
    Thread(target=target, args=[kept, stopped], name="lines of the snapshot", daemon=True).start()
    return stopped


def look_after(kept: KeptLines, stopped: Event) -> None:
    """Look after the lines until stopped; nothing that happens ends it."""
    file = kept.file
    if file is None:
        return
    trouble = ""
    while not stopped.is_set():
        try:
            with file.in_use():
                while not stopped.is_set():
                    with file.alone() as is_ours:
                        if is_ours:
                            _Keeper(kept, file, stopped).run()
                    kept.let_go()
                    stopped.wait(EVERY)
        except OSError as fault:
            # There is no place for them: lines are made as they are asked for.
            if trouble != (trouble := type(fault).__name__):
                log.warning("lines of the snapshot are not kept: %s", trouble)
            stopped.wait(EVERY)


def remove(kept: KeptLines, stopped: Event) -> None:
    """Remove the lines that nobody uses, until stopped: nobody else would remove what is erased."""
    while not stopped.is_set():
        with suppress(OSError):
            kept.sweep()
        stopped.wait(EVERY)


class _Keeper:
    """The one who looks after the lines of this machine."""

    def __init__(self, kept: KeptLines, file: LinesFile, stopped: Event) -> None:
        self._kept, self._file, self._stopped = kept, file, stopped
        self._filled_at: Place | None = None
        self._fills_next = time.monotonic() + BEGINS_AFTER
        self._spent = 0.0

    def run(self) -> None:
        """Follow and fill until stopped. Raises OSError where the files are gone with their directory."""
        while not self._stopped.is_set():
            try:
                with AT_WORK.asking(is_looking=True):
                    self._look()
            except OSError:
                raise
            except Exception as fault:
                # Mostly the database is away, of which others speak. The message may hold addresses of it.
                log.info("lines of the snapshot were not looked after: %s", type(fault).__name__)
            finally:
                # Nobody holds a connection for what is done once a minute.
                connections.close_all()
                self._kept.let_go()
            self._stopped.wait(max(0.0, min(EVERY, self._fills_next - time.monotonic())) or EVERY)

    def _look(self) -> None:
        self._kept.sweep()
        place = self._kept.follow()
        if place is None or time.monotonic() < self._fills_next:
            return
        self._fills_next = time.monotonic() + FILLED_EVERY
        if place != self._filled_at:
            self._spent = time.thread_time()
            if snapshot.fill(self._goes_on):
                self._filled_at = place

    def _goes_on(self) -> bool:
        """Rest after a handful of lines, and wait until no reader waits; return whether to make more."""
        spent = time.thread_time() - self._spent
        self._stopped.wait(spent * (1 / SHARE - 1))
        _wait(lambda: self._stopped.is_set() or not warming.is_busy())
        self._spent = time.thread_time()
        return not self._stopped.is_set()


def _wait(is_over: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_over() and time.monotonic() < end:
        time.sleep(_SOON)
