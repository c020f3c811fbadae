"""A text once more: the same words in new blocks."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.content.aggregates import dump
from articles.content.blocks import HeadingBlock, QuoteBlock, blocks
from articles.content.quotes import Quote
from articles.content.texts import Article, FaqEntry, Page, Text
from articles.editions.shelf import Standing
from articles.editorial.comments import HEAD, comment, comments
from articles.editorial.confirmations import Confirmation, confirm, confirmed
from articles.editorial.revisions import revisions
from articles.publishing.compose import compose
from articles.publishing.duplicating import duplicate
from tests.factories.desk import NOON, an_article, an_editor
from tests.factories.desk_kinds import a_page, a_question, an_article_with_everything
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db

OWN = {"id", "slug", "title", "blocks"}


@pytest.fixture
def vera() -> User:
    return an_editor()


def without_ids(text: Text) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "id"} for row in dump(text)["blocks"]]


def test_a_copy_says_the_same_in_blocks_of_its_own(vera: User) -> None:
    article = an_article_with_everything()
    before = dump(article)
    copy = duplicate(article, by=vera, at=NOON)

    assert isinstance(copy, Article)
    assert dump(article) == before
    assert without_ids(copy) == without_ids(article)
    ids = {str(block.pk) for text in (article, copy) for block in blocks(text)}
    assert len(ids) == 2 * len(before["blocks"])
    assert {key: value for key, value in dump(copy).items() if key not in OWN} == {
        key: value for key, value in before.items() if key not in OWN
    }


def test_its_addresses_are_empty_and_its_titles_marked_in_their_own_languages(vera: User) -> None:
    copy = duplicate(an_article(), by=vera, at=NOON)
    assert (copy.slug_ru, copy.slug_en) == ("", "")
    assert (copy.title_ru, copy.title_en) == ("Судороги в тестах (копия)", "Cramps in tests (copy)")


def test_a_title_that_is_missing_stays_so_and_a_long_one_makes_room(vera: User) -> None:
    copy = duplicate(an_article(title_ru="слово " * 33, title_en=""), by=vera, at=NOON)
    assert copy.title_en == ""
    assert len(copy.title_ru) <= 200
    assert copy.title_ru.endswith(" слово (копия)") or copy.title_ru.endswith("… (копия)")


def test_shared_objects_are_placed_again_and_not_copied(vera: User) -> None:
    article = an_article_with_everything()
    quotes = Quote.objects.count()
    copy = duplicate(article, by=vera, at=NOON)
    assert Quote.objects.count() == quotes
    assert QuoteBlock.objects.get(parent=copy).quote == QuoteBlock.objects.get(parent=article).quote


@pytest.mark.parametrize(("make", "kind"), [(a_question, FaqEntry), (a_page, Page)])
def test_questions_and_about_pages_are_copied_as_what_they_are(vera: User, make: Any, kind: type[Text]) -> None:
    copy = duplicate(make(), by=vera, at=NOON)
    assert type(Text.objects.get(pk=copy.pk)) is kind


def test_it_is_a_draft_whose_first_version_is_kept(vera: User) -> None:
    article = an_article()
    publish_article(article, by=vera)
    article.version = 7
    article.save()
    copy = duplicate(article, by=vera, at=NOON)

    assert not Standing.objects.filter(item=copy.pk).exists()
    (version,) = revisions(copy)
    assert (version.number, version.saved_by, version.saved_at, version.data) == (1, vera, NOON, dump(copy))


def test_parts_that_were_in_step_are_so_in_the_copy_and_under_the_same_name(vera: User) -> None:
    article = an_article()
    olga = an_editor("olga")
    confirm(article.pk, "en", compose(article, "ru").document.parts(), by=olga, at=NOON)
    heading = HeadingBlock.objects.get(parent=article)
    heading.text_ru = "Что это такое"
    heading.save()

    copy = duplicate(article, by=vera, at=NOON)

    parts = compose(copy, "ru").document.parts()
    behind = str(HeadingBlock.objects.get(parent=copy).pk)
    assert confirmed(copy.pk, "en") == {part: digest for part, digest in parts.items() if part != behind}
    assert {row.confirmed_by for row in Confirmation.objects.filter(item=copy.pk)} == {olga}


def test_comments_stay_with_the_original(vera: User) -> None:
    article = an_article()
    comment("article", article.pk, HEAD, "Длинно.", by=vera, at=NOON)
    assert list(comments(duplicate(article, by=vera, at=NOON).pk)) == []
