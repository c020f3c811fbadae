"""The same questions to a site of few and to a site of many texts, asked in turns: CPU and queries of each."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit, urlunsplit

from tests.bench.asking import ASKED, MISSPELT, PUBLISHING, SEARCH, SEARCHES
from tests.bench.serving import ROOT
from tests.bench.site import Site
from tests.bench.tables import Aim, Line, Report

_TURNS = 7
_SEARCHES = 48


def growth(site: Site) -> Report:
    """Every kind of page and answer at each size; ratios of the largest to the smallest.

    `BENCH_SIZES` names the sizes, and `BENCH_KEPT` a directory in which sites are kept for the next run (SQLite).
    """
    # Each leaves the same text as the last one made, so that the newest of each site are alike.
    sizes = [1000, 100_000] if site.is_full else [1000, 4000]
    if asked := os.environ.get("BENCH_SIZES"):
        sizes = [int(size) for size in asked.split(",")]
    with ExitStack() as stack:
        askers = {}
        for size in sizes:
            address = _site(site, size, is_last=size == sizes[-1])
            askers[size] = stack.enter_context(_asker(size, address))
        megabytes = _megabytes()
        found = {name: _in_turns(name, askers) for name in [*ASKED, SEARCHES]}
    report = Report(f"Growth ({_vendor()}), CPU of a process", ["what", *(f"{size:,}: ms (queries)" for size in sizes)])
    for name, each in found.items():
        report.rows.append([name, *(f"{each[size][0]:.1f} ({each[size][1]})" for size in sizes)])
        ratio = each[sizes[-1]][0] / max(each[sizes[0]][0], 0.01)
        report.lines.append(Line(name, f"{sizes[0]:,} texts", ratio, ASKED[name][0] if name in ASKED else SEARCH))
    slowest = found[SEARCHES][sizes[-1]][0]
    report.lines.append(Line(f"{SEARCHES}, ms", "50 ms", slowest, Aim(50, at_least=False)))
    site.figures |= {"search": slowest, "text": megabytes / sizes[-1], "texts": sizes[-1]}
    site.figures["changes"] = found["1,000 lines of changes"][sizes[-1]][0]
    report.notes += site.notes
    return report


class _Process:
    """A process that asks one site."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, name: str, turn: int, *, counted: bool = False) -> tuple[float, int]:
        """Return the CPU in milliseconds and the queries, the one or the other. Raises RuntimeError where it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps({'name': name, 'turn': turn, 'counted': counted})}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{name}: see what the process said above")
        milliseconds, queries = json.loads(answer)
        return milliseconds, queries


def _in_turns(name: str, askers: Mapping[int, _Process]) -> dict[int, tuple[float, int]]:
    """Return the CPU at each size, the median of its turns, and the queries of one; each is asked twice before."""
    if name == SEARCHES:
        # The first misspelt word of a process loads the dictionary.
        for asker in askers.values():
            asker.ask(name, MISSPELT)
        times = _times(name, askers, range(_SEARCHES))
        return {size: (quantiles(found, n=20)[-1], 0) for size, found in times.items()}
    queries = {}
    for size, asker in askers.items():
        asker.ask(name, 0)
        queries[size] = asker.ask(name, 1, counted=True)[1]
    turns = range(2, 2 + (3 if name == PUBLISHING else _TURNS))
    return {size: (median(found), queries[size]) for size, found in _times(name, askers, turns).items()}


def _times(name: str, askers: Mapping[int, _Process], turns: Sequence[int]) -> dict[int, list[float]]:
    found: dict[int, list[float]] = {size: [] for size in askers}
    for turn in turns:
        for size, asker in askers.items():
            found[size].append(asker.ask(name, turn)[0])
    return found


@contextmanager
def _asker(size: int, address: str) -> Iterator[_Process]:
    environment = os.environ | {"DATABASE_URL": address, "SHELF_MIRROR": "off"}
    command = [sys.executable, "-m", "tests.bench.asking"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield _Process(process)
    finally:
        process.kill()
        process.communicate()


def _site(site: Site, size: int, *, is_last: bool) -> str:
    """Bring the site to this size, and return the address of a database that stays at it."""
    from django.db import connection

    # What other code has made would be made anew at every view.
    from articles.publishing.gists import RECIPE

    kept = Path(os.environ["BENCH_KEPT"]) / f"{size}-{RECIPE}.sqlite3" if os.environ.get("BENCH_KEPT") else None
    is_sqlite = connection.vendor == "sqlite"
    name = Path(connection.settings_dict["NAME"])
    if is_sqlite and kept and kept.exists():
        connection.close()
        _copied(kept, name)
    else:
        begun = time.monotonic()
        site.grow(size)
        site.notes.append(f"{size:,} texts made in {time.monotonic() - begun:.0f} s.")
        if is_sqlite and kept:
            _backed_up(kept)
    if is_last:
        return site.environment["DATABASE_URL"]
    if is_sqlite:
        _backed_up(name.with_name(f"{size}.sqlite3"))
        return f"sqlite:///{name.with_name(f'{size}.sqlite3')}"
    return _twin(f"texts_{size}")


def _backed_up(place: Path) -> None:
    """Copy the site's file, with nothing beside it that would belong to it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    _copied(Path(connection.settings_dict["NAME"]), place)


def _copied(origin: Path, place: Path) -> None:
    for more in ("-wal", "-shm"):
        place.with_name(f"{place.name}{more}").unlink(missing_ok=True)
    shutil.copyfile(origin, place)


def _twin(name: str) -> str:
    """Return the address of a copy of the site's database on its server."""
    from django.db import connection

    quoted, origin = connection.ops.quote_name(name), connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])
    connection.close()
    # Nobody may be in the database that is copied.
    connection.settings_dict["NAME"] = "postgres"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE {connection.ops.quote_name(origin)}")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = origin
    return urlunsplit(address._replace(path=f"/{name}"))


def _vendor() -> str:
    from django.db import connection

    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]


def _megabytes() -> float:
    """Return the size of the database."""
    from django.db import connection

    postgresql, sqlite = "SELECT pg_database_size(current_database())", "SELECT page_count * page_size FROM %s, %s"
    statement = sqlite % ("pragma_page_count()", "pragma_page_size()") if connection.vendor == "sqlite" else postgresql
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] / 1e6
