"""Lists: short items in the order of their last change, page by page."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import NOON, a_document, an_english_document, an_id, heading, shelve, withdraw


def shelve_many(count: int) -> list[str]:
    """Articles in the order in which the list shows them."""
    items = [an_id(f"item/{number}") for number in range(count)]
    for number, item in enumerate(items):
        document = a_document(heading("Что это"), slug=f"statya-{number}", title=f"Статья {number}")
        shelve(document, item=item, at=NOON + timedelta(minutes=number))
    return items


def test_a_list_is_ordered_by_the_last_change_and_holds_no_blocks(partner: Partner) -> None:
    items = shelve_many(3)
    listed = partner.json("articles/?lang=ru")
    assert [item["id"] for item in listed["results"]] == items
    assert listed["next"] is None
    assert listed["head"] == 3
    assert "blocks" not in listed["results"][0]
    assert listed["results"][0]["summary"] == "О чём эта статья."


def test_pages_of_a_list_hold_every_item_once(partner: Partner) -> None:
    items = shelve_many(5)
    pages = list(partner.pages("articles/?lang=ru&limit=2&fields=title"))
    assert [[item["id"] for item in page["results"]] for page in pages] == [items[:2], items[2:4], items[4:]]
    assert all(
        "lang=ru" in page["next"] and "limit=2" in page["next"] and "fields=title" in page["next"] for page in pages[:2]
    )


def test_pages_of_items_that_changed_in_the_same_moment_lose_none(partner: Partner) -> None:
    items = [an_id(f"same/{number}") for number in range(5)]
    for number, item in enumerate(items):
        shelve(a_document(slug=f"same-{number}"), item=item)
    seen = [item["id"] for page in partner.pages("articles/?lang=ru&limit=1") for item in page["results"]]
    assert sorted(seen) == sorted(items)


def test_an_item_that_changes_while_the_list_is_read_is_not_missed(partner: Partner) -> None:
    items = shelve_many(3)
    first = partner.json("articles/?lang=ru&limit=1")
    shelve(a_document(slug="statya-1", title="Новое"), item=items[1], at=NOON + timedelta(hours=5), change="update")
    rest = list(partner.pages(first["next"].removeprefix("http://testserver")))
    assert [item["id"] for page in rest for item in page["results"]] == [items[2], items[1]]


def test_a_list_shows_only_what_is_live_in_its_language(partner: Partner) -> None:
    items = shelve_many(2)
    withdraw(items[0])
    shelve(an_english_document(), "en", item=items[1])
    assert [item["id"] for item in partner.json("articles/?lang=ru")["results"]] == [items[1]]
    assert [item["title"] for item in partner.json("articles/?lang=en")["results"]] == ["Cramps in tests"]


def test_a_list_of_nothing_is_empty(partner: Partner) -> None:
    assert partner.json("articles/?lang=en") == {"results": [], "next": None, "head": 0}


def test_a_list_costs_the_same_with_one_item_and_with_thirty(partner: Partner) -> None:
    shelve_many(1)
    with CaptureQueriesContext(connection) as with_one:
        partner.get("articles/?lang=ru")
    shelve_many(30)
    with CaptureQueriesContext(connection) as with_thirty:
        assert len(partner.json("articles/?lang=ru")["results"]) == 30
    assert len(with_one) == len(with_thirty) == 4
