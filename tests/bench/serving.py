"""Servers for measuring, each with processes of its own, and what those processes cost."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cramps_site import serve
from tests.bench import installed
from tests.services.patience import PATIENCE, free_port

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
# Seconds in which a server that makes nothing any more has done next to nothing.
_QUIET = 1.0
_NEXT_TO_NOTHING = 0.03
_TICKS = os.sysconf("SC_CLK_TCK")


class Memory(NamedTuple):
    """Bytes: all that a process has in memory, and that with no more than its share of what several have in common."""

    held: int
    share: int


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    name: str
    port: int
    pid: int

    def cpu(self) -> float:
        """Return the seconds of CPU that its processes have used so far."""
        return sum(_cpu(pid) for pid in family(self.pid))

    def workers(self) -> list["Memory"]:
        """Return what memory each of its processes holds but the first, which only watches."""
        return [_memory(pid) for pid in family(self.pid) if pid != self.pid]


@contextmanager
def granian(name: str, application: str, environment: Mapping[str, str], log: Path) -> Iterator[Running]:
    """Run an application under the server of production with the options of production, until the block is left."""
    port = free_port()
    with _running(name, serve.web_server(application, port), port, environment, log) as running:
        yield running


@contextmanager
def best_known(name: str, application: str, environment: Mapping[str, str], log: Path) -> Iterator[Running]:
    """Run an application as most people would: under gunicorn, or under granian where gunicorn is not installed."""
    gunicorn = shutil.which("gunicorn") or shutil.which("gunicorn", path=str(Path(sys.executable).parent))
    if gunicorn is None:
        with granian(f"{name}, granian", application, environment, log) as running:
            yield running
        return
    port = free_port()
    command = [
        gunicorn,
        "--workers",
        "2",
        "--threads",
        "4",
        "--bind",
        f"{HOST}:{port}",
        "--keep-alive",
        "30",
        application,
    ]
    with _running(f"{name}, gunicorn", command, port, environment, log) as running:
        yield running


@contextmanager
def _running(name: str, command: list[str], port: int, environment: Mapping[str, str], log: Path) -> Iterator[Running]:
    # A run that is killed outright takes its servers with it; it has one thread, so nothing is held where it forks.
    given = {**os.environ, **installed.told(), **environment}
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=given, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True, preexec_fn=serve._end_with_parent,  # noqa: PLW1509
        )  # fmt: skip
    try:
        _until_it_listens(process, port, log)
        yield Running(name, port, process.pid)
    finally:
        _end(process)


def _until_it_listens(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            socket.create_connection((HOST, port), timeout=1).close()
            return
        time.sleep(0.05)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until_quiet(servers: Sequence[Running]) -> None:
    """Wait until these servers have nothing to do any more; raise TimeoutError where that never comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        before = sum(server.cpu() for server in servers)
        time.sleep(_QUIET)
        if sum(server.cpu() for server in servers) - before < _NEXT_TO_NOTHING * len(servers):
            return
    raise TimeoutError("the servers are still at work")


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found, asked = [], [pid]
    while asked:
        one = asked.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):
                asked += [int(child) for child in task.read_text().split()]
    return found


def _cpu(pid: int) -> float:
    with suppress(OSError):
        # The name in brackets may hold anything; behind it are the numbers.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def _memory(pid: int) -> Memory:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
        said = {line.split()[0]: int(line.split()[1]) * 1024 for line in lines}
        return Memory(said["Rss:"], said["Pss:"])
    return Memory(0, 0)
