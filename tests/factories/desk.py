"""Objects at the desk, complete enough to be published in both languages."""

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import Group, User

from articles.content.blocks import HeadingBlock, QuoteBlock, TextBlock
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.quotes import Attribution, Quote, Verdict
from articles.content.sources import Source
from articles.content.texts import Article

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def an_editor(username: str = "vera", **fields: Any) -> User:
    """An account with the role of an editor."""
    user = User.objects.create_user(
        username, password="correct horse battery", is_staff=True, first_name="Вера", last_name="Редакторова", **fields
    )
    user.groups.add(Group.objects.get(name="editor"))
    return user


def an_organisation(**fields: Any) -> Organisation:
    return Organisation.objects.create(**{"name_ru": "Клиника на Набережной", "name_en": "Quayside Clinic"} | fields)


def an_expert(**fields: Any) -> Expert:
    defaults = {
        "name_ru": "Анна Проверочная",
        "name_en": "Anna Testova",
        "specialty_ru": "невролог",
        "specialty_en": "neurologist",
        "post_ru": "врач",
        "post_en": "physician",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА ОБ ЭКСПЕРТЕ",
    }
    if "organisation" not in fields:
        fields["organisation"] = an_organisation()
    return Expert.objects.create(**defaults | fields)


def a_source(**fields: Any) -> Source:
    defaults = {
        "kind": Source.Kind.REVIEW,
        "title": "Cramps of test muscles",
        "language": "en",
        "authors": "Sample, T.\nExample, U.",
        "container": "Journal of Tests",
        "issued": "2012-08",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА ОБ ИСТОЧНИКЕ",
    }
    return Source.objects.create(**defaults | fields)


def a_quote(**fields: Any) -> Quote:
    defaults = {
        "attribution": Attribution.QUOTED,
        "text_ru": "По словам невролога, судорога проходит сама.",
        "text_en": "According to the neurologist, a cramp passes by itself.",
        "verdict": Verdict.SUPPORTED,
        "verdict_note_ru": "Так пишут и обзоры.",
        "verdict_note_en": "Reviews say the same.",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О ЦИТАТЕ",
    }
    evidence = fields.pop("verdict_sources", None)
    if "expert" not in fields:
        fields["expert"] = an_expert()
    if "source" not in fields:
        fields["source"] = a_source(
            kind=Source.Kind.NEWS, title="", authors="", publisher="Test News", container="", issued="2026-01-27"
        )
    quote = Quote.objects.create(**defaults | fields)
    quote.verdict_sources.set(evidence if evidence is not None else [a_source()])
    return quote


def an_article(slug: str = "test-cramps", **fields: Any) -> Article:
    """An article with a heading and a text that cites one source, in both languages."""
    defaults = {
        "title_ru": "Судороги в тестах",
        "title_en": "Cramps in tests",
        "slug_ru": f"{slug}-ru",
        "slug_en": slug,
        "summary_ru": "О чём эта статья.",
        "summary_en": "What this article is about.",
        "internal_note": "СЕКРЕТНАЯ ЗАМЕТКА О СТАТЬЕ",
    }
    article = Article.objects.create(**defaults | fields)
    source = a_source(title="Source of the text")
    cite = f'<cite data-source="{source.id}" data-locator=""></cite>'
    HeadingBlock.objects.create(parent=article, ordering=10, text_ru="Что это", text_en="What it is")
    TextBlock.objects.create(
        parent=article,
        ordering=20,
        text_ru=f"<p>Судорога коротка.{cite}</p>",
        text_en=f"<p>A cramp is short.{cite}</p>",
    )
    return article


def place(article: Article, quote: Quote, *, ordering: int = 30, essential: bool = False) -> QuoteBlock:
    """Place a quote in an article."""
    return QuoteBlock.objects.create(parent=article, quote=quote, ordering=ordering, essential=essential)


def a_text(article: Article, *, ordering: int, ru: str, en: str = "", essential: bool = False) -> TextBlock:
    """Add a text block; each language is one paragraph."""
    return TextBlock.objects.create(
        parent=article,
        ordering=ordering,
        essential=essential,
        text_ru=f"<p>{ru}</p>" if ru else "",
        text_en=f"<p>{en}</p>" if en else "",
    )


DISCLOSED = {
    "disclosure": "none_declared",
    "disclosed_by_ru": "Анна Проверочная, письмом",
    "disclosed_by_en": "Anna Testova, in writing",
    "disclosed_on": date(2026, 11, 1),
}
