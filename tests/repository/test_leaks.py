"""Nothing that a reader may not see is in anything that is composed, put on the shelf or written into the journal."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.content.blocks import BLOCKS, blocks
from articles.content.desk_object import DeskObject
from articles.content.texts import Article
from articles.editions.journal import public_line
from articles.editions.shelf import Address, Change, Edition, Mention, Standing
from articles.editions.value import encoded, plain
from articles.publishing.compose import compose
from articles.publishing.publish import Decision, Terms, publish
from tests.factories.desk import NOON, a_quote, a_text, an_article, an_editor, an_expert, place

# Letters that the rest of the data has none of, so that finding them means a leak.
SECRET = st.text(st.sampled_from("ѪѬѨѩѮѯѰѱ"), min_size=6, max_size=12)
NUMBER = st.integers(min_value=910_000_000, max_value=999_999_999)


def internal_fields(row: models.Model) -> frozenset[str]:
    assert isinstance(row, (DeskObject, *BLOCKS))
    return row.internal


def fill(row: models.Model, text: str, number: int) -> None:
    """Put the secret into every internal field of a row, past forms and saves."""
    values: dict[str, Any] = {}
    for name in internal_fields(row):
        field = row._meta.get_field(name)
        values[name] = number if isinstance(field, models.IntegerField) else text
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def whole(article: Article) -> list[models.Model]:
    placed = [block.quote for block in blocks(article) if hasattr(block, "quote")]
    people = [quote.expert for quote in placed if quote.expert]
    sources = [quote.source for quote in placed] + [
        source for quote in placed for source in quote.verdict_sources.all()
    ]
    return [article, *blocks(article), *placed, *people, *[person.organisation for person in people], *sources]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
@given(text=SECRET, number=NUMBER)
def test_no_internal_value_and_no_internal_name_is_in_a_composed_document(text: str, number: int) -> None:
    article = an_article(slug=f"test-{uuid4()}")
    place(article, a_quote())
    rows = whole(article)
    for row in rows:
        fill(row, text, number)
    article.refresh_from_db()
    for language in ("ru", "en"):
        document = compose(article, language).document
        assert len(document.blocks) == 3
        said = encoded(document).decode()
        assert text not in said
        assert str(number) not in said
        names = {name for row in rows for name in internal_fields(row)}
        assert names & set(keys(plain(document))) == set()


@pytest.mark.django_db
def test_nothing_of_the_desk_but_the_text_itself_reaches_the_shelf() -> None:
    by = an_editor()
    article = an_article(internal_note="ѪѬ private")
    place(article, a_quote(internal_note="ѪѬ private"))
    an_article(slug="never-published", title_ru="ѪѬ черновик", title_en="ѪѬ draft")
    a_quote(text_ru="ѪѬ не размещена", text_en="ѪѬ not placed")
    an_expert(name_ru="ѪѬ не назван", name_en="ѪѬ not named")
    publish("article", article.pk, {"ru": Terms(), "en": Terms()}, decision=Decision("Checked later."), by=by, at=NOON)
    a_text(article, ordering=99, ru="ѪѬ начатый абзац", en="ѪѬ half-typed")
    on_the_shelf = [
        str(row) for model in (Edition, Mention, Change, Standing, Address) for row in model.objects.values()
    ]
    on_the_shelf += [str(public_line(line)) for line in Change.objects.all()]
    assert Edition.objects.count() == 2
    assert [row for row in on_the_shelf if "ѪѬ" in row] == []


@pytest.mark.django_db
def test_no_word_of_one_language_is_in_the_document_of_the_other() -> None:
    article = an_article()
    a_text(article, ordering=50, ru="Только по-русски.")
    a_text(article, ordering=60, ru="", en="Only in English.")
    place(article, a_quote())
    english = compose(article, "en").document
    russian = compose(article, "ru").document
    for own, other in ((english, "Только по-русски"), (russian, "Only in English")):
        assert other not in encoded(own).decode()
        assert len(own.missing) == 1
    letters = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
    assert letters & set(encoded(english).decode().lower()) == set()


def keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in keys(inner))]
    return [key for inner in value for key in keys(inner)] if isinstance(value, list) else []
