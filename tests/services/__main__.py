"""`python -m tests.services [arguments of pytest]`: the suite on SQLite and, where they are found, on PostgreSQL and
Redis; the desk, the site with its triage, and the journeys in a browser, in passes of their own. On a machine with two
cores or more they run side by side, one more than there are cores: none of them keeps a core busy all the time, and
many that take turns on a core cost each other a third more. What the others say is printed when all are done.

With TEST_ONLY=sqlite or TEST_ONLY=postgresql one of the two databases. Returns pytest's worst exit code.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit, urlunsplit

from tests.services.choosing import DESK, JOURNEYS, SITE
from tests.services.finding import SERVICES, services_are_required
from tests.services.servers import postgresql, redis
from tests.services.sharing import SHARED

_NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Pass:
    """One run of pytest; `environment` are its services. A part of the suite may hold no test for it.

    `minutes` is about what it takes with a processor of its own: the longest begin first, so that none is alone for
    long at last.
    """

    name: str
    arguments: list[str]
    environment: dict[str, str | None]
    is_part: bool
    minutes: int = 0

    def start(self, output: IO[bytes] | None) -> "subprocess.Popen[bytes]":
        if output is None:
            print(f"\n{self.name}", flush=True)
        # Tests start many processes; each would compile the whole site anew if nothing were kept.
        unset = ("TEST_DATABASE_URL", "TEST_CACHE_URL", "PYTHONDONTWRITEBYTECODE")
        clean = {key: value for key, value in os.environ.items() if key not in unset}
        chosen = {key: value for key, value in self.environment.items() if value}
        # One line for every reason to skip, at the end of the run.
        command = [sys.executable, "-m", "pytest", "-rs", *self.arguments]
        return subprocess.Popen(command, env=clean | chosen, stdout=output, stderr=output and subprocess.STDOUT)


def main(arguments: list[str]) -> int:
    only = os.environ.get("TEST_ONLY", "")
    with ExitStack() as stack:
        given = {name: os.environ.get(name) for name in ("TEST_DATABASE_URL", "TEST_CACHE_URL")}
        database = stack.enter_context(_given_or(given["TEST_DATABASE_URL"], postgresql))
        cache = stack.enter_context(_given_or(given["TEST_CACHE_URL"], redis))
        found = {"TEST_DATABASE_URL": database, "TEST_CACHE_URL": cache}
        os.environ[SHARED] = stack.enter_context(tempfile.TemporaryDirectory(prefix="tests-shared-"))
        has_cores = (os.cpu_count() or 1) > 1
        # A part of the suite is over before a second process has collected it.
        is_split = has_cores and not arguments
        passes = _sqlite(arguments, found, is_alone=only == "sqlite", is_split=is_split) if only != "postgresql" else []
        if only != "sqlite" and database:
            passes += _postgresql(arguments, found, is_alone=only == "postgresql", is_split=is_split)
        codes = _side_by_side(passes, (os.cpu_count() or 1) + 1 if has_cores else 1)
    if only != "sqlite" and not database:
        print(f"\nPostgreSQL: skipped, {SERVICES['postgresql'].sentence}", flush=True)
        codes.append(1 if services_are_required() else 0)
    return max(codes, default=0)


def _given_or(address: str | None, server) -> AbstractContextManager[str | None]:
    return nullcontext(address) if address else server()


def _sqlite(arguments: list[str], found: dict[str, str | None], *, is_alone: bool, is_split: bool) -> list[Pass]:
    """Everything embedded. What the other passes will cover is left to them; what they cannot is skipped with a line.

    A journey in the browser or with curl says the same on any database, and takes long: it is made once.
    """
    if is_alone or not found["TEST_DATABASE_URL"]:
        chosen, services = arguments, {"TEST_CACHE_URL": found["TEST_CACHE_URL"]}
    else:
        elsewhere = ["postgresql", "browser", "curl", *(["redis"] if found["TEST_CACHE_URL"] else [])]
        chosen, services = ["-m", " and ".join(f"not {name}" for name in elsewhere), *arguments], {}
    if not is_split:
        return [Pass("SQLite", chosen, services, bool(arguments))]
    # What is in neither of the others is in the first, wherever it lies.
    elsewhere = [f"--ignore={place}" for place in DESK]
    return [
        Pass("SQLite", [*chosen, *elsewhere, *(f"--ignore={place}" for place in SITE)], services, False, 14),
        Pass("The site on SQLite", [*chosen, *elsewhere, *SITE], _apart(services, 2), False, 13),
        Pass("The desk on SQLite", [*chosen, *DESK], _apart(services), False, 8),
    ]


def _postgresql(arguments: list[str], found: dict[str, str | None], *, is_alone: bool, is_split: bool) -> list[Pass]:
    """What meets a database, and what needs a service. Passes that run at once share servers and no data in them.

    What another pass tries with many examples on SQLite is tried with fewer here, unless somebody asks for more.
    """
    fewer = [] if is_alone else ["--hypothesis-profile=second"]
    chosen = ["--with-database-only", *fewer, *arguments]
    if not is_split:
        return [Pass("PostgreSQL", chosen, found, bool(arguments))]
    return [
        Pass("Journeys on PostgreSQL", ["--journeys=only", *chosen, JOURNEYS], _apart(found), True, 16),
        Pass("PostgreSQL", ["--journeys=never", *chosen], found, False, 14),
    ]


def _apart(found: dict[str, str | None], step: int = 1) -> dict[str, str | None]:
    return {name: address and _beside(address, step) for name, address in found.items()}


def _beside(address: str, step: int = 1) -> str:
    """The address of another database of the same server: one more name of PostgreSQL, a number nearby of Redis."""
    parts = urlsplit(address)
    name = parts.path.strip("/")
    other = f"{name}_journeys" if parts.scheme.startswith("postgres") else str(int(name or 0) ^ step)
    return urlunsplit(parts._replace(path=f"/{other}"))


def _side_by_side(passes: list[Pass], most: int) -> list[int]:
    """Run the passes, so many at a time. What is said comes at once where they run one by one; else the first one's
    words come so, and each other's at the end."""
    longest_first = sorted(passes, key=lambda one: -one.minutes)
    later = longest_first[1:] if most > 1 else []
    with ExitStack() as stack, ThreadPoolExecutor(most) as pool:
        kept = {one.name: stack.enter_context(tempfile.TemporaryFile()) for one in later}
        codes = list(pool.map(lambda one: _code(one.start(kept.get(one.name)), one), longest_first))
        for name, output in kept.items():
            output.seek(0)
            print(f"\n{name}\n{output.read().decode(errors='replace')}", flush=True)
    return codes


def _code(process: "subprocess.Popen[bytes]", one: Pass) -> int:
    code = process.wait()
    return 0 if code == _NOTHING_COLLECTED and one.is_part else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
