"""Which tests are in the pass on a second database, and which need a service."""

import pytest

from tests.services.finding import SERVICES

_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "editor"}


def is_of_the_second_pass(item: pytest.Item) -> bool:
    """Return whether a test may say something else on PostgreSQL, or is left to that pass by the one on SQLite."""
    if item.get_closest_marker("any_database"):
        return _is_left_by_the_first(item)
    names = set(getattr(item, "fixturenames", ()))
    return (
        bool(names & _DATABASE_FIXTURES)
        or item.get_closest_marker("django_db") is not None
        or _is_left_by_the_first(item)
    )


def _is_left_by_the_first(item: pytest.Item) -> bool:
    # Programs that judge pages say the same of them in either pass.
    return bool(set(services_of(item)) - {"web_tools"})


def services_of(item: pytest.Item) -> list[str]:
    """What a test needs: said by its marker, or by its asking for Playwright's browser."""
    named = [marker for marker in SERVICES if item.get_closest_marker(marker)]
    asked = "browser" in getattr(item, "fixturenames", ()) and "browser" not in named
    return [*named, "browser"] if asked else named
