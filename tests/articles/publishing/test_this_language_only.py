"""“Only the wording of one language changes”: what was in step stays so, and nothing is confirmed."""

import pytest
from django.contrib.auth.models import User

from articles.content.blocks import QuoteBlock
from articles.content.texts import Article
from articles.editorial.confirmations import confirmed
from articles.publishing.steps import item_steps
from tests.articles.publishing.agreement import SHARED, agree, behind, block_of, holder, reword, save, state
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.desk_kinds import an_article_with_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera() -> User:
    return an_editor()


@pytest.fixture
def article() -> Article:
    return an_article_with_everything()


def test_what_was_in_step_stays_so(article, vera):
    agree(article, vera)
    block = reword(block_of(article, "text"), "text", "ru")

    save(article, vera, block, only=True)

    assert behind(article) == set()


def test_what_was_behind_stays_so_and_nothing_is_confirmed(article, vera):
    block = reword(block_of(article, "text"), "text", "en")

    save(article, vera, block, only=True)

    assert state(article, block.pk) == "behind"
    # A list of questions under the usual title has no words that anybody could vouch for.
    assert confirmed(article.pk, "en").keys() == {str(block_of(article, "related").pk)}


def test_who_compared_them_and_when_stays(article, vera):
    agree(article, vera)

    save(article, an_editor("petr"), reword(article, "title", "ru"), only=True)

    made = item_steps(article).confirmations["head"]
    assert (made.confirmed_by, made.confirmed_at) == (vera, NOON)


@pytest.mark.parametrize("name", SHARED)
def test_it_reaches_every_text_that_shows_a_shared_object(article, vera, name):
    agree(article, vera)
    find, column, _kind = SHARED[name]
    row = reword(find(article), column, "ru")

    save(holder(row), vera, row, only=True)

    assert behind(article) == set()


def test_a_shared_object_stays_confirmed_for_texts_that_show_it_later(article, vera):
    agree(article, vera)
    quote = article.quoteblock_set.get().quote
    save(quote, vera, reword(quote, "text", "ru"), only=True)
    other = an_article("other")
    block = QuoteBlock(parent=other, quote=quote, ordering=40)

    save(other, vera, block)

    assert state(other, block.pk) == "in_step"
