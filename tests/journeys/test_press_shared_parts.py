"""What an editor changes in shared parts reaches readers by "republish what changed", and never a draft with it.

Given a live article with a quote. When the quote, the speaker's post and a source's title are changed at the desk, then
no byte of page or API moves until they are republished; a withdrawn quote leaves every page at once.
"""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.experts import Expert
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions.shelf import Change
from tests.factories.desk import a_quote, a_text, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

PAGES = ("/ru/articles/leg-cramps-ru/", "/en/articles/leg-cramps/")


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def article(editor: User) -> Article:
    article = an_article("leg-cramps")
    place(article, a_quote())
    publish_article(article, by=editor)
    return article


def shown(article: Article) -> list[bytes]:
    """Every byte that readers and partners get."""
    reader = Client()
    items = [f"/api/v1/articles/{article.pk}/?lang={language}" for language in ("ru", "en")]
    return [reader.get(address).content for address in (*PAGES, *items)]


def change_the_shared_parts() -> None:
    Quote.objects.update(text_ru="По словам невролога, чаще всего судорога проходит сама.")
    Expert.objects.update(post_ru="заведующая", post_en="head of department")
    Source.objects.filter(title="Source of the text").update(title="Its corrected title")


def test_the_way_of_a_changed_part(desk: Client, article: Article) -> None:
    before = shown(article)

    change_the_shared_parts()
    assert shown(article) == before

    drift = reverse("admin:drift", args=[article.pk])
    html = desk.get(drift).content.decode()
    parts = re.findall(r'name="parts" value="(\w+):', html)
    assert sorted(parts) == ["expert", "quote", "source"]

    a_text(article, ordering=5, ru="Недописанный абз", en="Half a paragr")
    lines = Change.objects.count()
    desk.post(
        drift,
        {
            "parts": re.findall(r'name="parts" value="([^"]+)"', html),
            "seen": re.findall(r'name="seen" value="([^"]+)"', html),
            "class": "correction",
            "note_ru": "Исправлены должность и источник.",
            "note_en": "The post and a source were put right.",
        },
    )

    after = [page.decode() for page in shown(article)]
    assert all(page.encode() != old for page, old in zip(after, before, strict=True))
    assert not any("Недописанный" in page or "Half a paragr" in page for page in after)
    assert "заведующая" in after[0]
    assert "head of department" in after[1]
    assert all("Its corrected title" in page for page in after[:2])
    assert [(line.event, line.language) for line in Change.objects.filter(sequence__gt=lines).order_by("sequence")] == [
        ("amended", "ru"),
        ("amended", "en"),
    ]


def test_a_withdrawn_quote_leaves_every_page_at_once(desk: Client, article: Article) -> None:
    quote = Quote.objects.get()
    lines = Change.objects.count()

    desk.post(
        reverse("admin:withdraw_quote", args=[quote.pk]),
        {"reason_code": "request", "reason_ru": "По просьбе автора.", "reason_en": "The speaker asked for it."},
    )

    russian, english, *items = (page.decode() for page in shown(article))
    assert "судорога проходит сама" not in russian.replace("\xa0", " ")
    assert "По просьбе автора." in russian.replace("\xa0", " ")
    assert "The speaker asked for it." in english
    assert not any("passes by itself" in page for page in (english, *items))
    assert [(line.event, line.language) for line in Change.objects.filter(sequence__gt=lines).order_by("sequence")] == [
        ("amended", "ru"),
        ("amended", "en"),
    ]
