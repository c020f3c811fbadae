"""Whatever is typed at the desk is searched, in every column of every kind."""

from collections.abc import Iterator

import pytest
from django.db import models
from pytest_django import DjangoDbBlocker

from articles.canonical.folding import query_words
from articles.content.aggregates import AGGREGATES, ROWS
from articles.content.finding import find
from tests.factories.desk import NOON
from tests.factories.desk_kinds import a_page, a_term, an_article_with_everything
from tests.factories.triage_desk import a_protocol
from tests.services.scenes import scene

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def everything(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with scene(django_db_blocker):
        an_article_with_everything()
        a_term()
        a_page()
        a_protocol()
        yield


def text_columns_of_every_kind() -> list[tuple[type[models.Model], str]]:
    """Asked of Django and not of the code under test: what is typed as text and is no choice from a list."""
    found = []
    for model in dict.fromkeys([*AGGREGATES.values(), *(row for rows in ROWS.values() for row in rows.models)]):
        columns = {field.name for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices and field.editable
            # The field of both languages, and where a block stands, are the program's own.
            if is_text and f"{field.name}_ru" not in columns and field.name != "region":
                found.append((model, field.name))
    return found


# What the database wants beside it.
_WITH = {column: {"replied_on": NOON.date()} for column in ("reply_ru", "reply_en")}


@pytest.mark.parametrize(
    ("model", "column"), text_columns_of_every_kind(), ids=lambda one: one if isinstance(one, str) else one.__name__
)
def test_every_text_column_of_every_kind_is_searched(model: type[models.Model], column: str) -> None:
    row = model._default_manager.first()
    longest = model._meta.get_field(column).max_length or 40
    word = "ѪѬѨѩѮѯ"[:longest]
    assert row is not None
    model._default_manager.filter(pk=row.pk).update(**{column: word} | _WITH.get(column, {}))

    words = query_words(word)
    (items,) = find(words, list(AGGREGATES)).values()

    holder = getattr(row, "parent_id", None) or row.pk
    assert [item.id for item in items] == [holder]
    assert {place.name for item in items for row in item.rows for place, _pieces in row.places(words)} == {column}
