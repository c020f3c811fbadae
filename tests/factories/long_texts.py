"""Texts of many blocks, for tests that count what is asked of the database."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.blocks import Block, KeyPointsBlock, NoteBlock, StepsBlock, TableBlock, blocks
from articles.content.texts import Article
from tests.factories.desk import a_quote, a_source, a_text, an_article, place
from tests.factories.desk_kinds import a_condition, a_topic

_LIST = {"text_ru": "<ul><li>Раз</li><li>Два</li></ul>", "text_en": "<ul><li>One</li><li>Two</li></ul>"}
_STEPS = {"text_ru": "<ol><li>Раз</li></ol>", "text_en": "<ol><li>One</li></ol>"}
_NOTE = {"title_ru": "Знайте", "title_en": "Mind", "text_ru": "<p>Важно.</p>", "text_en": "<p>This matters.</p>"}
_TABLE = {"cells_ru": "А | Б\n1 | 2", "cells_en": "A | B\n1 | 2"}


def cited(place_in_text: int) -> dict[str, str]:
    cite = f'<cite data-source="{a_source(title=f"Source {place_in_text}").pk}" data-locator=""></cite>'
    return {"ru": f"Слова.{cite}", "en": f"Words.{cite}"}


# One after the other, over and over: what a long text is made of.
_MAKERS: list[Callable[[Article, int], Block]] = [
    lambda article, at: KeyPointsBlock.objects.create(parent=article, ordering=at, **_LIST),
    lambda article, at: a_text(article, ordering=at, **cited(at)),
    lambda article, at: place(article, a_quote(), ordering=at),
    lambda article, at: StepsBlock.objects.create(parent=article, ordering=at, **_STEPS),
    lambda article, at: NoteBlock.objects.create(parent=article, ordering=at, **_NOTE),
    lambda article, at: TableBlock.objects.create(parent=article, ordering=at, **_TABLE),
]


def an_article_of(number: int, slug: str) -> Article:
    """An article with so many blocks of several kinds, a topic, a condition, quotes and sources."""
    article = an_article(slug)
    article.topics.add(a_topic(slug_ru=f"{slug}-topic-ru", slug_en=f"{slug}-topic"))
    article.conditions.add(a_condition(slug_ru=f"{slug}-term-ru", slug_en=f"{slug}-term"))
    for one in range(number - 2):
        _MAKERS[one % len(_MAKERS)](article, 30 + one * 10)
    return article


def everything(article: Article) -> list[str]:
    return ["head", *(str(block.pk) for block in blocks(article))]


def counted(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)
