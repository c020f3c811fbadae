"""Shared parts changed at the desk: named on a page, carried into live texts without the drafts."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.content.experts import Expert
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.editions import journal as journals
from articles.editions import queries
from tests.factories.desk import a_quote, an_article, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

TERMS = {"class": "correction", "note_ru": "Должность уточнена.", "note_en": "The post was put right."}


@pytest.fixture
def article(editor: User) -> Article:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=editor)
    Expert.objects.update(post_ru="заведующая", post_en="head of department")
    return article


def page_of(article: Article) -> str:
    return reverse("admin:drift", args=[article.pk])


def as_shown(desk: Client, article: Article) -> dict[str, list[str]]:
    html = desk.get(page_of(article)).content.decode()
    return {
        "parts": re.findall(r'name="parts" value="([^"]+)" checked', html),
        "seen": re.findall(r'name="seen" value="([^"]+)"', html),
    }


def posts(article: Article) -> list[str]:
    found = queries.by_id("article", article.pk)
    return [found.shelved(code).document.quotes()[0].speaker.post for code in ("ru", "en")]


def test_the_page_shows_what_readers_see_and_what_the_desk_holds(desk: Client, article: Article) -> None:
    html = desk.get(page_of(article)).content.decode()

    assert "Anna Testova" in html
    assert "<del>physician</del>" in html
    assert "<ins>head of department</ins>" in html


def test_choices_and_sources_are_shown_in_words(desk: Client, article: Article) -> None:
    Quote.objects.update(verdict="supported_in_part")
    quote = Quote.objects.get()
    quote.verdict_sources.set([Source.objects.get(publisher="Test News")])

    html = desk.get(page_of(article)).content.decode()

    assert "supported_in_part" not in html
    assert "<ins> in part</ins>" in html
    assert "Test News" in html
    assert str(quote.source_id) not in html.replace(reverse("admin:articles_source_changelist"), "")


def test_republishing_changes_the_part_and_leaves_the_draft_alone(desk: Client, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(title_en="Half a sen")

    desk.post(page_of(article), as_shown(desk, article) | TERMS)

    assert posts(article) == ["заведующая", "head of department"]
    assert queries.by_id("article", article.pk).shelved("en").document.title == "Cramps in tests"


def test_what_is_not_ticked_stays_as_readers_know_it(desk: Client, article: Article) -> None:
    Quote.objects.update(text_en="According to the neurologist, most cramps pass.")
    shown = as_shown(desk, article)
    quotes = [part for part in shown["parts"] if part.startswith("quote:")]

    desk.post(page_of(article), shown | {"parts": quotes} | TERMS)

    found = queries.by_id("article", article.pk).shelved("en").document.quotes()[0]
    assert found.text == "According to the neurologist, most cramps pass."
    assert posts(article) == ["врач", "physician"]


def test_a_language_without_its_note_is_refused_and_the_other_note_stays(desk: Client, article: Article) -> None:
    answer = desk.post(page_of(article), as_shown(desk, article) | TERMS | {"note_en": ""})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#note_en"' in html
    assert "Должность уточнена." in html
    assert posts(article) == ["врач", "physician"]


def test_a_part_that_moved_after_it_was_looked_at_is_not_published(desk: Client, article: Article) -> None:
    shown = as_shown(desk, article)
    Expert.objects.update(post_en="something nobody looked at")

    answer = desk.post(page_of(article), shown | TERMS)

    assert answer.status_code == 422
    assert posts(article) == ["врач", "physician"]


def test_a_part_that_is_saved_between_the_asking_and_the_journal_is_not_published(
    desk: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, opens, was = as_shown(desk, article), journals.opened, posts(article)

    def saved_meanwhile(at: datetime) -> Any:
        Expert.objects.update(post_ru="директор", post_en="director")
        return opens(at)

    monkeypatch.setattr(journals, "opened", saved_meanwhile)
    answer = desk.post(page_of(article), TERMS | shown)

    assert (answer.status_code, posts(article)) == (422, was)


def test_nothing_ticked_changes_nothing(desk: Client, article: Article) -> None:
    answer = desk.post(page_of(article), as_shown(desk, article) | TERMS | {"parts": []})

    assert answer.status_code == 422
    assert posts(article) == ["врач", "physician"]


def test_where_nothing_differs_the_page_says_so(desk: Client, article: Article) -> None:
    desk.post(page_of(article), as_shown(desk, article) | TERMS)

    assert "Nothing: readers see" in desk.get(page_of(article)).content.decode()


def test_a_text_that_was_never_published_has_no_drift_page(desk: Client) -> None:
    assert desk.get(page_of(an_article("never"))).status_code == 404
