"""What an upgrade does with texts and editions that were there before."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from articles.content.aggregates import dump
from articles.content.texts import Article
from articles.editions.shelf import Standing
from articles.editions.verifying import verify_editions
from articles.publishing.dues import Due
from articles.publishing.settle import settle
from tests.factories.desk import an_article, an_editor
from tests.factories.documents import REVIEWED, a_document, an_english_document, an_id, heading, shelve, withdraw
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

migration = import_module("articles.migrations.0005_credits_and_overdue_reviews")


def test_what_is_live_and_promised_a_review_waits_for_it_and_nothing_else_does() -> None:
    gone = an_id("gone")
    shelve(a_document(heading("Что это")), review=REVIEWED)
    shelve(an_english_document(heading("What it is")), "en")
    shelve(a_document(heading("Снято"), slug="gone"), item=gone, review=REVIEWED)
    withdraw(gone)

    migration.await_reviews(apps, None)

    [due] = Due.objects.all()
    day_after = datetime(2028, 11, 21, tzinfo=UTC)
    assert (due.act, due.kind, due.language, due.due_at) == ("review", "article", "ru", day_after)
    assert due.arranged_by is None
    assert settle(day_after) == 1
    assert Standing.objects.get(language="ru", state="live").overdue_since == day_after
    assert list(verify_editions()) == []


def test_what_waits_already_is_replaced_by_the_next_review_as_ever() -> None:
    article, vera, anna = an_article(), an_editor(), a_reviewer()
    sign_text(article, "ru", by=anna)
    publish_article(article, by=vera, languages=["ru"])
    Due.objects.all().delete()
    migration.await_reviews(apps, None)
    Article.objects.update(summary_ru="Иначе.")
    sign_text(article, "ru", by=anna, next_on=date(2027, 5, 1), at=later(1))

    publish_article(article, by=vera, languages=["ru"], at=later(1))

    assert [row.due_at for row in Due.objects.all()] == [datetime(2027, 5, 2, tzinfo=UTC)]


def test_texts_that_were_there_before_name_nobody_in_the_words_in_which_files_say_it() -> None:
    article = an_article()
    # As a column that was added leaves it.
    Article.objects.update(authors_ru=None, authors_en=None, translators_ru=None, translators_en=None)

    migration.nobody_named(apps, None)

    data = dump(Article.objects.get(pk=article.pk))
    assert data["authors"] == data["translators"] == {"ru": "", "en": ""}
