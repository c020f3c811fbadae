"""A statement that is made once answers as the queryset does that it was made of, on every database."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext

from articles.editions import mirroring, noting, prepared
from articles.editions.mirror_place import ALIAS, reading
from articles.editions.shelf import Standing
from articles.editions.statements import Statement
from tests.factories.desk import an_article, an_editor
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def texts(number: int) -> list[UUID]:
    vera = an_editor()
    return [UUID(str(publish_article(an_article(f"a-{one}"), by=vera)["ru"].item)) for one in range(number)]


def among(items: list[UUID], language: str) -> "QuerySet[Standing]":
    rows = Standing.objects.filter(item__in=items, language=language).select_related("edition")
    return rows.annotate(said=Value("constant")).order_by("slug")


def test_the_rows_are_those_of_the_queryset_for_lists_of_every_length() -> None:
    items = texts(3)
    others = [UUID(int=number) for number in range(1, 70)]
    statement = Statement(Standing, among)

    for length in (1, 2, 3, 4, 5, 64, 65, 3, 1):
        wanted = [*items, *others][:length]
        for language in ("ru", "en", "la"):
            rows = statement.rows(wanted, language)
            assert [(row.edition.document, row.said, row.item) for row in rows] == [
                (row.edition.document, row.said, row.item) for row in among(wanted, language)
            ]


def test_rows_are_whole_rows_which_read_nothing_more(django_assert_num_queries) -> None:
    (item,) = texts(1)

    for _ in ("made", "made already"):
        with django_assert_num_queries(1):
            rows = prepared.OF_ITEM.rows(item)
            assert {row.edition.document.title for row in rows} == {row.title for row in rows}
        expected = Standing.objects.filter(item=item).order_by("language")
        for row, other in zip(sorted(rows, key=lambda one: one.language), expected, strict=True):
            assert [getattr(row, field.attname) for field in Standing._meta.fields] == [
                getattr(other, field.attname) for field in Standing._meta.fields
            ]
            assert (row._state.db, row._state.adding) == ("default", False)


def test_words_of_an_address_stay_words() -> None:
    texts(1)

    for slug in ("a-0' OR 1=1 --", "%s", "value 2", "100%", ""):
        assert prepared.AT_SLUGS.rows("article", [slug, slug]) == []
    assert len(prepared.AT_SLUGS.rows("article", ["a-0", "value 3"])) == 2


def test_what_is_read_is_noted() -> None:
    (item,) = texts(1)
    prepared.OF_ITEM.rows(item)

    with noting.recorded() as notes:
        prepared.OF_ITEM.rows(item)

    assert (notes.tags, notes.is_kept) == ({noting.EVERYTHING}, True)


def test_a_value_without_a_place_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="no place"):
        Statement(Standing, lambda kind, language: Standing.objects.filter(kind=kind)).rows("article", "ru")


@pytest.mark.usefixtures("copy")
def test_within_an_answer_from_the_local_copy_the_copy_is_asked() -> None:
    (item,) = texts(1)
    prepared.OF_ITEM.rows(item)
    mirroring.catch_up()

    with reading() as is_here:
        rows = prepared.OF_ITEM.rows(item)

    assert is_here
    assert {row._state.db for row in rows} == {ALIAS}
    assert len(rows) == 2


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_closed_meanwhile_is_opened_again() -> None:
    (item,) = texts(1)
    before = [row.edition.document for row in prepared.OF_ITEM.rows(item)]

    connection.close()

    assert [row.edition.document for row in prepared.OF_ITEM.rows(item)] == before != []


@pytest.mark.django_db(transaction=True)
def test_each_thread_reads_through_a_connection_of_its_own() -> None:
    (item,) = texts(1)
    prepared.OF_ITEM.rows(item)
    asked: dict[int, int] = {}

    def ask(number: int) -> int:
        try:
            with CaptureQueriesContext(connections["default"]) as queries:
                rows = prepared.OF_ITEM.rows(item)
            asked[number] = len(queries)
            return len(rows)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(ask, range(6))) == [2] * 6
    assert asked == dict.fromkeys(range(6), 1)


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_has_ended_leaves_nothing_behind() -> None:
    (item,) = texts(1)

    def ask() -> "weakref.ref[BaseDatabaseWrapper]":
        try:
            assert prepared.OF_ITEM.rows(item)
            return weakref.ref(connections["default"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        used = pool.submit(ask).result()
    gc.collect()

    assert used() is None
