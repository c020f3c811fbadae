"""The suite runs in two passes, on SQLite and on PostgreSQL; every test is in one of them at least."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.services.choosing import is_of_the_second_pass, mark


class Item:
    """What a pass looks at in a test."""

    def __init__(self, markers: Iterable[str], fixtures: Iterable[str] = (), place: str = "tests/test_it.py") -> None:
        self.markers, self.fixturenames = set(markers), list(fixtures)
        self.path, self.nodeid = Path(place), place

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.markers else None

    def add_marker(self, name: str) -> None:
        self.markers.add(name)


@pytest.mark.parametrize("service", ["browser", "curl", "postgresql", "redis"])
@pytest.mark.parametrize("others", [set(), {"django_db"}, {"any_database"}, {"django_db", "any_database"}])
def test_what_needs_a_service_is_in_the_second_pass_for_the_first_leaves_it_out(service: str, others: set[str]) -> None:
    assert is_of_the_second_pass(Item({service, *others}))  # type: ignore[arg-type]


def test_a_program_that_judges_pages_says_the_same_of_those_from_any_database() -> None:
    assert not is_of_the_second_pass(Item({"web_tools", "django_db", "any_database"}))  # type: ignore[arg-type]
    assert not is_of_the_second_pass(Item({"web_tools"}))  # type: ignore[arg-type]
    assert is_of_the_second_pass(Item({"web_tools", "browser", "any_database"}))  # type: ignore[arg-type]


def test_what_is_said_to_be_the_same_on_any_database_runs_once() -> None:
    assert is_of_the_second_pass(Item({"django_db"}))  # type: ignore[arg-type]
    assert not is_of_the_second_pass(Item({"django_db", "any_database"}))  # type: ignore[arg-type]
    assert not is_of_the_second_pass(Item([]))  # type: ignore[arg-type]


@pytest.mark.parametrize("needing", [Item(["browser"]), Item([], ["browser"])], ids=["marker", "fixture"])
def test_a_test_in_a_browser_that_the_pass_of_journeys_would_not_collect_ends_the_run(needing: Item) -> None:
    needing.path = Path("/repository/tests/articles/test_it.py")
    with pytest.raises(pytest.UsageError, match="its pass looks for it in tests/journeys"):
        mark(needing)  # type: ignore[arg-type]

    needing.path = Path("/repository/tests/journeys/reader/test_it.py")
    mark(needing)  # type: ignore[arg-type]
    assert "browser" in needing.markers


def test_faces_are_said_to_be_alike_unless_they_ask_the_database() -> None:
    face, asking = (
        Item(["django_db"], place="tests/triage/pages/test_it.py"),
        Item([], place="tests/triage/api/test_keys.py"),
    )
    mark(face)  # type: ignore[arg-type]
    mark(asking)  # type: ignore[arg-type]
    assert ("any_database" in face.markers, "any_database" in asking.markers) == (True, False)
