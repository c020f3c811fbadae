"""Private servers for one run of the suite: in a temporary directory, on a free local port, gone afterwards."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.finding import postgresql_programs, redis_program
from tests.services.patience import PATIENCE, free_port


class NotStartedError(RuntimeError):
    """Raised when a server that is installed does not start; the text holds what it said."""


@contextmanager
def postgresql() -> Iterator[str | None]:
    """Run a PostgreSQL server and yield its address for TEST_DATABASE_URL; None where it is not installed."""
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
        place = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-p", str(port)]
        command = [str(programs / "postgres"), "-D", str(data), *place, *hurry]
        with _running(command, directory, owner, port):
            yield f"postgres://tests:{password}@127.0.0.1:{port}/postgres"


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
    log = directory / "log"
    user = owner if os.geteuid() == 0 else None
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, user=user, cwd=directory, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait_for(server, port, log)
        yield
    finally:
        # To PostgreSQL, SIGINT means: drop every connection and stop in good order.
        server.send_signal(2)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


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
