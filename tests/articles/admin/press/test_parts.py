"""Withdrawing a quote or a source from its own form: out of every live text, at once."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.quotes import Quote
from articles.editions import queries
from articles.editions.shelf import Edition
from tests.factories.desk import a_quote, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

REASONS = {"reason_code": "request", "reason_ru": "По просьбе автора.", "reason_en": "The speaker asked for it."}


@pytest.fixture
def quote(editor: User) -> Quote:
    quote = a_quote()
    article = an_article(title_en="Carries the quote")
    place(article, quote)
    publish_article(article, by=editor)
    return quote


def test_the_page_lists_the_live_texts_that_carry_it(desk: Client, quote: Quote) -> None:
    html = desk.get(reverse("admin:withdraw_quote", args=[quote.pk])).content.decode()

    assert 'href="/en/articles/test-cramps/"' in html
    assert "Carries the quote" in html


def test_a_notice_takes_its_place_in_both_languages(desk: Client, quote: Quote) -> None:
    answer = desk.post(reverse("admin:withdraw_quote", args=[quote.pk]), REASONS, follow=True)

    item = Edition.objects.first().item
    found = queries.by_id("article", item)
    notices = [found.shelved(code).document.blocks[-1].withdrawn.reason for code in ("ru", "en")]
    assert notices == ["По просьбе автора.", "The speaker asked for it."]
    assert "in 2 live texts" in answer.content.decode()


def test_a_source_is_marked_in_the_live_texts(desk: Client, quote: Quote) -> None:
    desk.post(reverse("admin:withdraw_source", args=[quote.source_id]), REASONS)

    found = queries.by_id("article", Edition.objects.first().item)
    marked = {source.id: source.withdrawn for source in found.shelved("en").document.sources}
    assert marked[str(quote.source_id)].reason == "The speaker asked for it."


def test_both_languages_need_their_reason(desk: Client, quote: Quote) -> None:
    answer = desk.post(reverse("admin:withdraw_quote", args=[quote.pk]), REASONS | {"reason_en": ""})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#reason_en"' in html
    assert "По просьбе автора." in html
    assert Quote.objects.get(pk=quote.pk).withdrawn_at is None


def test_a_reason_that_only_the_clock_gives_is_not_accepted(desk: Client, quote: Quote) -> None:
    answer = desk.post(reverse("admin:withdraw_quote", args=[quote.pk]), REASONS | {"reason_code": "expired"})

    assert answer.status_code == 422
    assert Quote.objects.get(pk=quote.pk).withdrawn_at is None


def test_what_is_withdrawn_is_not_withdrawn_again(desk: Client, quote: Quote) -> None:
    address = reverse("admin:withdraw_quote", args=[quote.pk])
    desk.post(address, REASONS)

    assert desk.get(address).status_code == 404


def test_the_form_says_that_it_is_withdrawn(desk: Client, quote: Quote) -> None:
    desk.post(reverse("admin:withdraw_quote", args=[quote.pk]), REASONS)

    html = desk.get(reverse("admin:articles_quote_change", args=[quote.pk])).content.decode()

    assert "It cannot be published again." in html
