"""Readers are answered from the local copy of the shelf, where one is kept; everybody else by the shared database.

While that is away, what needs it is refused at once and not kept waiting, so that all threads are free for readers.
"""

import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from articles.editions import mirroring, shared_database
from articles.editions.mirror_place import is_on, reading
from cramps_site import errors
from cramps_site.settling import WATCHER

# What asks nobody: files, and whether the process is there.
_ASIDE = re.compile(r"/(static|media|health/live)")
# Says itself what is away.
_READY = "/health/ready"
# What only the shared database can say: the desk; the journal, what was made of it and the state of copies, by which
# partners act; what is found; what is a partner's own.
_SHARED = re.compile(
    r"/admin/|/api/v1/(changes|snapshot|verify|search|acknowledgements|usage|webhooks)/|/(ru|en)/(search|verify)/"
)
# Answers to questions about somebody's health come by POST, and nothing is written down of them.
_ASKED = re.compile(r"/(ru|en)/triage/|/api/v1/triage/protocols/[^/]+/decide/")


class ReadsLocally:
    """Chooses for each request where the shelf is read; does nothing where no local copy is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_on() or _ASIDE.match(request.path_info):
            return self._get_response(request)
        if is_for_readers(request):
            with reading() as is_here:
                if is_here:
                    return self._get_response(request)
        if shared_database.is_away() and request.path_info != _READY:
            return errors.unavailable(request)
        with AT_WORK.asking():
            return self._get_response(request)


def is_for_readers(request: HttpRequest) -> bool:
    """Return whether the answer is made from the shelf alone."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return not (_SHARED.match(request.path_info) or request.path_info == _READY)
    return request.method == "POST" and _ASKED.match(request.path_info) is not None


class AtWork:
    """Who is asking the shared database at the moment. A machine that has stopped in the middle never answers, and says
    nothing either: whoever waits for it would keep a thread of the server for good."""

    def __init__(self) -> None:
        self._asking: dict[int, BaseDatabaseWrapper] = {}
        self._lock = Lock()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Within the block `let_go` may end what this thread waits for."""
        own = connections[DEFAULT_DB_ALIAS]
        with self._lock:
            self._asking[id(own)] = own
        try:
            yield
        finally:
            with self._lock:
                del self._asking[id(own)]

    def let_go(self) -> None:
        """End every connection that waits; each fails as if the database had hung up."""
        with self._lock:
            for own in self._asking.values():
                _hang_up(own)


AT_WORK = AtWork()


def follow(stopped: Event) -> None:
    """Keep the local copy in step until stopped, and carry out what has fallen due; for a thread of its own."""
    then = WATCHER.look if settings.SETTLE_ON_REQUESTS else lambda: None
    with AT_WORK.asking():
        mirroring.serve(stopped, then)


def let_go(stopped: Event) -> None:
    """Keep nobody waiting for a database that has fallen silent; for a thread of its own."""
    while not stopped.wait(1.0):
        if shared_database.is_away():
            AT_WORK.let_go()


def _hang_up(wrapper: BaseDatabaseWrapper) -> None:
    """Close the way to the server and leave the connection to its own thread. Only PostgreSQL has a way."""
    pgconn: Any = getattr(wrapper.connection, "pgconn", None)
    try:
        with socket.socket(fileno=os.dup(pgconn.socket)) as way:
            way.shutdown(socket.SHUT_RDWR)
    except Exception:
        return  # there is no way, or it has just been closed


def start() -> Event | None:
    """Begin to follow in this process, where a local copy is kept; return when it is known whether that may be read.

    Returns what stops it; the process need not.
    """
    if not is_on():
        return None
    stopped = Event()
    # Before the first request: what lies here from before is read only once it has been compared.
    shared_database.watch()
    for serve in (follow, let_go):
        Thread(target=serve, args=[stopped], name=f"local copy of the shelf: {serve.__name__}", daemon=True).start()
    # No longer than it takes to find that the database is away: no reader comes before that is clear.
    end = time.monotonic() + shared_database.SILENCE
    while not shared_database.is_known() and time.monotonic() < end:
        time.sleep(0.02)
    return stopped
