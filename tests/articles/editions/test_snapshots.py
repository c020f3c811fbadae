"""The shelf as it stood at a line of the journal, read later."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions import snapshots
from articles.editions.snapshots import Extent
from tests.factories.documents import (
    ARTICLE,
    a_document,
    an_english_document,
    an_id,
    check,
    heading,
    restore,
    shelve,
    withdraw,
)

pytestmark = pytest.mark.django_db

ALL = Extent()


def live_at(sequence: int, extent: Extent = ALL, limit: int = 2) -> list[tuple[str, str]]:
    """What all pages together hold."""
    found: list[tuple[str, str]] = []
    after = None
    while page := snapshots.page(extent, sequence, after=after, limit=limit):
        found += [(shelved.item, shelved.language) for shelved in page]
        after = snapshots.stand(page[-1]).key
    return found


def test_nothing_is_live_before_the_first_line() -> None:
    assert snapshots.start(ALL).count == 0
    assert (snapshots.start(ALL).head.sequence, live_at(0)) == (0, [])


HAPPENING: list[Callable[[], object]] = [
    lambda: shelve(a_document(heading("Что это"))),
    lambda: shelve(an_english_document(heading("What it is")), "en"),
    lambda: shelve(a_document(heading("Другая"), slug="drugaya"), item=an_id("other")),
    withdraw,
    lambda: check(language="en", started="We are checking."),
    lambda: withdraw(an_id("other")),
    restore,
    lambda: shelve(a_document(heading("Иначе"))),
    lambda: restore(an_id("other")),
    lambda: withdraw(language="en"),
]


def test_what_was_live_at_each_line_is_found_at_any_later_moment_and_is_as_much_as_was_counted_then() -> None:
    counted: list[tuple[int, int]] = []
    for happen in HAPPENING:
        happen()
        start = snapshots.start(ALL)
        counted.append((start.head.sequence, start.count))
        # Now, and at every line before.
        assert [len(live_at(sequence)) for sequence, _ in counted] == [count for _, count in counted]
    assert [count for _, count in counted] == [1, 2, 3, 2, 2, 1, 2, 2, 3, 2]


def test_pages_are_in_order_and_hold_each_text_once() -> None:
    for number in range(7):
        shelve(a_document(slug=f"statya-{number}"), item=an_id(f"item/{number}"))
        shelve(an_english_document(slug=f"article-{number}"), "en", item=an_id(f"item/{number}"))
    for limit in (1, 2, 3, 14, 100):
        found = live_at(14, limit=limit)
        assert found == sorted(set(found))
        assert len(found) == 14


def test_each_text_knows_where_its_other_language_stands() -> None:
    shelve(a_document())
    shelve(an_english_document(), "en")
    withdraw(language="en")
    [english, russian] = snapshots.page(ALL, 2, after=None, limit=5)
    assert (english.is_live, russian.is_live) == (False, True)
    assert (english.twin, russian.twin) == (russian.standing, english.standing)


@pytest.mark.parametrize(
    ("extent", "count"), [(Extent(["article"], ["ru"]), 1), (Extent(["faq"], ["ru", "en"]), 0), (ALL, 2)]
)
def test_a_part_of_the_shelf_is_counted_and_read_alike(extent: Extent, count: int) -> None:
    shelve(a_document())
    shelve(an_english_document(), "en")
    assert snapshots.start(extent).count == len(live_at(2, extent)) == count


def test_count_and_line_are_of_one_moment_because_they_are_one_query() -> None:
    shelve(a_document())
    with CaptureQueriesContext(connection) as made:
        snapshots.start(ALL)
    assert len(made) == 1


def test_a_page_reads_on_from_its_place_without_sorting_what_lies_before() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("plans are told differently there")
    shelve(a_document())
    with CaptureQueriesContext(connection) as made:
        snapshots.page(ALL, 1, after=(UUID(ARTICLE), "en"), limit=5)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {made[0]['sql']}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "(item>?)" in plan
    assert "TEMP B-TREE" not in plan
