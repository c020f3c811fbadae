"""What is typed into the small form of one part is kept like everything else that is typed, and meets no other form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from articles.content.blocks import TextBlock
from articles.content.texts import Article
from articles.editorial.revisions import Revision, keep
from articles.editorial.scratch import ScratchCopy
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.people import somebody

pytestmark = pytest.mark.django_db

SCRATCH = "/admin/scratch/part:article/"


@pytest.fixture
def vera(client: Client) -> User:
    vera = an_editor()
    client.force_login(vera)
    client.cookies["django_language"] = "en"
    return vera


@pytest.fixture
def article(vera: User) -> Article:
    article = an_article()
    keep(article, by=vera, at=NOON)
    return article


def page_of(article: Article) -> str:
    return f"/admin/translations/article/{article.pk}/"


def form(client: Client, article: Article, part: Any) -> dict[str, str]:
    page = client.get(f"{page_of(article)}?edit={part}").content.decode()
    hidden = dict(re.findall(r'name="(part_seen|seen_version|_scratch)" value="([^"]+)"', page))
    return {"part": str(part), **hidden}


def send(client: Client, article: Article, typed: dict[str, str], number: int = 1) -> HttpResponse:
    about = {"_scratch_object": str(article.pk), "_scratch_number": str(number)}
    who = {"_scratch_user": client.session["_auth_user_id"]}
    return client.post(SCRATCH, {**typed, **about, **who}, headers={"accept": "application/json"})


def test_what_was_typed_is_offered_opened_in_its_part_and_let_go_when_it_is_saved(
    client: Client, article: Article
) -> None:
    block = article.textblock_set.get()
    typed = form(client, article, block.pk) | {"text_en": "<p>Typed before the crash.</p>"}
    answer = send(client, article, typed)
    assert answer.status_code == 200
    assert answer.json()["newer"] == ""

    offered = client.get(page_of(article)).content.decode()
    assert "There is unsaved work of yours from" in offered
    back = client.post(page_of(article), {"_open_scratch": typed["_scratch"]}).content.decode()
    assert "Typed before the crash." in back
    assert "Nothing has been saved yet." in back
    assert 'value="' + typed["_scratch"] in back
    assert "Typed before" not in TextBlock.objects.get().text_en
    assert Revision.objects.count() == 1

    assert client.post(page_of(article), {**typed, "_save": ""}).status_code == 302
    assert TextBlock.objects.get().text_en == "<p>Typed before the crash.</p>"
    assert "unsaved work" not in client.get(page_of(article)).content.decode()
    # A sending that was under way when it was saved brings nothing back.
    assert send(client, article, typed, 2).status_code == 409


def test_it_never_comes_into_the_large_form_where_every_other_part_would_be_gone(
    client: Client, article: Article
) -> None:
    typed = form(client, article, "head") | {"title_en": "Typed in the small form"}
    send(client, article, typed)
    large = f"/admin/articles/article/{article.pk}/change/"

    assert "unsaved work" not in client.get(large).content.decode()
    client.post(large, {"_open_scratch": typed["_scratch"]})
    assert ScratchCopy.objects.get().kind == "part:article"
    assert article.textblock_set.count() == 1


def test_it_can_be_thrown_away_and_is_nobody_elses(client: Client, article: Article) -> None:
    typed = form(client, article, "head") | {"title_en": "Mine"}
    send(client, article, typed)
    other = Client()
    other.force_login(somebody("translator"))
    assert "Mine" not in other.post(page_of(article), {"_open_scratch": typed["_scratch"]}).content.decode()
    other.post(page_of(article), {"_drop_scratch": typed["_scratch"]})
    assert ScratchCopy.objects.count() == 1

    client.post(page_of(article), {"_drop_scratch": typed["_scratch"]})
    assert ScratchCopy.objects.count() == 0


def test_only_a_part_of_something_that_is_there_is_kept(client: Client, article: Article) -> None:
    typed = form(client, article, "head")
    about = {"_scratch_number": "1", "_scratch_user": client.session["_auth_user_id"]}
    assert client.post(SCRATCH, {**typed, **about}).status_code == 404
    assert client.post("/admin/scratch/part:nothing/", {**typed, **about}).status_code == 404
