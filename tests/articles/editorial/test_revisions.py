"""Every save is kept, and nobody's save overwrites another's."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.content.aggregates import dump
from articles.content.texts import Article
from articles.editorial.confirmations import WORDS, confirm, confirmed
from articles.editorial.revisions import (
    Revision,
    StaleVersionError,
    claim_version,
    keep,
    last_saved,
    restore,
    revisions,
)
from articles.publishing.withdraw import withdraw_part
from tests.factories.desk import NOON, a_quote, a_text, an_article, an_editor, place
from tests.factories.desk_kinds import a_question
from tests.factories.shelf import later

pytestmark = pytest.mark.django_db


def save(article, vera, minutes=0, **fields):
    """Save as a form does: claim the version that was read, change, keep."""
    with transaction.atomic():
        article.version = claim_version(article, article.version)
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()
        return keep(article, by=vera, at=later(minutes))


def test_a_save_is_kept_whole_with_its_author_and_moment():
    article, vera = an_article(), an_editor()

    revision = save(article, vera, title_ru="Первое")

    assert (revision.number, revision.saved_by, revision.saved_at) == (2, vera, NOON)
    assert revision.data == dump(article)


def test_a_second_save_from_the_same_version_is_refused_and_shown_the_first():
    article, vera = an_article(), an_editor()
    other = Article.objects.get(pk=article.pk)
    first = save(article, vera, title_ru="Первое")

    with pytest.raises(StaleVersionError) as refusal:
        save(other, an_editor("petr"), title_ru="Второе")

    assert refusal.value.current == first
    assert Article.objects.get(pk=article.pk).title_ru == "Первое"


def test_restoring_brings_back_words_and_blocks_as_a_new_version():
    article, vera = an_article(), an_editor()
    first = save(article, vera, title_ru="Первое")
    a_text(article, ordering=40, ru="Потом лишнее.")
    save(article, vera, 1, title_ru="Второе")

    restored = restore(first, expected=3, by=vera, at=later(2))

    assert dump(restored) == first.data
    assert [(kept.number, kept.restored_from) for kept in revisions(article)] == [(4, 2), (3, None), (2, None)]


def test_restoring_over_a_newer_save_is_refused():
    article, vera = an_article(), an_editor()
    first = save(article, vera)
    save(article, vera, 1)

    with pytest.raises(StaleVersionError):
        restore(first, expected=2, by=vera, at=later(2))


def test_a_kept_version_cannot_be_changed():
    article, vera = an_article(), an_editor()
    save(article, vera)

    with pytest.raises(DatabaseError, match="written for good"), transaction.atomic():
        Revision.objects.update(number=9)


def test_a_translation_that_is_restored_counts_as_unconfirmed_and_the_rest_stays_confirmed():
    article, vera = an_article(), an_editor()
    first = save(article, vera)
    block, heading = article.textblock_set.get(), article.headingblock_set.get()
    block.text_en = "<p>Better English.</p>"
    block.save()
    save(article, vera, 1)
    confirm(article.pk, "en", {str(block.pk): "a" * 64, str(heading.pk): "b" * 64}, by=vera, at=later(1))

    restore(first, expected=3, by=vera, at=later(2))

    assert confirmed(article.pk, "en") == {str(heading.pk): "b" * 64}


def test_a_restored_quote_is_unconfirmed_wherever_it_is_placed():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    block = place(article, quote)
    first = save(quote, vera)
    save(quote, vera, 1, text_en="According to the neurologist, something else.")
    confirm(article.pk, "en", {str(block.pk): "a" * 64, "head": "b" * 64}, by=vera, at=later(1))

    restore(first, expected=3, by=vera, at=later(2))

    assert confirmed(article.pk, "en") == {"head": "b" * 64}


def test_restoring_an_earlier_version_does_not_take_back_a_withdrawal():
    quote, vera = a_quote(), an_editor()
    first = save(quote, vera)
    withdraw_part("quote", quote.pk, reason_code="error", reasons={"ru": "Нет.", "en": "No."}, by=vera, at=later(1))

    # The withdrawal is a version of its own, so a form that was opened before it is older.
    restored = restore(first, expected=3, by=vera, at=later(2))

    assert restored.withdrawn_at == later(1)


def test_the_words_of_a_restored_quote_are_unconfirmed_for_articles_that_place_it_later():
    quote, vera = a_quote(), an_editor()
    first = save(quote, vera)
    save(quote, vera, 1, text_en="Something else.")
    confirm(quote.pk, "en", {WORDS: "a" * 64}, by=vera, at=later(1))

    restore(first, expected=3, by=vera, at=later(2))

    assert confirmed(quote.pk, "en") == {}


def test_the_newest_saves_of_some_kinds_come_newest_first_and_as_often_as_they_were_made():
    article, other, question, quote, vera = an_article(), an_article("other"), a_question(), a_quote(), an_editor()
    for number, one in enumerate([article, question, quote, article, other]):
        save(one, vera, number)

    assert last_saved(["article", "faq"], 9) == [other.pk, article.pk, question.pk, article.pk]
    assert last_saved(["faq", "article"], 2) == [other.pk, article.pk]
    assert last_saved(["quote"], 9) == [quote.pk]
    assert last_saved(["page"], 9) == last_saved([], 9) == []


def test_the_newest_saves_are_walks_along_an_index_and_not_sorted_out_of_all():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL decides by how many there are")
    with CaptureQueriesContext(connection) as captured:
        last_saved(["article", "faq", "page"], 20)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    walks = [step for step in plan if "articles_revision" in step]
    assert walks == ["SEARCH articles_revision USING INDEX revision_by_kind (kind=?)"] * 3
    # Sorted is only what the walks have brought.
    assert sum("TEMP B-TREE" in step for step in plan) == 1
