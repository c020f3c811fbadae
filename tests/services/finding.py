"""Where the programs are that some tests need, and how to get the ones that are not there."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Service:
    """`find` returns what a test reaches the service by, None if it is not there; `how` says how to get it."""

    name: str
    find: Callable[[], str | None]
    how: str

    @property
    def sentence(self) -> str:
        return f"needs {self.name}: {self.how}"


def services_are_required() -> bool:
    """Return whether a missing service fails tests (REQUIRE_SERVICES=1) and does not skip them."""
    return os.environ.get("REQUIRE_SERVICES", "") not in ("", "0")


def postgresql_programs() -> Path | None:
    """Return the directory of the newest PostgreSQL server's programs; Debian keeps them out of the search path."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def redis_program() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


def chromium_program() -> str | None:
    """Return the path of an installed Chromium or Chrome; CHROMIUM names another one.

    Debian's headless shell shows pages as Chromium does, without a window and all that belongs to one.
    """
    names = [os.environ.get("CHROMIUM", ""), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def web_tools() -> str | None:
    """Return the directory of the programs that judge pages, if they are set up and Node and Java can run them."""
    tools = Path(__file__).parents[1] / "web_tools" / "node_modules"
    ready = (tools / "ready").exists() and shutil.which("node") and shutil.which("java")
    return str(tools) if ready else None


# Marker of a test -> what it needs.
SERVICES = {
    "postgresql": Service(
        "a PostgreSQL database",
        lambda: os.environ.get("TEST_DATABASE_URL"),
        "install Debian's package postgresql and call make test (or set TEST_DATABASE_URL)",
    ),
    "redis": Service(
        "a Redis server",
        lambda: os.environ.get("TEST_CACHE_URL"),
        "install Debian's package redis-server and call make test (or set TEST_CACHE_URL)",
    ),
    "web_tools": Service(
        "Node and Java",
        web_tools,
        "install Debian's packages nodejs, npm and default-jre-headless and call make test",
    ),
    "curl": Service("curl", lambda: shutil.which("curl"), "install Debian's package curl"),
    "browser": Service(
        "Chromium",
        chromium_program,
        "install Debian's package chromium-headless-shell or chromium (or set CHROMIUM to its path)",
    ),
}
