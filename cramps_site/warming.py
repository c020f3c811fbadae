"""Finished answers, put together: what keeps them, what follows the shelf for them, and who asks for both."""

import logging
import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from articles.answers.ahead import Ahead
from articles.answers.following import Follower
from articles.answers.key_table import KeyTable
from articles.answers.store import Store
from articles.answers.warm import Application, Warm
from articles.editions import mirroring
from cramps_site import memory
from cramps_site.at_work import AT_WORK
from cramps_site.settling import WATCHER

log = logging.getLogger(__name__)

DESK = "/admin/"

# Every so many seconds a line of the log says how many answers were given from finished bytes.
_TOLD_EVERY = 300.0
# For how long an editor waits until this process has seen what was done; it is mostly a few thousandths of a second.
_PATIENCE = 2.0

# The one of this process, once something is served by it (cramps_site/wsgi.py); tests begin their own.
_current: list[Follower] = []
_ahead: list[Ahead] = []


def warmed(application: Application) -> Application:
    """Return the application with finished answers in front of it; as it is where `WARM_BYTES` is 0."""
    if not settings.WARM_BYTES:
        return application
    store = Store(settings.WARM_BYTES)
    figures = _Figures()
    chores: list[Callable[[], object]] = [figures.tell, memory.now_and_then()]
    if settings.SETTLE_ON_REQUESTS:
        chores.append(WATCHER.note_next)
    ahead = Ahead(settings.WARM_AHEAD)
    follower = Follower(
        store,
        KeyTable(),
        waiting=settings.WARM_WAITING,
        also=chores,
        copied=mirroring.keep_up,
        stands_at=mirroring.stands_at,
        waiting_for=partial(AT_WORK.asking, is_looking=True),
        told=ahead.note,
    )
    due = _now_and_then(WATCHER.has_fallen_due) if settings.SETTLE_ON_REQUESTS else _never
    warm = figures.of = Warm(application, store, follower, has_fallen_due=due, ahead=ahead)
    _current[:], _ahead[:] = [follower], [ahead]
    return warm


def adrift() -> float | None:
    """Return for how many seconds this process has not seen the shelf, where that is too long; else None."""
    return _current[0].adrift() if _current else None


def is_busy() -> bool:
    """Return whether a reader waits for Django in this process."""
    return any(ahead.is_held_up for ahead in _ahead)


class CatchesUp:
    """Whoever does something at the desk is answered when this process has seen it: the page shows it at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if request.method == "POST" and request.path_info.startswith(DESK):
            for follower in _current:
                follower.sees_by_then(_PATIENCE)
        return response


class _Figures:
    """Tells the log now and then what was answered, by kind and status: no line of it is about one reader."""

    of: Warm

    def __init__(self) -> None:
        self._told_at = time.monotonic()

    def tell(self) -> None:
        now = time.monotonic()
        if now - self._told_at < _TOLD_EVERY:
            return
        passed, self._told_at = now - self._told_at, now
        if figures := self.of.figures():
            said = ", ".join(f"{kind} {status}: {count}" for (kind, status), count in sorted(figures.items()))
            log.info("answers from finished bytes in %d s: %s", passed, said)


def _now_and_then(ask: Callable[[], bool]) -> Callable[[], bool]:
    """Ask twenty times a second and not with each of thousands of requests; in between it is no."""
    ask_again = 0.0

    def asked() -> bool:
        nonlocal ask_again
        now = time.monotonic()
        if now < ask_again:
            return False
        ask_again = now + 0.05
        return ask()

    return asked


def _never() -> bool:
    return False
