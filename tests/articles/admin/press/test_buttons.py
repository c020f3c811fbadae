"""The buttons under a form: they save first, and offer only what can be done."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from articles.content.blocks import BLOCKS
from articles.content.texts import Article
from tests.factories.desk import a_quote, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def form_of(obj: models.Model) -> str:
    return reverse(f"admin:articles_{obj._meta.model_name}_change", args=[obj.pk])


def row(desk: Client, obj: models.Model) -> str:
    return desk.get(form_of(obj)).content.decode().split('<div class="submit-row press-row">')[1].split("</details>")[0]


def new_article(**pressed: str) -> dict[str, Any]:
    blocks = {
        f"{model._meta.model_name}_set-{name}": value
        for model in BLOCKS
        for name, value in {
            "TOTAL_FORMS": "0",
            "INITIAL_FORMS": "0",
            "MIN_NUM_FORMS": "0",
            "MAX_NUM_FORMS": "1000",
        }.items()
    }
    return blocks | {"title_ru": "Новая статья", "original_language": "ru"} | pressed


@pytest.mark.parametrize(
    ("button", "way"),
    [
        ("_publish", "/admin/publish/article/{}/"),
        ("_preview_ru", "/admin/preview/article/{}/ru/"),
        ("_preview_en", "/admin/preview/article/{}/en/"),
        ("_preview_both", "/admin/preview/article/{}/both/"),
        ("_continue", "/admin/articles/article/{}/change/"),
    ],
)
def test_a_button_saves_a_new_article_first_and_then_leads_on(desk: Client, button: str, way: str) -> None:
    answer = desk.post(reverse("admin:articles_article_add"), new_article(**{button: ""}))

    article = Article.objects.get(title_ru="Новая статья")
    assert answer.status_code == 302
    assert answer["Location"] == way.format(article.pk)


def test_a_form_with_an_error_is_shown_again_and_leads_nowhere(desk: Client) -> None:
    answer = desk.post(reverse("admin:articles_article_add"), new_article(_publish="", slug_ru="Не адрес"))

    assert answer.status_code == 200
    assert "Новая статья" in answer.content.decode()
    assert Article.objects.count() == 0


def test_an_article_offers_save_preview_publish_and_a_copy_and_nothing_else(desk: Client) -> None:
    names = re.findall(r'<button[^>]* name="(\w+)"', row(desk, an_article()))

    assert names == ["_continue", "_preview_ru", "_preview_en", "_preview_both", "_publish", "_duplicate"]


def test_a_draft_can_be_deleted_and_not_withdrawn(desk: Client) -> None:
    shown = row(desk, an_article())

    assert "Delete the draft…" in shown
    assert "Withdraw…" not in shown


def test_what_was_published_can_be_withdrawn_and_not_deleted(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)

    shown = row(desk, article)

    assert "Delete the draft…" not in shown
    assert reverse("admin:withdraw_article", args=[article.pk]) in shown


def test_the_form_of_a_quote_says_which_live_texts_carry_it(desk: Client, editor: User) -> None:
    quote = a_quote()
    article = an_article(title_en="Carries it")
    place(article, quote)
    publish_article(article, by=editor)

    html = desk.get(form_of(quote)).content.decode()

    assert "Carries it" in html
    assert reverse("admin:drift", args=[article.pk]) in html
    assert reverse("admin:withdraw_quote", args=[quote.pk]) in html
