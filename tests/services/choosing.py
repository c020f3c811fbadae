"""Which tests are in the pass on a second database, and which need a service."""

import pytest

from tests.services.finding import SERVICES

# Where every test in a browser lies: their pass collects nothing else.
JOURNEYS = "tests/journeys"
# What editors see and send: on SQLite a pass of its own.
DESK = ("tests/articles/admin", "tests/triage/admin")
# Half of the rest there, another pass: much of it waits for processes that it starts.
SITE = ("tests/cramps_site", "tests/journeys", "tests/repository", "tests/triage")

# Pages, forms and answers are alike on every database, and what they call is tried on each by its own tests. Those that
# look for words, sort, page through, count, erase or meet somebody else's save ask the database itself.
_FACES = (
    "tests/articles/admin/desk/", "tests/articles/admin/partners/", "tests/articles/admin/press/",
    "tests/articles/admin/sign_in/", "tests/articles/admin/translations/", "tests/articles/api/v1/",
    "tests/articles/reader/", "tests/docs/api/client/", "tests/triage/admin/", "tests/triage/api/",
    "tests/triage/pages/",
)  # fmt: skip
_ASK_THE_DATABASE = {
    "test_acknowledgements.py", "test_addresses.py", "test_anything.py", "test_changes.py", "test_conflicts.py",
    "test_deleting.py", "test_erasing.py", "test_feeds.py", "test_generated.py", "test_history.py", "test_keys.py",
    "test_kinds.py", "test_limits.py", "test_lists.py", "test_lookup.py", "test_lookups.py", "test_mirror.py",
    "test_old_editions.py", "test_projections.py", "test_queue.py", "test_search.py", "test_search_page.py",
    "test_sitemaps.py", "test_snapshot.py", "test_snapshot_memory.py", "test_usage.py", "test_used.py",
    "test_verify.py", "test_webhooks.py",
}  # fmt: skip

_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "editor"}


def mark(item: pytest.Item) -> None:
    """Give a test the markers that passes choose by; raise UsageError if it needs a browser and lies elsewhere."""
    place = item.path.as_posix()
    if any(part in place for part in _FACES) and item.path.name not in _ASK_THE_DATABASE:
        item.add_marker("any_database")
    if "browser" in services_of(item):
        if f"{JOURNEYS}/" not in place:
            raise pytest.UsageError(f"{item.nodeid} needs a browser: its pass looks for it in {JOURNEYS}")
        item.add_marker("browser")


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
