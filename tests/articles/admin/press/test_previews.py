"""Previews: the reader's page of the draft, framed by the desk, for nobody else."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.texts import Article
from tests.factories.desk import an_article
from tests.factories.shelf import publish_article

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def page_of(article: Article, language: str) -> str:
    return reverse("admin:preview_page", args=["article", article.pk, language])


@pytest.mark.parametrize(("which", "panes"), [("ru", 1), ("en", 1), ("both", 2)])
def test_there_is_a_pane_for_each_language(desk: Client, which: str, panes: int) -> None:
    html = desk.get(reverse("admin:preview", args=["article", an_article().pk, which])).content.decode()

    assert html.count("<iframe") == panes


def test_the_page_shows_the_draft_and_not_the_live_text(desk: Client, editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    Article.objects.filter(pk=article.pk).update(title_en="A title still in work")

    html = desk.get(page_of(article, "en")).content.decode()

    assert "A title still in work" in html
    assert 'lang="en"' in html


def test_internal_notes_are_not_in_it(desk: Client) -> None:
    assert "СЕКРЕТНАЯ" not in desk.get(page_of(an_article(), "ru")).content.decode()


def test_an_unfinished_draft_is_shown_as_far_as_it_goes_and_says_what_is_missing(desk: Client) -> None:
    article = an_article(title_en="", slug_en="", summary_en="")

    frame = desk.get(reverse("admin:preview", args=["article", article.pk, "en"])).content.decode()

    assert "3 things to mend before publishing" in frame
    assert desk.get(page_of(article, "en")).status_code == 200


def test_it_is_closed_to_search_engines_and_only_the_desk_may_frame_it(desk: Client) -> None:
    answer = desk.get(page_of(an_article(), "ru"))

    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("which", ["de", "page", ""])
def test_another_language_is_not_found(desk: Client, which: str) -> None:
    article = an_article()

    assert desk.get(f"/admin/preview/article/{article.pk}/{which}/").status_code == 404


def test_a_stranger_sees_no_draft(client: Client) -> None:
    article = an_article()

    assert client.get(page_of(article, "ru")).status_code == 302
    client.force_login(User.objects.create_user("nobody", password="x", is_staff=True))
    assert client.get(page_of(article, "ru")).status_code == 403
