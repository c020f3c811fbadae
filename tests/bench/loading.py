"""Asking a server as fast as it answers: with wrk where it is installed, else from here.

Both keep 16 connections open. What is compared is the CPU that the server uses for a request: on a machine where the
one who asks takes as much of it as the one who answers, requests a second say less.
"""

import multiprocessing
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from tests.bench.serving import HOST, Running

CONNECTIONS = 16
_PROCESSES = 2
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


class WrongAnswerError(RuntimeError):
    """Raised when an answer has another status than was expected: its speed would say nothing."""


@dataclass(frozen=True)
class Load:
    """What came of asking: how many answers, in how many seconds, for how many seconds of the server's CPU."""

    answers: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    @property
    def milliseconds(self) -> float:
        """CPU of the server for one answer."""
        return self.cpu / self.answers * 1000


@dataclass(frozen=True)
class Asked:
    """What is asked: paths in turn, each with the same headers; `status` is that of a right answer."""

    paths: Sequence[str]
    headers: Mapping[str, str]
    status: int = 200


def ask_for(server: Running, asked: Asked, seconds: float, *, bundled: bool = False) -> Load:
    """Ask again and again for some time. Raises WrongAnswerError for an answer of another status."""
    one(server, asked, asked.paths[0])
    if bundled or not shutil.which("wrk") or len(asked.paths) > 1:
        return _from_here(server, asked, seconds, each_once=False)
    before, begun = server.cpu(), time.monotonic()
    answers = _wrk(server, asked, seconds)
    return Load(answers, time.monotonic() - begun, server.cpu() - before)


def ask_once(server: Running, asked: Asked) -> Load:
    """Ask for each path once. Raises WrongAnswerError for an answer of another status."""
    return _from_here(server, asked, 0, each_once=True)


def one(server: Running, asked: Asked, path: str) -> tuple[bytes, bytes]:
    """Ask once and return head and body. Raises WrongAnswerError for an answer of another status."""
    with socket.create_connection((HOST, server.port)) as connection:
        connection.sendall(_request(server, path, asked.headers))
        head, body = _answer(connection)
    if not _is(head, asked.status):
        raise WrongAnswerError(f"{server.name} {path}: {head[:300]!r}")
    return head, body


def _wrk(server: Running, asked: Asked, seconds: float) -> int:
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
    for name, value in asked.headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(
        [*command, f"http://{HOST}:{server.port}{asked.paths[0]}"], capture_output=True, text=True, check=True
    ).stdout
    return answers_by_wrk(said)


def answers_by_wrk(said: str) -> int:
    """Return the number of answers of which wrk tells. Raises WrongAnswerError where one of them was an error: it does
    not tell 304 from 200, which asking once has done before."""
    found = re.search(r"(\d+) requests in", said)
    if found is None or "Non-2xx or 3xx" in said:
        raise WrongAnswerError(said)
    return int(found[1])


def _from_here(server: Running, asked: Asked, seconds: float, *, each_once: bool) -> Load:
    shares = [list(asked.paths[start::_PROCESSES]) if each_once else list(asked.paths) for start in range(_PROCESSES)]
    # The server is asked, never copied: a process that is made anew holds none of the sockets of this one.
    making = multiprocessing.get_context("spawn")
    pipes = []
    for share in shares:
        here, there = making.Pipe()
        arguments = (there, server, Asked(share, asked.headers, asked.status), seconds, each_once)
        process = making.Process(target=_ask, args=arguments, daemon=True)
        process.start()
        pipes.append((here, process))
    for here, _process in pipes:
        here.recv()
    # Only now: while these processes start, the server has nothing to do.
    before, begun = server.cpu(), time.monotonic()
    for here, _process in pipes:
        here.send("go")
    found = [here.recv() for here, _process in pipes]
    seconds, cpu = time.monotonic() - begun, server.cpu() - before
    for _here, process in pipes:
        process.join()
    if wrong := [one for one in found if isinstance(one, str)]:
        raise WrongAnswerError(wrong[0])
    return Load(sum(found), seconds, cpu)


def _ask(pipe: Connection, server: Running, asked: Asked, seconds: float, each_once: bool) -> None:
    """Keep half of the connections busy: each gets its next request as soon as its answer is there."""
    requests = [_request(server, path, asked.headers) for path in asked.paths]
    several = [socket.create_connection((HOST, server.port)) for _one in range(CONNECTIONS // _PROCESSES)]
    pipe.send("ready")
    pipe.recv()
    try:
        pipe.send(_turns(several, requests, asked.status, seconds, each_once))
    except Exception as fault:
        pipe.send(f"{server.name}: {fault!r}")
    finally:
        for connection in several:
            connection.close()


def _turns(several: list[socket.socket], requests: list[bytes], status: int, seconds: float, each_once: bool) -> int:
    sent = done = 0
    end = time.monotonic() + seconds
    waiting: list[socket.socket] = []
    while True:
        for connection in several:
            if each_once and sent >= len(requests):
                break
            connection.sendall(requests[sent % len(requests)])
            waiting.append(connection)
            sent += 1
        for connection in waiting:
            head, _body = _answer(connection)
            if not _is(head, status):
                raise WrongAnswerError(f"{head[:300]!r}")
            done += 1
        waiting.clear()
        if (each_once and sent >= len(requests)) or (not each_once and time.monotonic() >= end):
            return done


def _request(server: Running, path: str, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n{lines}\r\n".encode()


def _answer(connection: socket.socket) -> tuple[bytes, bytes]:
    """Return the head and the body of the next answer; what is sent in chunks comes with their lengths in it."""
    held = connection.recv(1 << 18)
    while (end := held.find(b"\r\n\r\n")) < 0:
        held += _more(connection)
    head, body = held[: end + 4], held[end + 4 :]
    if _CHUNKED.search(head):
        pieces = [body]
        while not pieces[-1].endswith(b"0\r\n\r\n"):
            pieces.append(_more(connection))
            if len(pieces[-1]) < 5:
                pieces[-2:] = [pieces[-2] + pieces[-1]]
        return head, b"".join(pieces)
    found = _LENGTH.search(head)
    length = int(found[1]) if found else 0
    pieces, there = [body], len(body)
    while there < length:
        pieces.append(_more(connection))
        there += len(pieces[-1])
    return head, b"".join(pieces)


def _more(connection: socket.socket) -> bytes:
    got = connection.recv(1 << 18)
    if not got:
        raise WrongAnswerError("the server closed the connection")
    return got


def _is(head: bytes, status: int) -> bool:
    return head.split(b" ", 2)[1] == str(status).encode()


def workplace() -> "tempfile.TemporaryDirectory[str]":
    """Return a directory for the databases and logs of one run."""
    return tempfile.TemporaryDirectory(prefix="bench-")
