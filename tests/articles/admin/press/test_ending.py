"""A text whose time is limited is given its end at the desk, and leaves the shelf by itself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.content.texts import Article
from articles.editions.shelf import Change, Standing
from articles.publishing.dues import Due
from articles.publishing.ending import endings
from articles.publishing.settle import settle
from tests.factories.desk import an_article
from tests.factories.reviews import a_reviewer
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

WHY = {"reason_ru": "Срок вышел.", "reason_en": "Its time is over."}


@pytest.fixture
def article(editor: User) -> Article:
    article = an_article()
    publish_article(article, by=editor)
    return article


def page_of(article: Article) -> str:
    return reverse("admin:ending", args=["article", article.pk])


def moment(hours: int = 24) -> str:
    return f"{timezone.now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def test_it_leaves_at_its_moment_with_the_sentence_that_was_written(desk: Client, article: Article) -> None:
    assert "meant for a limited time" in desk.get(page_of(article)).content.decode()
    assert desk.post(page_of(article), WHY | {"languages": ["ru", "en"], "ends_at": moment()}).status_code == 302
    due = Due.objects.filter(act="withdraw", language="ru").get()
    form = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert f'href="{page_of(article)}"' in form

    assert settle(due.due_at + timedelta(minutes=5)) == 2

    standing = Standing.objects.get(item=article.pk, language="ru")
    assert (standing.state, standing.tombstone["reason"]) == ("withdrawn", "Срок вышел.")
    assert standing.tombstone["reason_code"] == "expired"
    assert Change.objects.filter(event="withdrawn", effective_at=due.due_at).count() == 2


def test_another_moment_takes_the_place_of_the_first_and_it_may_stay_after_all(desk: Client, article: Article) -> None:
    for hours in (24, 48):
        desk.post(page_of(article), WHY | {"languages": ["ru"], "ends_at": moment(hours)})
    assert [one.language for one in endings(article.pk)] == ["ru"]

    desk.post(page_of(article), {"_keep": "ru"})

    assert list(endings(article.pk)) == []
    assert desk.post(page_of(article), {"_keep": "fr"}).status_code == 404


def test_everything_that_is_lacking_is_said_at_once(desk: Client, article: Article) -> None:
    answer = desk.post(page_of(article), {"languages": ["ru"], "ends_at": "2020-01-01T10:00", "reason_ru": " "})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#ends_at"' in html
    assert 'href="#reason_ru"' in html
    assert 'href="#languages"' in desk.post(page_of(article), WHY | {"ends_at": moment()}).content.decode()
    assert not Due.objects.filter(act="withdraw").exists()


def test_who_may_not_withdraw_gives_nothing_an_end(client: Client, article: Article) -> None:
    client.force_login(a_reviewer())
    assert client.get(page_of(article)).status_code == 403
    assert client.post(page_of(article), WHY | {"languages": ["ru"], "ends_at": moment()}).status_code == 403
