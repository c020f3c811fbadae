"""Emptying the database behind a test that committed: nobody else may be at work in it, and who was is waited for."""

import time
from collections.abc import Callable

from django.core.management import CommandError
from django.db import DatabaseError, connection

from tests.services.patience import PATIENCE

# A request that a page sent as it closed ends within this many seconds, also on a busy machine.
_QUIET = 60.0
_AGAIN = 0.05


def emptied(flush: Callable[[], None]) -> None:
    """Empty the database by `flush`, once nobody else is at work in it, and again where somebody came in between.

    A page may send a request as it is closed, and a server that was killed leaves its last statement behind. Emptying
    locks every table: who holds one and waits for the next makes a deadlock, for which the database ends either side.
    """
    until = time.monotonic() + PATIENCE
    _wait_until_quiet()
    while True:
        try:
            return flush()
        except (CommandError, DatabaseError):
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN)
            _wait_until_quiet()


def _wait_until_quiet() -> None:
    until = time.monotonic() + _QUIET
    while _others_at_work() and time.monotonic() < until:
        time.sleep(_AGAIN)


def _others_at_work() -> bool:
    """Whether another connection runs a statement here or holds a transaction open; only PostgreSQL says."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid())"
        )
        return bool(cursor.fetchone()[0])
