"""Erasing for good on two pages: one person asks, another one reads and confirms."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.quotes import Quote
from articles.publishing.erasures import ErasureRequest
from tests.factories.desk import a_quote, an_article, place
from tests.factories.desk_kinds import a_care_box
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

GROUNDS = "Article 17, letter of 20 November"


def page_of(quote: Quote) -> str:
    return reverse("admin:erase", args=["quote", quote.pk])


@pytest.fixture
def second(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def asked(desk: Client) -> ErasureRequest:
    desk.post(page_of(a_quote()), {"grounds": GROUNDS})
    return ErasureRequest.objects.get()


def address(asked: ErasureRequest) -> str:
    return reverse("admin:erasure", args=[asked.pk])


def test_asking_says_what_would_be_erased_and_erases_nothing(desk: Client) -> None:
    quote = a_quote()
    assert "It cannot be undone." in desk.get(page_of(quote)).content.decode()

    answer = desk.post(page_of(quote), {"grounds": GROUNDS}, follow=True)

    assert GROUNDS in answer.content.decode()
    assert Quote.objects.filter(pk=quote.pk).exists()
    assert desk.get(page_of(quote))["Location"] == address(ErasureRequest.objects.get())


def test_without_grounds_nothing_is_asked(desk: Client) -> None:
    answer = desk.post(page_of(a_quote()), {"grounds": " "})

    assert (answer.status_code, ErasureRequest.objects.count()) == (422, 0)


def test_what_is_live_is_refused_with_the_pages_that_show_it(desk: Client, editor: User) -> None:
    quote, article = a_quote(), an_article(title_en="Carries it")
    place(article, quote)
    publish_article(article, by=editor)

    html = desk.get(page_of(quote)).content.decode()
    answer = desk.post(page_of(quote), {"grounds": GROUNDS})

    assert "To be done first" in html
    assert "Carries it" in html
    assert (answer.status_code, ErasureRequest.objects.count()) == (422, 0)


def test_a_second_person_confirms_after_having_read(second: Client, asked: ErasureRequest) -> None:
    assert GROUNDS in second.get(address(asked)).content.decode()
    assert second.post(address(asked), {"_confirm": ""}).status_code == 422
    assert Quote.objects.exists()

    answer = second.post(address(asked), {"_confirm": "", "sure": "yes"}, follow=True)

    assert not Quote.objects.exists()
    assert "Erased, with the words of 0 editions." in answer.content.decode()
    assert "How it ended: erased." in answer.content.decode()


def test_whoever_asked_is_offered_no_button_and_refused_without_one(second: Client, administrator: User) -> None:
    quote = a_quote()
    second.post(page_of(quote), {"grounds": GROUNDS})
    asked = ErasureRequest.objects.get(asked_by=administrator)

    assert "_confirm" not in second.get(address(asked)).content.decode()
    assert second.post(address(asked), {"_confirm": "", "sure": "yes"}).status_code == 422
    assert Quote.objects.filter(pk=quote.pk).exists()


def test_an_editor_may_decline_and_not_confirm(desk: Client, asked: ErasureRequest) -> None:
    assert desk.post(address(asked), {"_confirm": "", "sure": "yes"}).status_code == 403

    desk.post(address(asked), {"_decline": ""})

    asked.refresh_from_db()
    assert asked.outcome == "declined"
    assert Quote.objects.exists()


def test_only_what_may_be_somebodys_is_erased(desk: Client) -> None:
    box = a_care_box()

    assert desk.get(reverse("admin:erase", args=["care_box", box.pk])).status_code == 404
    assert "Erase for good…" not in desk.get(reverse("admin:articles_carebox_change", args=[box.pk])).content.decode()
