"""What comes in over a line, byte for byte, to the site as `make run` serves it: nothing of it breaks us."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.patience import PATIENCE
from tests.services.running import FirstRun, Run, running_on_a_copy

LIST = b"/api/v1/articles/?lang=en"
DECIDE = b"/api/v1/triage/protocols/leg-cramp-triage/decide/"
HOST = b"Host: 127.0.0.1\r\n"
CLOSE = HOST + b"Connection: close\r\n"
JSON = b"Content-Type: application/json\r\n"
LARGE = 10_000_000


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def is_problem(self) -> bool:
        return b"content-type: application/problem+json" in self.head.lower()


@pytest.fixture(scope="module")
def real(filled: FirstRun, tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Run]:
    place = tmp_path_factory.mktemp("bad") / "site.sqlite3"
    with running_on_a_copy(filled, place, repository) as run:
        yield run


def send(run: Run, request: bytes, *, then_gone: bool = False) -> Answer:
    """Send bytes and return the first answer. A server that has heard enough may stop to listen."""
    with socket.create_connection(("127.0.0.1", run.port), timeout=PATIENCE) as line:
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(request)
            if then_gone:
                line.shutdown(socket.SHUT_WR)
        said = b""
        with suppress(ConnectionResetError):
            while part := line.recv(65536):
                said += part
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1."), said[:200]
    return Answer(int(head.split()[1]), head, body)


def of_list(*headers: bytes, method: bytes = b"GET", version: bytes = b"1.1", target: bytes = LIST) -> bytes:
    return b"%s %s HTTP/%s\r\n%s%s\r\n" % (method, target, version, CLOSE, b"".join(line + b"\r\n" for line in headers))


ANSWERED = {
    "HTTP/1.0 with a host": of_list(version=b"1.0"),
    "an absolute address": of_list(target=b"http://elsewhere.invalid" + LIST),
    "a range of bytes": of_list(b"Range: bytes=0-1,5-99999999999999999999"),
    "300 KB of tags": of_list(b"If-None-Match: " + b'"a",' * 75_000),
    "90 headers": of_list(*(b"X-%d: 1" % number for number in range(90))),
    "a body with a GET, ten megabytes of it": of_list(b"Content-Length: %d" % LARGE) + b"x" * LARGE,
    "an upgrade that there is not": of_list(b"Upgrade: websocket", b"Sec-WebSocket-Version: 13"),
    "accepting nothing": of_list(b"Accept: application/x-none;q=0", b"Accept-Encoding: identity;q=0, *;q=0"),
    "a language of letters and bytes": of_list(b"Accept-Language: \xff\xfe, ru;q=nan, *;q=-1, \x80" + b"en," * 5_000),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_what_is_odd_but_clear_is_answered(real: Run, name: str) -> None:
    answer = send(real, ANSWERED[name])
    assert answer.status == 200, answer.head
    assert b"application/json" in answer.head


REFUSED = {
    "HTTP/1.0 without a host": (400, b"GET " + LIST + b" HTTP/1.0\r\n\r\n"),
    "no host": (400, b"GET " + LIST + b" HTTP/1.1\r\nConnection: close\r\n\r\n"),
    "a host of somebody else": (400, b"GET " + LIST + b" HTTP/1.1\r\nHost: evil.invalid\r\nConnection: close\r\n\r\n"),
    "a host that is none": (400, b"GET " + LIST + b' HTTP/1.1\r\nHost: a b<>"\r\nConnection: close\r\n\r\n'),
    "a host of bytes": (400, b"GET " + LIST + b" HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n"),
    "two hosts": (400, b"GET " + LIST + b" HTTP/1.1\r\n" + CLOSE + b"Host: evil.invalid\r\n\r\n"),
    "TRACE": (405, of_list(method=b"TRACE")),
    "CONNECT": (405, of_list(method=b"CONNECT")),
    "a method that there is not": (405, of_list(method=b"BREW")),
    "a method under another one": (405, of_list(b"X-HTTP-Method-Override: GET", b"Content-Length: 0", method=b"POST")),
    "ten megabytes to what cannot be written": (
        405, of_list(b"Content-Length: %d" % LARGE, method=b"PUT") + b"x" * LARGE
    ),
    "ten megabytes of answers": (
        413,
        of_list(b"Content-Type: application/json", b"Content-Length: %d" % LARGE, method=b"POST", target=DECIDE)
        + b"x" * LARGE,
    ),
    "answers in pieces": (
        400,
        of_list(JSON.strip(), b"Transfer-Encoding: chunked", method=b"POST", target=DECIDE)
        + b'1e\r\n{"language":"en","answers":{}}\r\n0\r\n\r\n',
    ),
    "pieces that are none": (
        400, of_list(JSON.strip(), b"Transfer-Encoding: chunked", method=b"POST", target=DECIDE) + b"zz\r\n"
    ),
    "overlong letters": (404, of_list(target=b"/api/v1/%C0%AF%C0%AE/?lang=%C0%AF")),
    "a way up": (404, of_list(target=b"/api/v1/../../etc/passwd")),
    "half a letter": (404, of_list(target=b"/api/v1/%/?lang=%")),
    "letters as they are": (404, of_list(target="/api/v1/статьи/".encode())),
    "sixty thousand letters": (404, of_list(target=b"/api/v1/" + b"a" * 60_000 + b"/")),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_refused_with_a_problem_document(real: Run, name: str) -> None:
    status, request = REFUSED[name]
    answer = send(real, request)
    assert answer.status == status, answer.head
    if b"transfer-encoding: chunked" not in answer.head.lower():
        assert json.loads(answer.body)["fix"]
    assert answer.is_problem
    assert b"Traceback" not in answer.body


# What is no HTTP never reaches the application: the server refuses it, without a body.
NO_HTTP = {
    "NUL in the address": (400, of_list(target=b"/api/v1/art\x00icles/")),
    "a space in the address": (400, of_list(target=b"/api/v1/a b/")),
    "bytes in the address": (400, of_list(target=b"/api/v1/\xff\xfe/")),
    "NUL in a header": (400, of_list(b"Accept: a\x00b")),
    "a folded header": (400, of_list(b"Accept: a", b" b")),
    "no version": (400, b"GET " + LIST + b"\r\n\r\n"),
    "a version that there is not": (400, of_list(version=b"9.9")),
    "another protocol": (400, b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + b"x" * 100 + b"\r\n\r\n"),
    "a length below nothing": (400, of_list(b"Content-Length: -5", method=b"POST")),
    "a length that is none": (400, of_list(b"Content-Length: abc", method=b"POST")),
    "two lengths": (400, of_list(b"Content-Length: 3", b"Content-Length: 5", method=b"POST") + b"abcde"),
    "a length beyond all": (400, of_list(b"Content-Length: 99999999999999999999", method=b"POST", target=DECIDE)),
    "an address of 70,000 letters": (414, of_list(target=b"/api/v1/" + b"a" * 70_000 + b"/")),
    "a megabyte of tags": (431, of_list(b"If-None-Match: " + b'"a",' * 250_000)),
    "500 headers": (431, of_list(*(b"X-%d: 1" % number for number in range(500)))),
}


@pytest.mark.parametrize("name", NO_HTTP)
def test_what_is_no_http_is_refused_by_the_server(real: Run, name: str) -> None:
    status, request = NO_HTTP[name]
    assert send(real, request).status == status


def test_a_body_that_ends_before_its_length_is_not_taken_for_a_whole_one(real: Run) -> None:
    request = of_list(JSON.strip(), b"Content-Length: 500", method=b"POST", target=DECIDE)
    answer = send(real, request + b'{"language": "en", "answers": {}}', then_gone=True)
    assert (answer.status, answer.is_problem) == (400, True)
    assert b"/problems/malformed-request/" in answer.body


def test_who_sends_slowly_keeps_nobody_waiting(real: Run) -> None:
    """More of them than there are threads: heads that do not end, and bodies of which a byte has come."""
    half_a_head = b"GET " + LIST + b" HTTP/1.1\r\nHost: 127"
    half_a_body = b"POST " + DECIDE + b" HTTP/1.1\r\n" + HOST + JSON + b"Content-Length: 1000\r\n\r\n{"
    with ExitStack() as stack:
        lines = [
            stack.enter_context(socket.create_connection(("127.0.0.1", real.port), timeout=PATIENCE)) for _ in range(80)
        ]
        for number, line in enumerate(lines):
            line.sendall(half_a_body if number % 2 else half_a_head)
        for _ in range(4):
            assert send(real, of_list()).status == 200
            for line in lines:
                # A byte more. Those who were told to come back may have no connection any more.
                with suppress(BrokenPipeError, ConnectionResetError):
                    line.sendall(b" ")
    assert send(real, of_list()).status == 200


def test_after_all_this_the_site_stands_and_has_had_no_fault(real: Run) -> None:
    assert real.get("/health/ready") == 200
    assert b"Internal Server Error" not in real.log.read_bytes()
