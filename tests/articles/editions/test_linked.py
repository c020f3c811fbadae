"""The newest few texts that carry a part or lead to an item, read along an index however many there are."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions.linked import carried_in, carried_parts, carrying, linking, links_of_newest, newest_carriers
from articles.editions.queries import latest, live_list
from articles.editions.shelf import Standing
from tests.factories.documents import (
    ARTICLE,
    a_document,
    a_person,
    a_quote,
    an_id,
    item_link,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db


def speaking(*numbers: int) -> None:
    for number in numbers:
        document = a_document(quoted(a_quote()), slug=f"a-{number}", title=f"№ {number}")
        shelve(document, item=an_id(f"a/{number}"), at=later(number))


def slugs(texts: list) -> list[str]:
    return [one.standing.slug for one in texts]


def test_texts_that_carry_a_part_are_the_live_ones_of_a_language_newest_first(
    django_assert_num_queries: Callable,
) -> None:
    speaking(0, 1, 2)
    shelve(a_document(quoted(a_quote()), slug="gone"), item=an_id("gone"))
    withdraw(an_id("gone"))
    shelve(a_document(quoted(a_quote(speaker=None)), slug="other"), item=an_id("other"))
    shelve(a_document(quoted(a_quote()), slug="english"), "en", item=an_id("english"))

    with django_assert_num_queries(2):
        spoken = carrying("expert", "ru", a_person().id, limit=9)

    assert slugs(spoken) == ["a-2", "a-1", "a-0"]


def test_a_part_is_carried_in_the_languages_in_which_a_text_with_it_is_live(
    django_assert_num_queries: Callable,
) -> None:
    spoken, gone, unknown = (UUID(an_id(name)) for name in ("spoken", "gone", "unknown"))
    for name in ("spoken", "gone"):
        shelve(a_document(quoted(a_quote(id=an_id(name))), slug=name), item=an_id(f"in {name}"))
    shelve(a_document(quoted(a_quote(id=an_id("spoken"))), slug="english"), "en", item=an_id("english"))
    withdraw(an_id("in gone"))

    with django_assert_num_queries(1):
        assert carried_in("quote", [spoken, gone, unknown]) == {(spoken, "ru"), (spoken, "en")}
    with django_assert_num_queries(0):
        assert carried_in("quote", []) == set()


def test_a_list_goes_on_behind_a_text_even_when_that_one_is_gone() -> None:
    speaking(0, 1, 2)
    first = carrying("expert", "ru", a_person().id, limit=2)
    withdraw(first[-1].item)
    behind = UUID(first[-1].item)
    assert slugs(first) == ["a-2", "a-1"]
    assert slugs(carrying("expert", "ru", a_person().id, limit=2, before=behind)) == ["a-0"]
    assert slugs(latest("article", "ru", limit=9, before=behind)) == ["a-0"]
    assert carrying("expert", "ru", a_person().id, limit=2, before=UUID(an_id("nobody"))) == []
    assert latest("article", "ru", limit=9, before=UUID(an_id("nobody"))) == []


def test_texts_of_one_moment_come_once_each_however_they_are_read() -> None:
    for number in range(5):
        shelve(a_document(slug=f"a-{number}"), item=an_id(f"{number}"))
    found, behind = [], None
    while page := latest("article", "ru", limit=2, before=behind):
        found += slugs(page)
        behind = UUID(page[-1].item)
    assert sorted(found) == [f"a-{number}" for number in range(5)]


def test_what_leads_to_each_item_is_told_newest_first_and_no_more_than_asked_for(
    django_assert_num_queries: Callable,
) -> None:
    one, two, nothing = UUID(an_id("one")), UUID(an_id("two")), UUID(an_id("nothing"))
    both = text(said(item_link("раз", str(one), "term"), item_link("два", str(two), "term")), name="t")
    marked = {"type": "term", "term": str(one), "content": [{"type": "text", "text": "крампи"}]}
    shelve(a_document(both, slug="both", title="Обе"), item=an_id("both"))
    shelve(a_document(text(said("Это ", marked, "."), name="t"), slug="marks", title="Одна"), item=an_id("marks"))
    shelve(a_document(conditions=[str(two)], slug="about", title="О ней"), item=an_id("about"))
    shelve(a_document(both, slug="gone"), item=an_id("gone"))
    withdraw(an_id("gone"))
    shelve(a_document(both, slug="english"), "en", item=an_id("english"))

    with django_assert_num_queries(2):
        found = linking("term", "ru", [one, two, nothing], limit=9)

    assert {item: [target.title for target in targets] for item, targets in found.items()} == {
        str(one): ["Одна", "Обе"], str(two): ["О ней", "Обе"],
    }  # fmt: skip
    assert [target.title for target in linking("term", "ru", [one], limit=1)[str(one)]] == ["Одна"]
    assert linking("term", "ru", [], limit=1) == {}


def test_what_the_newest_texts_lead_to_is_counted() -> None:
    asked = UUID(an_id("asked"))
    shelve(a_document(text(said(item_link("давно", an_id("old"), "faq")), name="t"), slug="old"), item=an_id("x"))
    leads = text(said(item_link("спросить", str(asked), "faq")), name="t")
    shelve(a_document(leads, slug="new"), item=an_id("y"), at=later(1))
    assert links_of_newest(["article", "faq"], "ru", "faq", limit=1) == {asked: 1}


# These indexes are there to be read in this order, and the walk ends early.
WALKS: dict[str, tuple[Callable[[], object], str]] = {
    "a part": (lambda: newest_carriers("expert", [UUID(a_person().id)], "ru", limit=3), "mention_by_part"),
    "parts in order": (lambda: carried_parts("expert", "ru", limit=3), "mention_by_part"),
    "the newest": (lambda: latest("article", "ru", limit=3), "standing_in_list_order"),
    "behind one": (lambda: latest("article", "ru", limit=3, before=UUID(ARTICLE)), "standing_in_list_order"),
    "the next ones": (
        lambda: live_list("article", "ru", limit=3, after=(later(1), UUID(ARTICLE))),
        "standing_in_list_order",
    ),
}


@pytest.mark.parametrize("walk", WALKS)
def test_each_list_is_a_walk_along_an_index_without_a_sort(walk: str) -> None:
    speaking(0, 1)
    # Among two texts every way to them costs the same; among these, one does.
    for number in range(40):
        other = quoted(a_quote(id=an_id(f"quote/{number}"), speaker=a_person(id=an_id(f"person/{number}"))))
        shelve(a_document(other, slug=f"b-{number}"), item=an_id(f"b/{number}"))
    plan = _plan(WALKS[walk][0])
    assert WALKS[walk][1] in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_reading_the_newest_of_many_reads_as_much_as_of_few() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite counts its steps")
    speaking(*range(6))
    few = _steps(lambda: newest_carriers("expert", [UUID(a_person().id)], "ru", limit=3))
    speaking(*range(6, 60))
    many = _steps(lambda: newest_carriers("expert", [UUID(a_person().id)], "ru", limit=3))
    # It is told every so many steps, so the count is exact to one or two.
    assert many <= few + 2
    assert Standing.objects.count() == 60


def _plan(walk: Callable[[], object]) -> str:
    with CaptureQueriesContext(connection) as made:
        walk()
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What the planner believes of the tables comes from whatever tests were here before.
            cursor.execute("ANALYZE articles_mention, articles_standing")
            # So small a table is read whole, whatever indexes it has.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )
        cursor.execute(f"{how} {made[0]['sql']}")
        return "\n".join(str(row) for row in cursor.fetchall())


def _steps(walk: Callable[[], object]) -> int:
    """How often the machine of SQLite reports that it has done ten steps."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(count, 10)
    try:
        walk()
    finally:
        connection.connection.set_progress_handler(None, 10)
    return steps
