"""Servers on this machine for what the site sends out: one that understands HTTP, and one that does as it is told."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.services.patience import PATIENCE


@dataclass(frozen=True)
class Received:
    """A request as it came in; names of headers in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """A server that keeps what it gets and answers with `status`, or whatever `answer` says for a request: a status, a
    status with headers, or None to break off the connection."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.status = 204
        self.answer: Callable[[Received], Any] = lambda got: self.status
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told = self.headers.get("Content-Length")
                body = self.rfile.read(int(told or 0))
                if len(body) < int(told or 0) or (self.command == "POST" and told is None):
                    # Its sender was killed in the middle: nothing has been received.
                    self.close_connection = True
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                got = Received(self.command, self.path, headers, body)
                receiver.received.append(got)
                answer = receiver.answer(got)
                self.close_connection = True
                if answer is None:
                    return
                status, named = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in {"Content-Length": "0", **named}.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_HEAD = do_POST

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)


@contextmanager
def receivers(count: int) -> Iterator[list[Receiver]]:
    """So many servers, gone afterwards."""
    made = [Receiver() for _ in range(count)]
    try:
        yield made
    finally:
        for one in made:
            one.close()


@contextmanager
def raw_server(
    act: Callable[[socket.socket], None], *, family: int = socket.AF_INET, tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """A server that does with each connection what it is told; yields its port. Errors of the connection end it."""
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
    listening.listen(16)
    opened: list[socket.socket] = []

    def serve(connection: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError):
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            with connection:
                act(connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                opened.append(connection)
                threading.Thread(target=serve, args=[connection], daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(PATIENCE)
        for connection in opened:
            connection.close()


def read_request(connection: socket.socket) -> bytes:
    """Everything up to the end of the head."""
    read = b""
    while b"\r\n\r\n" not in read:
        piece = connection.recv(4096)
        if not piece:
            break
        read += piece
    return read


def until(true: Callable[[], Any], what: str = "") -> Any:
    """Wait until something is true, and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.02)
    raise AssertionError(f"it did not come true: {what}")
