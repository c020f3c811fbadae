"""The one place that reads the environment. A wrong value stops the start with a sentence that says what to do."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"

_env = environ.Env()

# Half a megabyte of pages for each connection in place of SQLite's two: each thread has connections of its own, and the
# system keeps the same pages once for all of them.
_SMALL_CACHE = "PRAGMA cache_size=-512;"


def text(name: str, default: str | None = None) -> str:
    """Return the variable as text; without a default it must be set."""
    value: str | None = _env.str(name, default="") or default
    if value is None:
        raise ImproperlyConfigured(f"Set {name} in the environment. README.md lists every variable with an example.")
    return value


def flag(name: str, default: bool) -> bool:
    """Return whether the variable says 1 or 0; anything else stops the start."""
    value = _env.str(name, default="").strip()
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} is «{value}»: write 1 to switch it on or 0 to switch it off.")
    return value == "1" if value else default


def choice(name: str, default: str, of: tuple[str, ...]) -> str:
    """Return the variable as one of these words; anything else stops the start."""
    value = _env.str(name, default="").strip() or default
    if value not in of:
        raise ImproperlyConfigured(f"{name} is «{value}»: write one of {', '.join(of)}.")
    return value


def whole_number(name: str, default: int, most: int, least: int = 0) -> int:
    """Return the variable as a whole number from `least` to `most`; anything else stops the start."""
    value = _env.str(name, default="").strip() or str(default)
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(most)) and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} is «{value}»: give a whole number from {least} to {most}.")
    return int(value)


def names(name: str, default: list[str]) -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [part.strip() for part in _env.list(name, default=default) if part.strip()]


def kinds(name: str) -> frozenset[str] | None:
    """Return a comma-separated variable as kinds of texts, none for `none`; without it None, which means all."""
    given = frozenset(names(name, []))
    if not given:
        return None
    return given - {"none"}


def time_zone(name: str, default: str) -> str:
    """Return the variable as the name of a time zone of the IANA database; anything else stops the start."""
    value = _env.str(name, default="").strip() or default
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, ZoneInfoNotFoundError) as fault:
        raise ImproperlyConfigured(
            f"{name} is «{value}»: name a time zone, such as Europe/Moscow, Asia/Almaty or Europe/London."
        ) from fault


def address(name: str, default: str) -> str:
    """Return an http(s) address without a slash at its end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} is «{value}»: give a scheme and a host only, such as https://example.org")
    return value


def database() -> dict[str, Any]:
    """Return Django's settings of the database: SQLite under var/ unless DATABASE_URL names another."""
    url = _env.str("DATABASE_URL", default="") or f"sqlite:///{VAR / 'site.sqlite3'}"
    try:
        settings = dict(_env.db_url_config(url))
    except Exception as fault:
        raise ImproperlyConfigured(
            "DATABASE_URL is not an address of a database, such as postgres://user:password@host:5432/name"
        ) from fault
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # Writers queue for the lock at BEGIN instead of failing in the middle of a transaction.
        settings["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            + _SMALL_CACHE,
        }
        # Opening it means reading every table's form anew, which costs as much as all that a page asks of it.
        settings["CONN_MAX_AGE"] = None
    elif settings["ENGINE"] == "django.db.backends.postgresql":
        # Nobody waits long for a server that is away, nor for ever for an answer over a way that has broken.
        alive = {"connect_timeout": 3, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
        settings["OPTIONS"] = alive | settings.get("OPTIONS", {})
    else:
        raise ImproperlyConfigured("DATABASE_URL must name a SQLite or PostgreSQL database.")
    return settings


def mirror(primary: dict[str, Any]) -> str:
    """Return where the local copy of the shelf lies, "" where none is kept: beside a database that is a file here
    already none is needed, unless SHELF_MIRROR asks for one."""
    given = _env.str("SHELF_MIRROR", default="").strip()
    if given == "off":
        return ""
    if not given:
        return "" if primary["ENGINE"] == "django.db.backends.sqlite3" else str(VAR / "shelf.sqlite3")
    if not given.startswith("/") or not Path(given).name:
        raise ImproperlyConfigured(f"SHELF_MIRROR is «{given}»: give the whole path of a file, or off.")
    return given


def lines(mirror: str) -> str:
    """Return the directory of lines of the snapshot: SNAPSHOT_LINES, else that of the local copy of the shelf."""
    given = _env.str("SNAPSHOT_LINES", default="").strip()
    if given and not given.startswith("/"):
        raise ImproperlyConfigured(f"SNAPSHOT_LINES is «{given}»: give the whole path of a directory.")
    return given or str(Path(mirror).parent if mirror else VAR)


def local_copy(path: str) -> dict[str, Any]:
    """Return Django's settings of the copy at this path, which need not exist. Whoever reads it cannot write."""
    # Opened anew when another file takes its place (articles/editions/mirror_place.py), so it may stay open meanwhile.
    options = {"timeout": 5, "transaction_mode": "DEFERRED", "init_command": f"PRAGMA query_only=ON; {_SMALL_CACHE}"}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "CONN_MAX_AGE": None, "OPTIONS": options}


def cache() -> dict[str, Any]:
    """Return Django's settings of the cache: this process's memory unless CACHE_URL names a Redis server."""
    url = _env.str("CACHE_URL", default="")
    if not url:
        # Counts of requests lie here: of Django's own 300 entries whoever has many addresses pushes out the others.
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must name a Redis server, such as redis://127.0.0.1:6379/0")
    # Nobody waits for a cache that hangs: without it the site answers all the same.
    waiting = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "OPTIONS": waiting}


def mail() -> dict[str, Any]:
    """Return Django's mail settings from EMAIL_URL; without it mail is printed to the console."""
    return dict(_env.email_url_config(_env.str("EMAIL_URL", default="") or "consolemail://"))
