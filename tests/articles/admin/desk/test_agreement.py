from __future__ import annotations

import pytest

from articles.content.texts import Article
from articles.editorial.confirmations import confirmed
from articles.publishing.preflight import preflight
from tests.articles.admin.desk.browser import Desk
from tests.factories.desk import a_quote, an_article, place


def _unconfirmed(article: Article) -> list[str]:
    article = Article.objects.get(pk=article.pk)
    return preflight("article", article, [article.translation_language])[article.translation_language].unconfirmed


def _ids(article: Article) -> tuple[str, str]:
    return str(article.headingblock_set.get().pk), str(article.textblock_set.get().pk)


def test_a_changed_translation_says_what_the_original_says_now(desk: Desk) -> None:
    article = an_article()
    heading, text = _ids(article)
    assert _unconfirmed(article) == ["head", heading, text]
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_en": "What is it?"})
    assert _unconfirmed(article) == ["head", text]


def test_a_changed_original_leaves_the_translation_behind(desk: Desk) -> None:
    article = an_article()
    heading, text = _ids(article)
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_en": "What is it?", "title_en": "Cramps"})
    assert _unconfirmed(article) == [text]
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_ru": "Что же это", "summary_ru": "Иное."})
    assert _unconfirmed(article) == ["head", heading, text]


def test_both_languages_in_one_save_are_in_step(desk: Desk) -> None:
    article = an_article()
    both = {"headingblock_set-0-text_ru": "Что же это", "headingblock_set-0-text_en": "So what is it?"}
    desk.save(article, desk.open(article), **both)
    assert _ids(article)[0] not in _unconfirmed(article)


def test_moving_a_block_or_marking_it_essential_says_nothing_about_words(desk: Desk) -> None:
    article = an_article()
    heading, text = _ids(article)
    desk.save(
        article, desk.open(article), **{"headingblock_set-0-ordering": "99", "headingblock_set-0-essential": "on"}
    )
    assert set(_unconfirmed(article)) == {"head", heading, text}


def test_the_direction_follows_the_original_language_of_the_article(desk: Desk) -> None:
    article = an_article(original_language="en")
    heading, text = _ids(article)
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_en": "Changed original"})
    assert heading in _unconfirmed(article)
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_ru": "Изменённый перевод"})
    assert _unconfirmed(article) == ["head", text]


def test_a_quotes_translation_is_confirmed_in_every_article_that_shows_it(desk: Desk) -> None:
    quote = a_quote()
    blocks = [place(an_article(slug), quote) for slug in ("first", "second")]
    desk.save(quote, desk.open(quote), text_en="The neurologist says that a cramp passes.")
    assert all(str(block.pk) not in _unconfirmed(block.parent) for block in blocks)
    desk.save(quote, desk.open(quote), text_ru="По словам невролога, судорога не проходит.")
    assert all(str(block.pk) in _unconfirmed(block.parent) for block in blocks)


def _placed_in_the_form(desk: Desk, article: Article, quote) -> str:
    added = {
        "quoteblock_set-TOTAL_FORMS": "1",
        "quoteblock_set-0-quote": str(quote.pk),
        "quoteblock_set-0-ordering": "30",
        "quoteblock_set-0-region": "main",
    }
    assert desk.save(article, desk.open(article), **added).status_code == 302
    return str(article.quoteblock_set.get().pk)


@pytest.mark.parametrize(("later", "is_confirmed"), [({}, True), ({"text_ru": "Другие слова."}, False)])
def test_a_quote_that_is_in_step_is_placed_in_step(desk: Desk, later: dict[str, str], is_confirmed: bool) -> None:
    quote = a_quote()
    desk.save(quote, desk.open(quote), text_en="The neurologist says that a cramp passes.")
    if later:
        desk.save(quote, desk.open(quote), **later)
    article = an_article()
    block = _placed_in_the_form(desk, article, quote)
    assert (block not in _unconfirmed(article)) is is_confirmed


def test_a_part_that_one_language_lacks_is_not_confirmed(desk: Desk) -> None:
    article = an_article()
    heading, _text = _ids(article)
    desk.save(article, desk.open(article), **{"headingblock_set-0-text_ru": "", "headingblock_set-0-text_en": "Alone"})
    assert heading not in confirmed(article.pk, "en")
