"""Servers of the site, as production runs them, on the database that a test writes to."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cramps_site.serve import web_server
from tests.services.patience import PATIENCE, free_port

_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """`begun` is the moment (`time.monotonic`) just before the request was made."""

    begun: float
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode().replace("\N{NO-BREAK SPACE}", " ")


@dataclass
class Server:
    """One server with processes of its own; nothing but the database is shared with another."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    # Behind as many proxies as the server believes, each request comes from an address of its own.
    asked: int = field(default=0)

    def get(self, path: str, **headers: str) -> Reply:
        """Ask over a connection of its own, so any of the processes may answer."""
        return self._ask("GET", path, None, headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        begun = time.monotonic()
        self.asked += 1
        caller = {"X-Forwarded-For": f"198.51.{self.asked // 250 % 250}.{self.asked % 250}"}
        connection = http.client.HTTPConnection(_HOST, self.port, timeout=180)
        try:
            connection.request(method, path, body, headers=caller | dict(headers))
            answer = connection.getresponse()
            return Reply(begun, answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def post(self, path: str, body: bytes, media_type: str, **headers: str) -> Reply:
        """Send this body over a connection of its own."""
        return self._ask("POST", path, body, headers | {"Content-Type": media_type})

    def kill(self) -> None:
        """End all its processes at once, from which nothing in them can save anything."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(
    database: str,
    log: Path,
    repository: Path,
    *,
    workers: int = 2,
    threads: int = 2,
    more: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server on the database with this address and yield it once it answers, with `more` in its environment."""
    port = free_port()
    # A worker that dies is a fault of the test, and no other one takes its place.
    command = web_server("cramps_site.wsgi:application", port, workers=workers, threads=threads, respawns=False)
    unset = ("CACHE_URL", "TEST_CACHE_URL", "DATABASE_URL", "SITE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "cramps_site.settings.test", "TEST_DATABASE_URL": database, "PROXIES": "1",
    }  # fmt: skip
    environment |= more or {}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=repository, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    server = Server(port, process, log)
    try:
        _until_ready(server)
        yield server
    finally:
        _end(process)


def _until_ready(server: Server) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.process.poll() is None, server.log.read_text(errors="replace")
        with suppress(OSError, http.client.HTTPException):
            if server.get("/health/ready").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError(server.log.read_text(errors="replace"))


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(30)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
