"""What an answer depends on is what its readers would see change, and what nobody accounts for is everything."""

from collections.abc import Callable
from contextlib import AbstractContextManager as ContextManager

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.editions import noting, queries
from articles.editions.remembered import Remembered
from articles.editions.services import known_services
from articles.editions.shelf import Change, Standing
from articles.partners.partner import Partner
from tests.factories.desk import an_article
from tests.factories.shelf import publish_article

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.mark.django_db
def test_sql_that_nobody_accounts_for_depends_on_everything() -> None:
    with noting.recorded() as notes:
        list(Standing.objects.all())

    assert (notes.tags, notes.is_kept) == ({noting.EVERYTHING}, True)


@pytest.mark.django_db
def test_what_lies_outside_the_shelf_keeps_an_answer_from_being_kept() -> None:
    with noting.recorded() as notes:
        list(Partner.objects.all())
    with noting.recorded() as raw, connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert (notes.is_kept, raw.is_kept) == (False, False)


@pytest.mark.django_db
def test_an_answer_after_a_fault_of_the_database_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    from articles.editions import prepared

    def lost(*given: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(prepared.KNOWN, "rows", lost)
    with noting.recorded() as notes:
        assert known_services("ru")

    assert not notes.is_kept


@pytest.mark.django_db
def test_who_asks_is_no_part_of_an_answer() -> None:
    with noting.recorded() as notes, noting.aside():
        list(Partner.objects.all())

    assert (notes.tags, notes.is_kept) == (set(), True)


@pytest.mark.django_db
def test_what_is_not_there_yet_counts_too(editor: User) -> None:
    with noting.recorded() as notes:
        assert queries.by_slug("article", "nothing") is None
        assert queries.targets([NOBODY], "en") == {}
        assert queries.by_id("faq", NOBODY) is None

    assert notes.tags == {"kind:article", f"item:{NOBODY}"}


@pytest.mark.django_db
def test_very_many_items_are_said_as_their_language() -> None:
    many = [f"00000000-0000-4000-8000-{number:012}" for number in range(noting.MOST_ITEMS + 1)]
    with noting.recorded() as notes:
        queries.targets(many, "en")

    assert notes.tags == {"language:en"}


@pytest.mark.django_db
def test_nothing_is_noted_outside_of_an_answer() -> None:
    queries.head()
    noting.note("item:1")
    noting.keep_not()

    with noting.recorded() as notes:
        pass
    assert notes.tags == set()


@pytest.mark.django_db
def test_a_line_touches_its_item_its_lists_and_the_parts_that_it_carries(editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor, languages=["ru"])
    line = Change.objects.get()

    touched = noting.touched(kind=line.kind, item=line.item, language="ru", tags_json='["quote:7", "link:topic:8"]')

    own = {f"item:{article.pk}", "kind:article", "list:article:ru", "language:ru", "everything"}
    assert touched == own | {"quote:7", "part:quote", "link:topic:8", "part:link:topic"}
    assert own <= noting.touched(kind=line.kind, item=line.item, language="ru", tags_json=line.tags_json)


@pytest.mark.django_db
def test_what_is_lent_is_read_once_and_counts_for_each_answer(
    editor: User, django_assert_num_queries: Callable[[int], ContextManager[object]]
) -> None:
    lent = Remembered()
    for queries_made in (1, 0):
        with noting.recorded(lent) as notes, django_assert_num_queries(queries_made):
            assert [one.number for one in known_services("ru")] == ["103", "112"]
        assert (notes.tags, notes.is_kept) == ({"calls:ru"}, True)


@pytest.mark.django_db
def test_without_anything_lent_each_reading_reads(
    django_assert_num_queries: Callable[[int], ContextManager[object]],
) -> None:
    with django_assert_num_queries(2):
        with noting.recorded():
            known_services("ru")
        known_services("ru")


def test_a_fault_is_not_remembered() -> None:
    lent = Remembered()

    def lost() -> str:
        raise ConnectionError

    with noting.recorded(lent):
        with pytest.raises(ConnectionError):
            noting.remembered("name", {"tag"}, lost)
        assert noting.remembered("name", {"tag"}, lambda: "found") == "found"
