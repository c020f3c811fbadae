"""Whoever sends something slowly keeps nobody waiting who reads.

The server reads a body while the application asks for it, for as long as the sender likes, and one of the few threads
that answer waits meanwhile. Only some of them may wait for bodies at once: the others go on answering. Whoever sends a
body while all those places are taken stands in a short line for a moment, since most bodies are there already and read
in no time; then, or where the line is full, he is told to come back.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.handlers.wsgi import WSGIRequest

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
T = TypeVar("T")

# Seconds in the line. A body that is there takes a small part of that, also where much is going on.
_MOMENT = 2.0


class NoPlaceError(OSError):
    """Raised where a body is asked for while too many are waited for."""


class SomeWaitForBodies:
    """The application, of whose threads at most `waiting` wait for bodies at once, and `in_line` for a place.

    They stand in the line for a `moment` at most, in seconds.
    """

    def __init__(self, application: Application, *, waiting: int, in_line: int, moment: float = _MOMENT) -> None:
        self._application = application
        self._places = _Places(waiting, in_line, moment)

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


class _Places:
    def __init__(self, waiting: int, in_line: int, moment: float) -> None:
        self._free, self._line = threading.BoundedSemaphore(waiting), threading.BoundedSemaphore(in_line)
        self._moment = moment

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Within the block somebody has a place; yields whether there was one."""
        if not self._free.acquire(blocking=False) and not self._has_come_up():
            yield False
            return
        try:
            yield True
        finally:
            self._free.release()

    def _has_come_up(self) -> bool:
        if not self._line.acquire(blocking=False):
            return False
        try:
            return self._free.acquire(timeout=self._moment)
        finally:
            self._line.release()


class _Body:
    def __init__(self, source: Any, places: _Places) -> None:
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
        with self._places.taken() as is_taken:
            if not is_taken:
                self.found_no_place = True
                raise NoPlaceError("too many bodies are waited for")
            return read()


def _come_back(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    from cramps_site import errors  # there are no models yet while the server imports this module

    response = errors.unavailable(WSGIRequest(environ))
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]
