"""Lengths at first paint, and in the lists."""

import re
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.texts import Article, FaqEntry
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import a_quote, a_text, an_article, place
from tests.factories.desk_kinds import a_question, an_article_with_everything


def _text(html: str) -> list[str]:
    """What each line of a length says, as one sees it."""
    spans = re.split(r'<span class="desk-length[ "]', html)[1:]
    words = (re.split(r"</p>|</div>", span)[0].partition(">")[2] for span in spans)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", unescape(span))).strip() for span in words]


def test_the_whole_text_and_each_block_say_their_length_in_both_languages(desk: Desk) -> None:
    article = an_article(title_ru="Раз два", title_en="One", summary_ru="", summary_en="")
    html = desk.client.get(address(article, "change")).content.decode()
    assert _text(html)[:6] == [
        "RU words: 6, characters: 31, reading: 1 min",
        "EN words: 8, characters: 30, reading: 1 min",
        "RU words: 2, characters: 7, reading: 1 min",
        "EN words: 3, characters: 10, reading: 1 min",
        "RU words: 2, characters: 17, reading: 1 min",
        "EN words: 4, characters: 17, reading: 1 min",
    ]


def test_what_a_block_shows_of_a_shared_object_is_told_apart_for_the_script(desk: Desk) -> None:
    article = Article.objects.create()
    place(article, a_quote(text_ru="Пять слов одного врача тут.", verdict_note_ru="", text_en="", verdict_note_en=""))
    html = desk.client.get(address(article, "change")).content.decode()
    (line,) = re.findall(
        r'data-length="ru"[^>]*data-words="0"[^>]*data-shared-words="5"[^>]*>', html.split("desk-block-list")[1]
    )
    assert 'data-rate="180"' in line


def test_a_form_for_a_new_text_counts_from_nothing(desk: Desk) -> None:
    html = desk.client.get(address(Article, "add")).content.decode()
    assert _text(html)[0] == "RU words: 0, characters: 0, reading: 0 min"


def test_an_article_with_everything_is_counted_without_a_query_more_for_a_longer_one(desk: Desk) -> None:
    article = an_article_with_everything()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.client.get(address(article, "change")).status_code == 200
        return len(captured)

    queries()
    of_one = queries()
    for number in range(5):
        a_text(article, ordering=300 + number, ru="Ещё слова.")
    assert queries() == of_one


def test_lists_say_the_words_of_each_text_in_as_many_queries_as_for_one(desk: Desk) -> None:
    def listed() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as captured:
            html = desk.client.get(address(Article, "changelist")).content.decode()
        return html, len(captured)

    an_article()
    html, _first = listed()
    assert '<span class="desk-number">RU 11</span> · <span class="desk-number">EN 15</span>' in html
    of_one = listed()[1]
    for number in range(8):
        an_article(f"more-{number}")
    # What lists show of new texts is made at the first sight of them.
    listed()
    assert listed()[1] == of_one
    a_question()
    assert "desk-number" in desk.client.get(address(FaqEntry, "changelist")).content.decode()
