"""The site as `make run` serves it, on a database and a port of its own."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.services.patience import PATIENCE, free_port

EDITIONS = "SELECT item, language, number, digest FROM articles_edition ORDER BY item, language, number"
JOURNAL = "SELECT sequence, hash FROM articles_change ORDER BY sequence"


class Run:
    """One `make run` on a database of its own."""

    def __init__(self, database: Path, repository: Path) -> None:
        self.port = free_port()
        self.database = database
        environment = {k: v for k, v in os.environ.items() if k not in {"SITE_URL", "DJANGO_SETTINGS_MODULE"}}
        environment |= {"PORT": str(self.port), "DATABASE_URL": f"sqlite:///{database}", "CACHE_URL": ""}
        self.log = database.with_suffix(f".{self.port}.log")
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cramps_site.serve"],
                cwd=repository, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def until(self, words: str) -> str:
        """Wait until the run has said this; return all that it said."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            said = self.log.read_text()
            if words in said:
                return said
            assert self.process.poll() is None, said
            time.sleep(0.02)
        raise AssertionError(self.log.read_text())

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return int(answer.status)

    def text(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            words: str = answer.read().decode()
        return words.replace("\u00a0", " ")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        # The worker writes too, and holds the file while it does.
        connection = sqlite3.connect(self.database, timeout=PATIENCE)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


def files_written(places: Iterable[Path], since: float) -> dict[str, bytes]:
    """Return what lies in the files there and below that were written since that moment, by name.

    Files of other runs on this machine come and go meanwhile.
    """
    found = {}
    for path in (path for place in places for path in place.rglob("*")):
        with suppress(FileNotFoundError):
            # File systems count time more coarsely than clocks.
            if path.is_file() and path.stat().st_mtime >= since - 2:
                found[path.name] = path.read_bytes()
    return found


def start(runs: list[Run], tmp_path: Path, repository: Path) -> Run:
    runs.append(Run(tmp_path / "site.sqlite3", repository))
    return runs[-1]


@dataclass(frozen=True)
class FirstRun:
    """What a run on an empty database said, answered and left behind, and how it ended; `fault_after` is what comes of
    asking it then. A run on a copy of `database` starts in seconds."""

    said: str
    answers: dict[str, int]
    editions: list[tuple[object, ...]]
    journal: list[tuple[object, ...]]
    code: int
    fault_after: str
    database: Path


def first_run(place: Path, repository: Path, asking: Iterable[str]) -> FirstRun:
    """Run the site once on an empty database, ask for addresses, end it in good order and return what was seen."""
    runs: list[Run] = []
    run = start(runs, place, repository)
    try:
        said = run.until("Ctrl-C stops everything.")
        answers = {path: run.get(path) for path in asking}
        editions, journal = run.rows(EDITIONS), run.rows(JOURNAL)
    except BaseException:
        run.stop(signal.SIGTERM)
        raise
    code, fault_after = run.stop(), ""
    try:
        run.get("/")
    except OSError as fault:
        fault_after = str(fault)
    return FirstRun(said, answers, editions, journal, code, fault_after, run.database)


@contextmanager
def running_on_a_copy(first: FirstRun, place: Path, repository: Path) -> Iterator[Run]:
    """A run that serves what the first one left, from a copy at `place`; it has ended when the block is left."""
    shutil.copy(first.database, place)
    run = Run(place, repository)
    try:
        run.until("Ctrl-C stops everything.")
        yield run
    finally:
        run.stop()
