"""Slow senders take some of the threads, never all."""

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest

from articles.answers.problems import RETRY_AFTER
from cramps_site.bodies import Application, SomeWaitForBodies
from tests.services.patience import PATIENCE

DECIDE = "/api/v1/triage/protocols/leg-cramp-triage/decide/"


class Slow(BytesIO):
    """A body whose first byte comes when the test says so."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.is_waited_for, self.may_come = threading.Event(), threading.Event()

    def read(self, *size: Any) -> bytes:
        self.is_waited_for.set()
        assert self.may_come.wait(PATIENCE)
        return super().read(*size)


def reads(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """An application that answers with what it was sent, and calls a body that it cannot read a fault of its own."""
    try:
        content = environ["wsgi.input"].read()
    except OSError:
        start_response("500 Internal Server Error", [])
        return [b"a fault"]
    start_response("200 OK", [("X-Own", "1")])
    return [content]


def ask(application: Application, body: BytesIO, path: str = "/ru/") -> tuple[str, dict[str, str], bytes]:
    begun: list[Any] = []
    environ = {"wsgi.input": body, "REQUEST_METHOD": "POST", "PATH_INFO": path, "SCRIPT_NAME": ""}
    answer = b"".join(application(environ, lambda status, head, *rest: begun.append((status, dict(head)))))
    [(status, head)] = begun
    return status, head, answer


@pytest.mark.parametrize(("path", "type"), [("/ru/", "text/html; charset=utf-8"), (DECIDE, "application/problem+json")])
def test_one_more_than_may_wait_is_told_to_come_back_in_its_own_form(path: str, type: str) -> None:
    application = SomeWaitForBodies(reads, waiting=1, in_line=0)
    slow, answers = Slow(b"late"), []
    other = threading.Thread(target=lambda: answers.append(ask(application, slow)))
    other.start()
    assert slow.is_waited_for.wait(PATIENCE)

    status, head, answer = ask(application, BytesIO(b"at once"), path)

    assert status.startswith("503 ")
    assert (head["Content-Type"], head["Retry-After"]) == (type, RETRY_AFTER)
    assert b"a fault" not in answer
    slow.may_come.set()
    other.join()
    assert answers == [("200 OK", {"X-Own": "1"}, b"late")]
    assert ask(application, BytesIO(b"then"))[2] == b"then"


def test_who_comes_while_the_places_are_taken_for_a_moment_stands_in_line() -> None:
    application = SomeWaitForBodies(reads, waiting=1, in_line=1, moment=PATIENCE)
    first, second = Slow(b"first"), Slow(b"second")
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda one=one: answers.append(ask(application, one)[2])) for one in (first, second)
    ]
    for thread in threads:
        thread.start()
    assert first.is_waited_for.wait(PATIENCE) or second.is_waited_for.wait(PATIENCE)

    first.may_come.set()
    second.may_come.set()
    for thread in threads:
        thread.join(PATIENCE)

    assert sorted(answers) == [b"first", b"second"]


def test_the_line_is_short_and_nobody_stands_in_it_for_long() -> None:
    application = SomeWaitForBodies(reads, waiting=1, in_line=1, moment=0.2)
    slow = Slow(b"late")
    other = threading.Thread(target=lambda: ask(application, slow))
    other.start()
    assert slow.is_waited_for.wait(PATIENCE)
    statuses: list[str] = []

    crowd = [threading.Thread(target=lambda: statuses.append(ask(application, BytesIO(b"x"))[0])) for _ in range(5)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join(PATIENCE)

    # While the slow one is still waited for.
    assert [status[:3] for status in statuses] == ["503"] * 5
    slow.may_come.set()
    other.join(PATIENCE)
    assert ask(application, BytesIO(b"then"))[2] == b"then"


def test_whoever_sends_nothing_needs_no_place() -> None:
    def pays_no_heed(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [b"a page"]

    assert ask(SomeWaitForBodies(pays_no_heed, waiting=1, in_line=0), BytesIO(b""))[2] == b"a page"


def test_a_sender_that_breaks_off_gives_its_place_back() -> None:
    class Gone(BytesIO):
        def read(self, *size: Any) -> bytes:
            raise ConnectionResetError

    application = SomeWaitForBodies(reads, waiting=1, in_line=0)
    for _ in range(3):
        assert ask(application, Gone())[0] == "500 Internal Server Error"
    assert ask(application, BytesIO(b"next"))[2] == b"next"


def test_lines_are_read_as_they_are() -> None:
    def by_lines(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [str([environ["wsgi.input"].readline(2), *environ["wsgi.input"]]).encode()]

    answer = ask(SomeWaitForBodies(by_lines, waiting=1, in_line=0), BytesIO(b"one\ntwo\n"))[2]
    assert answer == str([b"on", b"e\n", b"two\n"]).encode()
