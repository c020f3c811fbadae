"""Digests for lists are those that publishing would give, and no change to any row behind them is missed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.blocks import HeadingBlock, QuoteBlock, TextBlock
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.publishing.compose import compose
from articles.publishing.digests import content_digests
from articles.publishing.gist_following import follow
from tests.factories.desk import a_quote, a_text, an_article, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    article = an_article()
    place(article, a_quote())
    a_text(article, ordering=40, ru="Только по-русски.")
    return article


def both(article: Article) -> dict[str, str]:
    return {language: digest for (_, language), digest in content_digests([article]).items()}


def test_they_are_the_digests_of_what_would_be_published(article: Article) -> None:
    composed = {language: compose(article, language).content_digest for language in ("ru", "en")}

    assert both(article) == composed
    follow()
    assert both(article) == composed, "those that are kept are the same"


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Article, {"title_ru": "Иначе"}),
        (HeadingBlock, {"text_ru": "Иначе"}),
        (TextBlock, {"text_ru": "<p>Иначе</p>"}),
        (TextBlock, {"essential": True}),
        (QuoteBlock, {"ordering": 5}),
        (Quote, {"verdict": "not_assessed"}),
        (Expert, {"post_ru": "иначе"}),
        (Organisation, {"name_ru": "Иначе"}),
        (Source, {"title": "Otherwise"}),
    ],
)
def test_a_change_past_the_forms_is_noticed_without_a_new_version(article: Article, model: type, changes: dict) -> None:
    follow()
    before = both(article)

    model.objects.update(**changes)

    after = both(Article.objects.get())
    assert after["ru"] != before["ru"]
    assert after["ru"] == compose(Article.objects.get(), "ru").content_digest


def test_another_source_of_a_verdict_is_noticed(article: Article) -> None:
    before = both(article)

    Quote.objects.get().verdict_sources.clear()

    assert both(article) != before


def test_a_citation_of_a_source_that_is_gone_is_left_out_as_in_publishing(article: Article) -> None:
    Source.objects.filter(title="Source of the text").delete()

    assert both(article)["ru"] == compose(article, "ru").content_digest


def test_ten_articles_cost_as_many_queries_as_one(article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            content_digests(list(Article.objects.all()))
        return len(captured)

    of_one = queries()
    for number in range(9):
        place(an_article(f"another-{number}"), a_quote())

    assert queries() == of_one
