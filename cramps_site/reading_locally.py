"""Readers are answered from the local copy of the shelf, where one is kept; everybody else by the shared database.

While that is away, what needs it is refused at once and not kept waiting, so that all threads are free for readers.
"""

import re
import time
from collections.abc import Callable
from threading import Event, Thread

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from articles.editions import mirroring, shared_database
from articles.editions.mirror_place import current, is_on, reading
from cramps_site import errors
from cramps_site.at_work import AT_WORK, look_after
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
# What changes nothing, and so may be broken off.
_SAFE = ("GET", "HEAD", "OPTIONS")
# Answers to questions about somebody's health come by POST, and nothing is written down of them.
_ASKED = re.compile(r"/(ru|en)/triage/|/api/v1/triage/protocols/[^/]+/decide/")


class ReadsLocally:
    """Chooses for each request where the shelf is read; does nothing where no local copy is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_on() or _ASIDE.match(request.path_info):
            return self._get_response(request)
        is_safe = request.method in _SAFE
        if is_for_readers(request):
            # A key that is shown is looked up in the shared database.
            file = current()
            with (
                AT_WORK.asking(takes_place="HTTP_AUTHORIZATION" in request.META, is_safe=is_safe),
                reading() as is_here,
            ):
                if is_here:
                    response = self._get_response(request)
                    # Of a copy that this answer has found to be damaged nothing is said: the database says it.
                    if response.status_code < 500 or not is_safe or current() == file:
                        return response
        if request.path_info != _READY and (shared_database.is_away() or AT_WORK.is_crowded()):
            return errors.unavailable(request)
        with AT_WORK.asking(takes_place=True, is_safe=is_safe):
            response = self._get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = AT_WORK.through(response.streaming_content)
        return response


def is_for_readers(request: HttpRequest) -> bool:
    """Return whether the answer is made from the shelf alone."""
    if request.method in _SAFE:
        return not (_SHARED.match(request.path_info) or request.path_info == _READY)
    return request.method == "POST" and _ASKED.match(request.path_info) is not None


def follow(stopped: Event) -> None:
    """Keep the local copy in step until stopped, and carry out what has fallen due; for a thread of its own."""
    then = WATCHER.look if settings.SETTLE_ON_REQUESTS else lambda: None
    with AT_WORK.asking(is_looking=True):
        mirroring.serve(stopped, then)


def let_go(stopped: Event) -> None:
    """Keep nobody waiting for a database that has fallen silent; for a thread of its own.

    Where the process itself has stood still, as one that is paused does, the database has said nothing to it either:
    nobody is broken off for that, and least of all an editor.
    """
    looked_at = time.monotonic()
    while not stopped.wait(0.25):
        if time.monotonic() - looked_at > shared_database.HUSH:
            shared_database.stood_still()
        look_after(AT_WORK)
        looked_at = time.monotonic()


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
