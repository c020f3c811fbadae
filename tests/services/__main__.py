"""`python -m tests.services [arguments of pytest]`: the suite on SQLite, then on PostgreSQL and Redis if found.

With TEST_ONLY=sqlite or TEST_ONLY=postgresql one of the two. Returns pytest's worst exit code.
"""

import os
import subprocess
import sys
from contextlib import ExitStack, nullcontext

from tests.services.finding import SERVICES, services_are_required
from tests.services.servers import postgresql, redis

_NOTHING_COLLECTED = 5


def main(arguments: list[str]) -> int:
    only = os.environ.get("TEST_ONLY", "")
    with ExitStack() as stack:
        given = {name: os.environ.get(name) for name in ("TEST_DATABASE_URL", "TEST_CACHE_URL")}
        database = stack.enter_context(_given_or(given["TEST_DATABASE_URL"], postgresql))
        cache = stack.enter_context(_given_or(given["TEST_CACHE_URL"], redis))
        found = {"TEST_DATABASE_URL": database, "TEST_CACHE_URL": cache}
        codes: list[int] = []
        if only != "postgresql":
            codes.append(_sqlite(arguments, found))
        if only != "sqlite":
            codes.append(_postgresql(arguments, found))
    return max(codes, default=0)


def _given_or(address: str | None, server):
    return nullcontext(address) if address else server()


def _sqlite(arguments: list[str], found: dict[str, str | None]) -> int:
    """Everything embedded. What the second pass will cover is left to it; what it cannot is skipped with a line."""
    later = [name for name, key in (("postgresql", "TEST_DATABASE_URL"), ("redis", "TEST_CACHE_URL")) if found[key]]
    if not found["TEST_DATABASE_URL"]:
        return _pytest("SQLite", arguments, {"TEST_CACHE_URL": found["TEST_CACHE_URL"]})
    left = ["-m", " and ".join(f"not {name}" for name in later)]
    return _pytest("SQLite", [*left, *arguments], {})


def _postgresql(arguments: list[str], found: dict[str, str | None]) -> int:
    if not found["TEST_DATABASE_URL"]:
        print(f"\nPostgreSQL: skipped, {SERVICES['postgresql'].sentence}", flush=True)
        return 1 if services_are_required() else 0
    return _pytest("PostgreSQL", ["--with-database-only", *arguments], found)


def _pytest(name: str, arguments: list[str], environment: dict[str, str | None]) -> int:
    print(f"\n{name}", flush=True)
    clean = {key: value for key, value in os.environ.items() if key not in ("TEST_DATABASE_URL", "TEST_CACHE_URL")}
    chosen = {key: value for key, value in environment.items() if value}
    # One line for every reason to skip, at the end of the run.
    done = subprocess.run([sys.executable, "-m", "pytest", "-rs", *arguments], env=clean | chosen, check=False)
    return 0 if done.returncode == _NOTHING_COLLECTED and arguments else done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
