"""“We are checking this text” in three steps from the form: more, the page that is filled in, the button."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.texts import Article
from articles.editions import queries
from articles.publishing.withdraw import withdraw
from tests.factories.desk import NOON, an_article
from tests.factories.shelf import BOTH, publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor: User) -> Article:
    article = an_article()
    publish_article(article, by=editor)
    return article


def page_of(article: Article) -> str:
    return reverse("admin:check", args=["article", article.pk])


def filled_in(html: str) -> dict[str, list[str]]:
    """What the browser sends if nothing is typed."""
    notes = re.findall(r'<textarea name="(note_\w\w)"[^>]*>([^<]*)</textarea>', html)
    ticked = re.findall(r'name="languages" value="(\w\w)" checked', html)
    return {name: [text] for name, text in notes} | {"languages": ticked}


def notes(article: Article) -> dict[str, str]:
    found = queries.by_item(article.pk)
    return {code: (found.shelved(code).check or {}).get("note", "") for code in BOTH}


def test_nothing_need_be_typed_to_put_it_up_in_both_languages(desk: Client, article: Article) -> None:
    shown = filled_in(desk.get(page_of(article)).content.decode())

    answer = desk.post(page_of(article), shown | {"_start": ""}, follow=True)

    assert "Readers are told from now on." in answer.content.decode()
    assert notes(article)["en"] == "We are comparing it with its sources. Until that is done, do not rely on it alone."
    assert notes(article)["ru"]


def test_it_is_taken_off_with_what_the_check_found(desk: Client, article: Article) -> None:
    desk.post(page_of(article), filled_in(desk.get(page_of(article)).content.decode()) | {"_start": ""})

    html = desk.get(page_of(article)).content.decode()
    assert "Readers are being told" in html
    refused = desk.post(page_of(article), {"_end": "", "languages": BOTH})
    assert refused.status_code == 422
    assert 'href="#note_ru"' in refused.content.decode()
    said = {"_end": "", "languages": BOTH, "note_ru": "Всё верно.", "note_en": "All is right."}
    desk.post(page_of(article), said)

    assert notes(article) == {"ru": "", "en": ""}


def test_one_language_may_be_checked_alone(desk: Client, article: Article) -> None:
    shown = filled_in(desk.get(page_of(article)).content.decode())

    desk.post(page_of(article), shown | {"_start": "", "languages": ["en"]})

    assert (notes(article)["ru"], bool(notes(article)["en"])) == ("", True)
    html = desk.get(page_of(article)).content.decode()
    assert ("_start" in html, "_end" in html) == (True, True)


def test_without_a_language_nothing_happens(desk: Client, article: Article) -> None:
    answer = desk.post(page_of(article), {"_start": "", "note_ru": "Сверяем."})

    assert (answer.status_code, notes(article)) == (422, {"ru": "", "en": ""})


def test_what_is_not_live_cannot_be_checked(desk: Client, article: Article, editor: User) -> None:
    reasons = {"ru": "Ой.", "en": "Oh."}
    withdraw("article", article.pk, BOTH, reason_code="error", reasons=reasons, by=editor, at=NOON)

    assert "No text of it is live." in desk.get(page_of(article)).content.decode()
    assert desk.get(page_of(an_article("never"))).status_code == 404


def test_who_may_not_publish_does_not_get_in(client: Client, article: Article) -> None:
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))

    assert client.get(page_of(article)).status_code == 403
