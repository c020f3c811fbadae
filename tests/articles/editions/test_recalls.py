"""What was withdrawn is given out by no old edition, whatever happened to the text in between."""

import pytest

from articles.editions.recalls import recall
from articles.editions.shelf import Edition
from articles.publishing.withdraw import withdraw, withdraw_part
from tests.factories.desk import a_quote, an_article, an_editor, place
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

WHY = {"ru": "Ошибка.", "en": "An error."}


@pytest.fixture
def scene():
    article, vera = an_article(), an_editor()
    quote = a_quote()
    block = place(article, quote)
    publish_article(article, by=vera)
    return article, quote, block, vera


def edition(article, number, language="ru"):
    return Edition.objects.get(item=article.pk, language=language, number=number)


def test_an_edition_whose_parts_all_stand_is_not_recalled(scene):
    assert recall(edition(scene[0], 1)) is None


def test_the_edition_before_the_withdrawal_is_recalled_and_the_one_with_the_notice_is_not(scene):
    article, quote, _, vera = scene
    withdraw_part("quote", quote.pk, reason_code="request", reasons=WHY, by=vera, at=later(1))

    gone = recall(edition(article, 1, "en"))

    assert (gone.part_kind, gone.part, gone.reason_code, gone.reason("en")) == (
        "quote",
        quote.pk,
        "request",
        "An error.",
    )
    assert recall(edition(article, 2, "en")) is None


def test_a_quote_that_had_left_the_text_before_it_was_withdrawn_is_recalled_all_the_same(scene):
    article, quote, block, vera = scene
    block.delete()
    publish_article(article, by=vera, at=later(1))

    withdraw_part("quote", quote.pk, reason_code="error", reasons=WHY, by=vera, at=later(2))

    assert recall(edition(article, 1)).part == quote.pk
    assert recall(edition(article, 2)) is None


def test_a_quote_withdrawn_while_its_text_was_off_the_shelf_is_recalled(scene):
    article, quote, _, vera = scene
    withdraw("article", article.pk, ["ru"], reason_code="error", reasons=WHY, by=vera, at=later(1))

    withdraw_part("quote", quote.pk, reason_code="error", reasons=WHY, by=vera, at=later(2))

    assert recall(edition(article, 1)).part == quote.pk


def test_a_source_is_recalled_from_editions_that_show_it_without_its_notice(scene):
    article, _, _, vera = scene
    source = edition(article, 1).document.sources[0]

    withdraw_part("source", source.id, reason_code="source", reasons=WHY, by=vera, at=later(1))

    assert str(recall(edition(article, 1)).part) == source.id
    assert recall(edition(article, 2)) is None
