"""How articles and shared parts stand towards their readers."""

import pytest
from django.contrib.auth.models import User

from articles.content.experts import Expert
from articles.content.quotes import Quote
from articles.content.texts import Article
from articles.publishing.gist_following import follow
from articles.publishing.states import TextState, item_states, part_states
from articles.publishing.withdraw import withdraw, withdraw_part
from tests.factories.desk import NOON, a_quote, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

NEVER, LIVE, CHANGED, WITHDRAWN, _UNKNOWN = TextState


@pytest.fixture
def quote() -> Quote:
    return a_quote()


@pytest.fixture
def article(quote: Quote) -> Article:
    article = an_article()
    place(article, quote)
    return article


def states(article: Article) -> tuple[TextState, TextState]:
    found = item_states([Article.objects.get(pk=article.pk)])
    return found[article.pk, "ru"], found[article.pk, "en"]


def quote_states(quote: Quote) -> tuple[TextState, TextState]:
    follow()
    found = part_states("quote", [Quote.objects.get(pk=quote.pk)])
    return found[quote.pk, "ru"], found[quote.pk, "en"]


def test_nothing_has_no_states() -> None:
    assert item_states([]) == {}
    assert part_states("quote", []) == {}


def test_one_language_can_be_live_alone(article: Article, quote: Quote, editor: User) -> None:
    publish_article(article, by=editor, languages=["ru"])

    assert states(article) == (LIVE, NEVER)
    assert quote_states(quote) == (LIVE, NEVER)


def test_a_change_in_one_language_is_one_in_that_language(article: Article, editor: User) -> None:
    publish_article(article, by=editor)
    Article.objects.update(title_en="Another title")

    assert states(article) == (LIVE, CHANGED)


def test_a_change_that_was_taken_back_is_none(article: Article, editor: User) -> None:
    publish_article(article, by=editor)
    Article.objects.update(title_en="Another title")
    Article.objects.update(title_en="Cramps in tests")

    assert states(article) == (LIVE, LIVE)


def test_a_withdrawn_text_is_withdrawn_whatever_the_draft_says(article: Article, quote: Quote, editor: User) -> None:
    publish_article(article, by=editor)
    Article.objects.update(title_en="Another title")
    withdraw("article", article.pk, ["en"], reason_code="error", reasons={"en": "Wrong."}, by=editor, at=NOON)

    assert states(article) == (LIVE, WITHDRAWN)
    assert quote_states(quote) == (LIVE, NEVER)


def test_a_new_post_changes_the_person_and_not_the_words_of_the_quote(
    article: Article, quote: Quote, editor: User
) -> None:
    publish_article(article, by=editor)
    Expert.objects.update(post_ru="заведующая")

    follow()
    expert = Expert.objects.get()
    found = part_states("expert", [expert])
    assert (found[expert.pk, "ru"], found[expert.pk, "en"]) == (CHANGED, LIVE)
    assert quote_states(quote) == (LIVE, LIVE)


def test_a_quote_is_changed_as_soon_as_one_of_its_texts_shows_the_old_wording(
    article: Article, quote: Quote, editor: User
) -> None:
    publish_article(article, by=editor)
    Quote.objects.update(text_en="Newer words.")
    second = an_article("second")
    place(second, Quote.objects.get())
    publish_article(second, by=editor)

    assert quote_states(quote) == (LIVE, CHANGED)


def test_a_withdrawn_quote_is_withdrawn_in_both_languages(article: Article, quote: Quote, editor: User) -> None:
    publish_article(article, by=editor)
    withdraw_part("quote", quote.pk, reason_code="request", reasons={"ru": "Да.", "en": "Yes."}, by=editor, at=NOON)

    assert quote_states(quote) == (WITHDRAWN, WITHDRAWN)
