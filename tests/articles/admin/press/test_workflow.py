"""The way of a text at its form and on its page: what stands there for whom, and what an edit takes back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.editorial.transitions import history
from articles.publishing.workflow import submit
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import NOON, an_article
from tests.factories.people import somebody
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.triage_desk import a_protocol

pytestmark = pytest.mark.django_db


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def page_of(article) -> str:
    return reverse("admin:workflow", args=["article", article.pk])


def test_an_author_sends_a_text_and_takes_it_back_and_a_reviewer_returns_it(desk: Client, editor: User) -> None:
    article, anna = an_article(), a_reviewer()
    assert desk.post(page_of(article), {"act": "submit:ru", "note_ru": "Посмотрите дозу."}).status_code == 302
    html = desk.get(page_of(article)).content.decode()
    assert "in review" in html
    assert "Посмотрите дозу." in html
    assert 'value="recall:ru"' in html

    clinic = browser_of(anna)
    page = clinic.get(page_of(article)).content.decode()
    assert 'value="return:ru"' in page
    assert 'value="recall:ru"' not in page
    refused = clinic.post(page_of(article), {"act": "return:ru", "note_ru": ""})
    assert (refused.status_code, "Say what has to be changed." in refused.content.decode()) == (422, True)
    clinic.post(page_of(article), {"act": "return:ru", "note_ru": "Доза неверна."})

    form = desk.get(address(article, "change")).content.decode()
    assert "Доза неверна." in form
    assert [step.act for step in history(article.pk, "ru")] == ["return", "submit"]


def test_an_edit_says_after_saving_and_at_the_form_that_it_took_the_approval_back(desk: Client, editor: User) -> None:
    article, browser = an_article(), Desk(desk)
    submit("article", article.pk, "ru", by=editor, at=NOON)
    sign_text(article, "ru", by=a_reviewer())
    assert "approved" in desk.get(address(article, "change")).content.decode()

    browser.save(article, browser.open(article), title_en="Another title")
    assert "took the approval back" not in desk.get(address(article, "change")).content.decode()
    browser.save(article, browser.open(article), title_ru="Другой заголовок")
    html = desk.get(address(article, "change")).content.decode()

    assert "Russian: this change took the approval back." in html
    assert "The approval no longer holds" in html
    assert "The approval no longer holds" in desk.get(address(article, "change")).content.decode()


@pytest.mark.parametrize(
    ("role", "act", "status"),
    [
        ("medical_reviewer", "submit:ru", 403), ("publisher", "submit:ru", 403), ("author", "return:ru", 403),
        ("author", "approve:ru", 404), ("author", "submit:de", 404), ("author", "", 404),
    ],
)  # fmt: skip
def test_nobody_takes_a_step_that_is_not_theirs(role: str, act: str, status: int) -> None:
    article = an_article()
    response = browser_of(somebody(role)).post(page_of(article), {"act": act, "note_ru": "Нет."})

    assert (response.status_code, history(article.pk, "ru")) == (status, [])


def test_protocols_go_a_way_of_their_own(desk: Client, editor: User) -> None:
    protocol = a_protocol(by=editor)
    assert desk.get(reverse("admin:workflow", args=["protocol", protocol.pk])).status_code == 404
    assert "desk-way" not in desk.get(address(protocol, "change")).content.decode()


def test_a_list_shows_what_waits_for_review(desk: Client, editor: User) -> None:
    waiting, _other = an_article("waiting", title_en="Waiting"), an_article("other", title_en="Other")
    submit("article", waiting.pk, "en", by=editor, at=NOON)

    html = desk.get("/admin/articles/article/", {"way": "in_review-en"}).content.decode()

    assert ("Waiting" in html, ">Other<" in html) == (True, False)
