"""Where an object is used: at the desk, on the shelf, and once upon a time."""

import pytest
from django.contrib.auth.models import User

from articles.content.blocks import TextBlock
from articles.content.sources import Source
from articles.publishing.uses import linking_texts, uses
from tests.factories.desk import a_quote, a_source, an_article, an_expert, an_organisation, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def test_what_is_new_is_used_nowhere() -> None:
    for obj in (an_article(), a_source(), an_expert(organisation=None), an_organisation()):
        assert not uses(obj).forbid_deletion


def test_a_chain_is_known_link_by_link() -> None:
    quote = a_quote()
    article = an_article()
    place(article, quote)

    assert uses(quote).drafts == [article]
    assert uses(quote.expert).drafts == [quote]
    assert uses(quote.expert.organisation).drafts == [quote.expert]
    assert uses(quote.source).drafts == [quote]
    assert uses(quote.verdict_sources.get()).drafts == [quote]


def test_a_quote_placed_twice_in_an_article_is_one_use() -> None:
    quote = a_quote()
    article = an_article()
    place(article, quote)
    place(article, quote, ordering=50)

    assert uses(quote).drafts == [article]


def test_a_source_that_is_cited_in_one_language_only_is_used() -> None:
    article = an_article()
    cited = Source.objects.get()
    TextBlock.objects.update(text_ru="<p>Без сноски.</p>")

    assert uses(cited).drafts == [article]


def test_live_texts_are_named_russian_first(editor: User) -> None:
    quote = a_quote()
    article = an_article()
    place(article, quote)
    publish_article(article, by=editor)

    assert [(row.item, row.language) for row in uses(quote).live] == [(article.pk, "ru"), (article.pk, "en")]
    assert uses(article).published


def test_a_part_that_was_cut_from_the_live_text_was_still_published(editor: User) -> None:
    quote = a_quote()
    article = an_article()
    block = place(article, quote)
    publish_article(article, by=editor)
    block.delete()
    publish_article(article, by=editor)

    found = uses(quote)
    assert (found.drafts, found.live, found.published) == ([], [], True)


def test_an_article_is_no_use_of_itself(editor: User) -> None:
    article = an_article()
    link = f'<p><a data-kind="article" data-item="{article.pk}">здесь</a></p>'
    TextBlock.objects.update(text_ru=link, text_en=link)
    publish_article(article, by=editor)

    assert linking_texts("article", article.pk) == []
    assert uses(article).drafts == []
