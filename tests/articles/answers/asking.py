"""A site with finished answers in front of it, asked as a server asks it; its follower looks when it is asked."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from articles.answers.following import Follower
from articles.answers.key_table import KeyTable
from articles.answers.store import Store
from articles.answers.warm import Application, Warm

Shown = tuple[int, list[tuple[str, str]], bytes]


class Stepping(Follower):
    """Looks before each answer, in the thread and on the connection of the test; no thread of its own begins."""

    is_looking = True

    def start(self) -> None:
        pass

    def is_fresh(self) -> bool:
        if self.is_looking:
            # A connection is not told of what it wrote itself.
            self._version = None
            self.look()
        return True


@dataclass
class Site:
    """`made` is what Django was asked for."""

    limit: int = 8 * 1024 * 1024
    has_fallen_due: Callable[[], bool] = lambda: False
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.django: Application = get_wsgi_application()
        self.store = Store(self.limit)
        self.follower = Stepping(self.store, KeyTable())
        self.warm = Warm(self._counted, self.store, self.follower, has_fallen_due=self.has_fallen_due)

    def _counted(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.made.append(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Shown:
        """Return status, headers in order of their names, and the body."""
        return shown(self.warm, path, method=method, **headers)

    def ask_django(self, path: str, *, method: str = "GET", **headers: str) -> Shown:
        """Return what Django itself says."""
        return shown(self.django, path, method=method, **headers)

    def is_warm(self, path: str, **headers: str) -> bool:
        """Return whether this is answered without Django."""
        before = len(self.made)
        self.ask(path, **headers)
        return len(self.made) == before


def shown(application: Application, path: str, *, method: str = "GET", **headers: str) -> Shown:
    """Return what an application answers, as a server would send it."""
    given = {"HTTP_" + name.upper(): value for name, value in headers.items()}
    request = RequestFactory().generic(method, path, **{"HTTP_HOST": "testserver", **given})  # type: ignore[arg-type]
    environ = {**request.environ, "wsgi.input": BytesIO()}
    environ.pop("HTTP_COOKIE", None)
    begun: list[Any] = []
    with _connections_kept():
        answer = application(environ, lambda status, headers, *more: begun.append((status, headers)))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    status, told = begun[-1]
    return int(status[:3]), sorted(told), body


@contextmanager
def _connections_kept() -> Iterator[None]:
    """A request that begins or ends closes connections, and the test's own must stay."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
