"""Private servers for one run of the suite: in a temporary directory, on a free local port, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services.finding import postgresql_programs, redis_program
from tests.services.patience import PATIENCE, free_port


class NotStartedError(RuntimeError):
    """Raised when a server that is installed does not start; the text holds what it said."""


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Run a PostgreSQL server and yield its address for TEST_DATABASE_URL; None where it is not installed."""
    with stoppable_postgresql() as server:
        yield server.address if server else None


@dataclass
class Postgresql:
    """A server that a test may stop for a while. `address` leads to its database all the time."""

    address: str
    command: list[str]
    directory: Path
    owner: str
    port: int
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """End it and every connection to it, in good order."""
        _stop(self.process)

    def start(self) -> None:
        """Run it again on what it had."""
        self.process = _start(self.command, self.directory, self.owner)
        _wait_for(self.process, self.port, self.directory / "log")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Within the block it answers nothing and refuses nothing, like a machine that hangs."""
        os.kill(self.process.pid, signal.SIGSTOP)
        held = [self.process.pid, *_children(self.process.pid)]
        for pid in held[1:]:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in reversed(held):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)


@contextmanager
def stoppable_postgresql() -> Iterator[Postgresql | None]:
    """Run a PostgreSQL server and yield it; None where it is not installed."""
    programs = postgresql_programs()
    if programs is None:
        yield None
        return
    with _workplace() as (directory, owner):
        password = secrets.token_urlsafe(20)
        secret = directory / "password"
        secret.write_text(password)
        shutil.chown(secret, owner)
        data = directory / "data"
        initdb = [programs / "initdb", "-D", data, "-U", "tests", "-A", "scram-sha-256", f"--pwfile={secret}"]
        made = subprocess.run(
            [*initdb, "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"],
            user=owner, cwd=directory, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise NotStartedError(made.stderr)
        port = free_port()
        # The data is thrown away, so nothing waits for the disk.
        hurry = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        # Nothing is known of tables so young, so long statements look costly enough to be compiled for a few rows.
        hurry += ["-c", "jit=off"]
        place = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-p", str(port)]
        command = [str(programs / "postgres"), "-D", str(data), *place, *hurry]
        address = f"postgres://tests:{password}@127.0.0.1:{port}/postgres"
        server = Postgresql(address, command, directory, owner, port, _start(command, directory, owner))
        try:
            _wait_for(server.process, port, directory / "log")
            yield server
        finally:
            _stop(server.process)


@contextmanager
def redis() -> Iterator[str | None]:
    """Run a Redis server and yield its address for TEST_CACHE_URL; None where it is not installed."""
    program = redis_program()
    if program is None:
        yield None
        return
    with _workplace() as (directory, owner):
        port = free_port()
        place = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(directory)]
        with _running([program, *place, "--save", "", "--appendonly", "no"], directory, owner, port):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _workplace() -> Iterator[tuple[Path, str]]:
    """Yield a temporary directory and the user that servers run as: PostgreSQL refuses to run as root."""
    owner = pwd.getpwuid(os.geteuid()).pw_name
    if os.geteuid() == 0:
        known = {entry.pw_name for entry in pwd.getpwall()}
        owner = "postgres" if "postgres" in known else "nobody"
    with tempfile.TemporaryDirectory(prefix="tests-", dir="/tmp", ignore_cleanup_errors=True) as name:
        shutil.chown(name, owner)
        yield Path(name), owner


@contextmanager
def _running(command: list[str], directory: Path, owner: str, port: int) -> Iterator[None]:
    server = _start(command, directory, owner)
    try:
        _wait_for(server, port, directory / "log")
        yield
    finally:
        _stop(server)


def _start(command: list[str], directory: Path, owner: str) -> "subprocess.Popen[bytes]":
    user = owner if os.geteuid() == 0 else None
    with (directory / "log").open("ab") as output:
        return subprocess.Popen(
            command, user=user, cwd=directory, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )


def _stop(server: "subprocess.Popen[bytes]") -> None:
    # To PostgreSQL, SIGINT means: drop every connection and stop in good order.
    server.send_signal(signal.SIGINT)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _children(parent: int) -> list[int]:
    """The processes that this one has started; those of PostgreSQL have sessions of their own."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # Behind the name, which may hold anything: state, parent…
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise NotStartedError(f"{server.args!r} did not start:\n{log.read_text(errors='replace')}")
