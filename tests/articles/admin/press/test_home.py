"""The home page: what is there, what state it is in, and the ways to something new."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.content.experts import Expert
from articles.publishing.checking import start_check
from articles.publishing.expunge import ask_expunge
from articles.publishing.gist_following import follow
from tests.factories.desk import NOON, a_quote, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


def test_it_leads_to_everything_new(desk: Client) -> None:
    html = desk.get("/admin/").content.decode()

    for kind in ("article", "source", "quote", "expert"):
        assert reverse(f"admin:articles_{kind}_add") in html


def test_it_names_articles_with_their_states_and_texts_that_differ(desk: Client, editor: User) -> None:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=editor)
    Expert.objects.update(post_en="head of department")

    html = desk.get("/admin/").content.decode()

    assert reverse("admin:articles_article_change", args=[article.pk]) in html
    assert "Changed since it was published" in html
    assert reverse("admin:impact", args=["expert", Expert.objects.get().pk]) in html
    assert "1 live page:" in html
    assert reverse("admin:drift", args=[article.pk]) in html
    assert html.count("state-changed") == 1


def test_it_names_texts_that_readers_are_told_we_are_checking(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    assert "we are checking" not in desk.get("/admin/").content.decode()

    start_check("article", article.pk, ["en"], {"en": "We are checking the dose."}, by=editor, at=NOON)

    html = desk.get("/admin/").content.decode()
    assert "Readers are told that we are checking" in html
    assert reverse("admin:check", args=["article", article.pk]) in html


def test_it_names_what_waits_for_a_second_person_to_be_erased(desk: Client, editor: User) -> None:
    asked = ask_expunge("quote", a_quote().pk, reason="Art. 17", by=editor, at=NOON)

    assert reverse("admin:erasure", args=[asked.pk]) in desk.get("/admin/").content.decode()


def test_an_account_without_a_role_is_told_so_and_shown_nothing(client: Client) -> None:
    an_article(title_ru="Тайная")
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))
    client.cookies["django_language"] = "en"

    html = client.get("/admin/").content.decode()

    assert "Your account has no role yet." in html
    assert "Тайная" not in html


def test_eight_articles_cost_as_many_queries_as_one(desk: Client, editor: User) -> None:
    def add(slug: str) -> None:
        article = an_article(slug)
        place(article, a_quote())
        publish_article(article, by=editor)
        Expert.objects.update(post_en=slug)

    def queries() -> int:
        follow()
        with CaptureQueriesContext(connection) as captured:
            desk.get("/admin/")
        return len(captured)

    add("first")
    queries()
    of_one = queries()
    for number in range(7):
        add(f"another-{number}")

    assert queries() == of_one
