"""What was never published is on no page: notes of editors, drafts, names that nobody has put out."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.content.blocks import TextBlock
from tests.factories.desk import a_quote, a_source, a_text, an_article, an_editor, an_expert, place
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

PAGES = [
    "/ru/articles/",
    "/en/articles/",
    "/ru/articles/test-cramps-ru/",
    "/en/articles/test-cramps/",
    "/ru/articles/secret-draft-ru/",
    "/ru/articles/nothing/",
    *(f"/{code}/{place}/" for code in ("ru", "en") for place in ("faq", "people", "glossary", "sources", "about")),
    *(f"/{code}/feed.{ending}" for code in ("ru", "en") for ending in ("atom", "json")),
    *("/sitemap.xml", "/sitemaps/0.xml", "/sitemaps/1.xml"),
]
SECRETS = [
    "СЕКРЕТ",
    "SECRET",
    "secret-expert",
    "vera",
    "correct horse",
]


@pytest.fixture
def by() -> User:
    return an_editor()


def everything_that_a_stranger_can_read(client: Client) -> str:
    answers = [client.get(page) for page in PAGES]
    return "".join(f"{answer.headers}{answer.content.decode()}" for answer in answers)


def test_notes_drafts_and_unpublished_names_are_on_no_page(client: Client, by: User) -> None:
    article = an_article(internal_note="СЕКРЕТНАЯ ЗАМЕТКА SECRET NOTE")
    quote = a_quote()
    place(article, quote)
    publish_article(article, by=by)

    # After publishing: a half-typed draft of the live article, and things that were never published at all.
    TextBlock.objects.filter(parent=article).update(text_ru="<p>СЕКРЕТНЫЙ черновик</p>", text_en="<p>SECRET draft</p>")
    article.title_ru, article.summary_en = "СЕКРЕТНОЕ имя", "SECRET summary"
    article.save()
    a_text(article, ordering=90, ru="СЕКРЕТНЫЙ абзац", en="SECRET paragraph")
    expert = an_expert(name_ru="СЕКРЕТНЫЙ эксперт", name_en="SECRET expert")
    place(article, a_quote(expert=expert, text_ru="СЕКРЕТНЫЕ слова", text_en="SECRET words"), ordering=95)
    quote.expert.name_ru = "СЕКРЕТНАЯ фамилия"
    quote.expert.save()
    a_source(title="SECRET source")
    an_article("secret-draft", title_ru="СЕКРЕТНАЯ статья")

    pages = everything_that_a_stranger_can_read(client)

    assert "Судорога коротка." in pages
    assert "A cramp is short." in pages
    assert "Анна Проверочная" in pages
    assert [secret for secret in SECRETS if secret in pages.replace("/ru/articles/secret-draft-ru/", "")] == []


def test_what_readers_see_changes_only_by_publishing(client: Client, by: User) -> None:
    article = an_article()
    quote = a_quote()
    place(article, quote)
    publish_article(article, by=by)
    before = everything_that_a_stranger_can_read(client)

    quote.text_ru = quote.text_en = "Иначе"
    quote.save()
    quote.source.publisher = "Другая газета"
    quote.source.save()
    quote.expert.organisation.name_ru = "Другая клиника"
    quote.expert.organisation.save()

    assert everything_that_a_stranger_can_read(client) == before
