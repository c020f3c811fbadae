"""The one client for every request that this site makes: guarded against where an address leads and what answers there.

A name is resolved once and the connection goes to an address that was looked at; TLS still proves the name. No redirect
is followed, nothing is read from the environment, no cookie is kept. What the other side does is a value.
"""

import re
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpcore

from articles.outgoing.addresses import (
    Fault,
    FaultKind,
    Policy,
    Resolver,
    Target,
    read_address,
    resolved,
    system_resolver,
)

SECONDS = 10.0
MOST_BYTES = 64 * 1024

_EXCERPT = 500
# The head of an answer; httpcore's own bound is higher.
_HEAD_BYTES = 32 * 1024
_PIECE = 4 * 1024

_METHODS = ("GET", "HEAD", "POST")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[!-~]([ -~]*[!-~])?")
_OURS = frozenset({"host", "connection", "accept-encoding", "content-length", "transfer-encoding", "cookie"})


@dataclass(frozen=True)
class Answer:
    """What was answered, with names of headers in small letters. Of a long body, only the beginning was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool
    milliseconds: int

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def excerpt(self) -> str:
        """The beginning of the body, fit to be shown: one line of characters that print."""
        text = self.body[: 4 * _EXCERPT].decode("utf-8", "replace")
        shown = "".join(letter if letter.isprintable() else " " for letter in text)
        return " ".join(shown.split())[:_EXCERPT]


@dataclass(frozen=True)
class Unanswered(Fault):
    """Why there was no answer, and how long it took to find that out."""

    milliseconds: int = 0


class _TooLargeError(Exception):
    """Raised when more was sent than is read."""


class _TooSlowError(Exception):
    """Raised when the time for the whole request is over."""


@dataclass
class _Bounds:
    """How much time and how many bytes are left for the whole request."""

    until: float
    bytes_left: int
    is_past_head: bool = field(default=False)

    def seconds_left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise _TooSlowError
        return left


class _Stream(httpcore.NetworkStream):
    """A connection that keeps to the bounds of its request, whatever the timeout of a single step."""

    def __init__(self, inner: httpcore.NetworkStream, bounds: _Bounds) -> None:
        self._inner = inner
        self._bounds = bounds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._bounds.bytes_left <= 0:
            raise _TooLargeError
        content = self._inner.read(min(max_bytes, self._bounds.bytes_left), self._bounds.seconds_left())
        self._bounds.bytes_left -= len(content)
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In pieces, since each step of one call would have the time anew.
        for start in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[start : start + _PIECE], self._bounds.seconds_left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._bounds.seconds_left())
        return _Stream(secured, self._bounds)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Pinned(httpcore.NetworkBackend):
    """Connects to the addresses that were looked at, in their order, whatever the name leads to by now."""

    def __init__(self, addresses: Iterable[str], bounds: _Bounds) -> None:
        self._addresses = list(addresses)
        self._bounds = bounds
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        for left in range(len(self._addresses), 0, -1):
            address = self._addresses[-left]
            try:
                # An address that does not answer leaves time for the others.
                inner = self._inner.connect_tcp(
                    address, port, self._bounds.seconds_left() / left, local_address, socket_options
                )
                return _Stream(inner, self._bounds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if left == 1:
                    raise
        raise httpcore.ConnectError("no address")


def ask(
    method: str,
    url: str,
    *,
    policy: Policy,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
    resolve: Resolver = system_resolver,
    trust: ssl.SSLContext | None = None,
) -> Answer | Unanswered:
    """Send one request and return what came back, or why nothing did. It takes no longer than `seconds`.

    Raises ValueError for a method or headers that must not be sent: those are ours and not the other side's.
    """
    if method not in _METHODS:
        raise ValueError(f"{method!r} is not asked with")
    sent = _headers(headers or {})
    began = time.monotonic()
    bounds = _Bounds(began + seconds, _HEAD_BYTES + most_bytes)

    def unanswered(fault: Fault) -> Unanswered:
        return Unanswered(fault.kind, fault.sentence, _since(began))

    target = read_address(url, policy)
    if isinstance(target, Fault):
        return unanswered(target)
    addresses = resolved(target, policy, seconds=seconds, resolve=resolve)
    if isinstance(addresses, Fault):
        return unanswered(addresses)
    try:
        return _asked(method, target, addresses, sent, body, most_bytes, bounds, trust, began)
    except Exception as fault:
        # Whatever the other side sends must not end a worker; the table says what it was.
        return unanswered(_fault(fault))


def _asked(
    method: str,
    target: Target,
    addresses: list[str],
    headers: list[tuple[bytes, bytes]],
    body: bytes,
    most_bytes: int,
    bounds: _Bounds,
    trust: ssl.SSLContext | None,
    began: float,
) -> Answer:
    url = httpcore.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    named = [(b"Host", target.authority.encode()), *headers]
    if method == "POST":
        named.append((b"Content-Length", str(len(body)).encode()))
    with (
        httpcore.ConnectionPool(
            ssl_context=trust or _trust(), max_connections=1, http2=False, retries=0,
            network_backend=_Pinned(addresses, bounds),
        ) as pool,
        pool.stream(method, url, headers=named, content=body or None) as response,
    ):  # fmt: skip
        read, is_whole = _body(response, most_bytes)
        names = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        return Answer(response.status, names, read, is_whole, _since(began))


def _body(response: httpcore.Response, most_bytes: int) -> tuple[bytes, bool]:
    """The beginning of the body, and whether that is all of it."""
    read = b""
    try:
        for piece in response.iter_stream():
            read += piece
            if len(read) > most_bytes:
                break
    except _TooLargeError:
        return read[:most_bytes], False
    return read[:most_bytes], len(read) <= most_bytes


def _headers(given: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    for name, value in given.items():
        if not _NAME.fullmatch(name) or name.lower() in _OURS:
            raise ValueError(f"the header {name!r} cannot be sent")
        if not _VALUE.fullmatch(value):
            raise ValueError(f"the value of {name!r} cannot be sent")
    own = {"Accept-Encoding": "identity", "Connection": "close"}
    return [(name.encode(), value.encode()) for name, value in {**given, **own}.items()]


@cache
def _trust() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


def _fault(fault: Exception) -> Fault:
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Fault("bad-certificate", f"The certificate was not accepted: {cause.verify_message}.")
        cause = cause.__cause__ or cause.__context__
    for type_, kind, sentence in _FAULTS:
        if isinstance(fault, type_):
            return Fault(kind, sentence)
    return Fault("not-http", f"The answer could not be read ({type(fault).__name__}).")


_FAULTS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], FaultKind, str], ...] = (
    (_TooLargeError, "too-large", "The head of the answer was too large."),
    (_TooSlowError, "too-slow", "The time for the whole request was over."),
    (httpcore.TimeoutException, "too-slow", "The time for the whole request was over."),
    (httpcore.ConnectError, "no-connection", "No connection came about."),
    ((httpcore.ReadError, httpcore.WriteError, OSError), "closed", "The connection broke off."),
    (httpcore.RemoteProtocolError, "not-http", "The answer was no HTTP, or broke off."),
)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
