"""Passes of the suite that run at once meet in no database and in no cache."""

import pytest

from tests.services.__main__ import _beside, _postgresql
from tests.services.choosing import JOURNEYS

FOUND: dict[str, str | None] = {
    "TEST_DATABASE_URL": "postgres://tests:p-w@127.0.0.1:21000/postgres", "TEST_CACHE_URL": "redis://127.0.0.1:12000/0",
}  # fmt: skip


def test_journeys_have_a_database_and_a_cache_of_their_own_and_nothing_runs_in_both_passes() -> None:
    journeys, rest = _postgresql([], FOUND, is_split=True)

    assert "--journeys=only" in journeys.arguments
    assert journeys.arguments[-1] == JOURNEYS
    assert "--journeys=never" in rest.arguments
    assert rest.environment == FOUND
    assert all(journeys.environment[name] != address for name, address in FOUND.items())


def test_one_core_or_a_part_of_the_suite_is_one_pass() -> None:
    assert len(_postgresql([], FOUND, is_split=False)) == 1
    assert len(_postgresql(["tests/triage"], FOUND, is_split=True)) == 1


def test_without_a_cache_there_is_none_beside_it() -> None:
    journeys, _ = _postgresql([], FOUND | {"TEST_CACHE_URL": None}, is_split=True)
    assert journeys.environment["TEST_CACHE_URL"] is None


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("postgres://tests:p-w@127.0.0.1:21000/postgres", "postgres://tests:p-w@127.0.0.1:21000/postgres_journeys"),
        ("postgresql://u@host/site?sslmode=disable", "postgresql://u@host/site_journeys?sslmode=disable"),
        ("redis://127.0.0.1:12000/0", "redis://127.0.0.1:12000/1"),
        ("redis://127.0.0.1:12000", "redis://127.0.0.1:12000/1"),
        ("redis://127.0.0.1:12000/15", "redis://127.0.0.1:12000/14"),
    ],
)
def test_what_lies_beside_is_on_the_same_server(address: str, other: str) -> None:
    assert _beside(address) == other
