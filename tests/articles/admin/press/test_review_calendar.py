"""The calendar of reviews at the desk, and the page on which a text gets its risk and its owner."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.content.texts import Article
from articles.editorial.review_plans import Plan, Risk, plan_of, set_plan
from articles.publishing.settle import settle
from tests.factories.desk import an_article
from tests.factories.reviews import a_reviewer, sign_text
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

PAGE = "admin:review_calendar"


def live(slug: str, editor: User, *, days: int) -> Article:
    """Live in Russian, signed by a reviewer who promised the next review so many days from today."""
    article, at = an_article(slug, title_ru=f"Текст {slug}"), timezone.now() - timedelta(days=200)
    anna = User.objects.filter(username="anna").first() or a_reviewer()
    sign_text(article, "ru", by=anna, next_on=(timezone.now() + timedelta(days=days)).date(), at=at)
    publish_article(article, by=editor, languages=["ru"], at=at)
    return article


def test_what_is_overdue_stands_first_then_what_is_soon_then_the_rest(desk: Client, editor: User) -> None:
    for slug, days in (("far", 100), ("near", 10), ("late", -3)):
        live(slug, editor, days=days)
    settle(timezone.now())

    html = desk.get(reverse(PAGE)).content.decode()

    assert html.index("Текст late") < html.index("Текст near") < html.index("Текст far")
    assert "3 days late" in html
    assert "in 10 days" in html


def test_it_is_shown_by_owner(desk: Client, editor: User) -> None:
    own, other = live("own", editor, days=10), live("other", editor, days=10)
    set_plan("article", own.pk, Risk.LOW, editor, by=editor, at=timezone.now())

    mine = desk.get(reverse(PAGE), {"owner": editor.pk}).content.decode()
    nobodys = desk.get(reverse(PAGE), {"owner": "nobody"}).content.decode()

    assert ("Текст own" in mine, "Текст other" in mine) == (True, False)
    assert ("Текст own" in nobodys, "Текст other" in nobodys) == (False, True)
    assert other


def test_many_texts_cost_what_one_costs(desk: Client, editor: User, django_assert_max_num_queries: Any) -> None:
    live("first", editor, days=10)
    desk.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse(PAGE))
    for slug in ("second", "third", "fourth"):
        set_plan("article", live(slug, editor, days=10).pk, Risk.LOW, editor, by=editor, at=timezone.now())
    with django_assert_max_num_queries(len(few)):
        desk.get(reverse(PAGE))


def test_risk_and_owner_are_set_and_what_is_promised_too_far_is_said(desk: Client, editor: User) -> None:
    article = an_article()
    set_plan("article", article.pk, Risk.MEDIUM, None, by=editor, at=timezone.now())
    at = timezone.now()
    sign_text(article, "ru", by=a_reviewer(), next_on=(at + timedelta(days=700)).date(), at=at)
    publish_article(article, by=editor, languages=["ru"], at=at)
    page = reverse("admin:review_plan", args=["article", article.pk])
    assert "later than this risk allows" not in desk.get(page).content.decode()

    assert desk.post(page, {"risk": "high", "owner": str(editor.pk)}).status_code == 302

    assert plan_of(article.pk) == Plan(Risk.HIGH, editor, is_set=True)
    assert "later than this risk allows" in desk.get(page).content.decode()
    assert desk.post(page, {"risk": "none"}).status_code == 422


def test_a_reviewer_sees_it_and_sets_nothing(client: Client, editor: User) -> None:
    article = live("near", editor, days=10)
    page = reverse("admin:review_plan", args=["article", article.pk])
    client.force_login(User.objects.get(username="anna"))

    assert client.get(reverse(PAGE)).status_code == 200
    assert '<button class="default"' not in client.get(page).content.decode()
    assert client.post(page, {"risk": "low"}).status_code == 403


def test_the_signing_page_suggests_the_last_day_that_the_risk_allows(client: Client, editor: User) -> None:
    article = an_article()
    set_plan("article", article.pk, Risk.LOW, None, by=editor, at=timezone.now())
    client.force_login(a_reviewer())

    html = client.get(reverse("admin:review", args=["article", article.pk, "ru"])).content.decode()

    day = plan_of(article.pk).latest(timezone.now().date()).isoformat()
    assert f'max="{day}" value="{day}"' in html
