"""Whoever sends something slowly keeps nobody waiting who reads.

The server reads a body while the application asks for it, for as long as the sender likes, and one of the few threads
that answer waits meanwhile. Only some of them may wait for bodies at once: the others go on answering. Whoever sends a
body while all those places are taken is told to come back.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.core.handlers.wsgi import WSGIRequest

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
T = TypeVar("T")


class NoPlaceError(OSError):
    """Raised where a body is asked for while too many are waited for."""


class SomeWaitForBodies:
    """The application, of whose threads at most `waiting` wait for bodies at once."""

    def __init__(self, application: Application, *, waiting: int) -> None:
        self._application = application
        self.waiting = waiting
        self._places = threading.BoundedSemaphore(waiting)

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        body = _Body(environ["wsgi.input"], self._places)
        begun: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

        def begin(*given: Any, **named: Any) -> None:
            begun.append((given, named))

        answer = self._application(environ | {"wsgi.input": body}, begin)
        if body.found_no_place:
            # What the application made of a body that it could not read is not what has happened.
            if hasattr(answer, "close"):
                answer.close()
            return _come_back(environ, start_response)
        given, named = begun[-1]
        start_response(*given, **named)
        return answer


class _Body:
    def __init__(self, source: Any, places: threading.BoundedSemaphore) -> None:
        self._source, self._places = source, places
        self.found_no_place = False

    def read(self, *size: int) -> bytes:
        """Return the next bytes; raise NoPlaceError where too many wait already."""
        return self._in_a_place(lambda: self._source.read(*size))

    def readline(self, *size: int) -> bytes:
        """Return the next line, as `read` does."""
        return self._in_a_place(lambda: self._source.readline(*size))

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _in_a_place(self, read: Callable[[], T]) -> T:
        if not self._places.acquire(blocking=False):
            self.found_no_place = True
            raise NoPlaceError("too many bodies are waited for")
        try:
            return read()
        finally:
            self._places.release()


def _come_back(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    from cramps_site import errors  # there are no models yet while the server imports this module

    response = errors.unavailable(WSGIRequest(environ))
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]
