"""The buttons under a form: they save first, and offer only what can be done."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse

from articles.content.aggregates import kind_of
from articles.content.blocks import BLOCKS
from articles.content.texts import Article
from tests.factories.desk import a_quote, an_article, place
from tests.factories.desk_kinds import a_care_box, a_picture, a_term, a_topic, an_evidence_table
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

    assert names == ["_continue", "_preview_ru", "_preview_en", "_preview_both", "_publish", "_later", "_duplicate"]


def test_a_draft_can_be_deleted_and_not_withdrawn(desk: Client) -> None:
    shown = row(desk, an_article())

    assert "Delete the draft…" in shown
    assert "Withdraw…" not in shown


def test_what_was_published_can_be_withdrawn_and_not_deleted(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)

    shown = row(desk, article)

    assert "Delete the draft…" not in shown
    # Above the form, and not once more among what is done seldom.
    page = desk.get(form_of(article)).content.decode()
    assert page.count(reverse("admin:withdraw_article", args=[article.pk])) == 1


def test_the_form_of_a_quote_says_which_live_texts_carry_it(desk: Client, editor: User) -> None:
    quote = a_quote()
    article = an_article(title_en="Carries it")
    place(article, quote)
    publish_article(article, by=editor)

    html = desk.get(form_of(quote)).content.decode()

    assert "Carries it" in html
    assert reverse("admin:drift", args=[article.pk]) in html
    assert reverse("admin:withdraw_quote", args=[quote.pk]) in html


def test_a_live_article_can_be_put_under_check_and_a_draft_cannot(desk: Client, editor: User) -> None:
    article = an_article()
    way = reverse("admin:check", args=["article", article.pk])
    assert way not in desk.get(form_of(article)).content.decode()

    publish_article(article, by=editor)

    assert way in row(desk, article)


@pytest.mark.parametrize("make", [an_article, a_quote, a_topic, a_term, a_care_box, an_evidence_table, a_picture])
def test_every_form_leads_to_where_the_object_is_used(desk: Client, make: Any) -> None:
    obj = make()

    assert reverse("admin:used", args=[kind_of(obj), obj.pk]) in desk.get(form_of(obj)).content.decode()


def saved(desk: Client, obj: models.Model, **typed: str) -> str:
    """The page that an editor meets after saving the form with other values."""
    shown = desk.get(form_of(obj)).context["adminform"].form
    values = {name: shown[name].value() for name in shown.fields}
    posted = {name: value for name, value in values.items() if value not in (None, [])} | {"seen_version": obj.version}
    return desk.post(form_of(obj), posted | typed | {"_continue": ""}, follow=True).content.decode()


def test_saving_what_live_pages_show_leads_to_sending_it_out(desk: Client, editor: User) -> None:
    quote, article = a_quote(), an_article()
    place(article, quote)
    publish_article(article, by=editor)
    expert = quote.expert
    way = reverse("admin:impact", args=["expert", expert.pk])
    assert way not in desk.get(form_of(expert)).content.decode()

    html = saved(desk, expert, post_ru="заведующая", post_en="head physician")

    assert "2 live pages still show the old text" in html
    assert html.count(way) == 2
    assert way in desk.get(form_of(expert)).content.decode()


def test_saving_what_no_reader_sees_leads_nowhere(desk: Client) -> None:
    expert = a_quote().expert

    assert "still show" not in saved(desk, expert, post_ru="заведующая", post_en="head physician")


def test_a_colleagues_note_changes_no_page(desk: Client, editor: User) -> None:
    quote, article = a_quote(), an_article()
    place(article, quote)
    publish_article(article, by=editor)

    assert "still show" not in saved(desk, quote.expert, internal_note="Позвонить.")
