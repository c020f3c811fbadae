"""How long texts are, as plain numbers."""

from typing import Any

import pytest

from articles.content.blocks import AccountsBlock, CareBoxBlock, EvidenceTableBlock, FigureBlock, TableBlock, TextBlock
from articles.content.measures import Measure, block_measures, lengths, measure, own_measures, shared_measures
from articles.content.texts import Text
from tests.factories.desk import a_quote, a_text, an_article, place
from tests.factories.desk_kinds import (
    a_care_box,
    a_picture,
    an_article_with_everything,
    an_evidence_table,
    some_accounts,
)


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("", 0, 0),
        ("Судорога — это боль.", 3, 20),
        ("  раз\n\nдва\u00a0 три ", 3, 11),
        ("5 мг, 3–10 %", 3, 12),
        ("what’s it-like e.g.", 3, 19),
        ("— … • |", 0, 7),
        ("ёж 😀", 1, 4),
    ],
)
def test_a_word_stands_between_spaces_and_holds_a_letter_or_a_digit(text: str, words: int, characters: int) -> None:
    assert measure(text) == Measure(words, characters)


@pytest.mark.parametrize(
    ("words", "russian", "english"), [(0, 0, 0), (1, 1, 1), (180, 1, 1), (181, 2, 1), (200, 2, 1), (201, 2, 2)]
)
def test_minutes_of_reading_are_rounded_up(words: int, russian: int, english: int) -> None:
    assert (Measure(words).minutes("ru"), Measure(words).minutes("en")) == (russian, english)


def test_markup_citations_and_bars_of_tables_are_no_words() -> None:
    text = TextBlock(text_ru='<p>су<em>доро</em>га</p><ol><li><p>два<cite data-source="x"></cite></p></li></ol>')
    table = TableBlock(caption_ru="Чем отличается", cells_ru="Знак | Судорога\nКогда | ночью")
    assert own_measures(text)["ru"].words == 2
    assert own_measures(table)["ru"] == measure("Чем отличается Знак Судорога Когда ночью")


@pytest.mark.django_db
def test_addresses_notes_and_the_other_language_are_not_counted() -> None:
    article = an_article(title_ru="Раз", title_en="", summary_ru="два три", summary_en="", internal_note="четыре пять")
    assert own_measures(article) == {"ru": measure("Раз два три"), "en": Measure()}


@pytest.mark.django_db
def test_a_block_counts_what_it_shows_of_shared_objects() -> None:
    article = an_article()
    said = a_quote(text_ru="Слова врача.", verdict_note_ru="Это так.", reply_ru="", internal_note="тайна")
    assert block_measures(place(article, said))["ru"] == measure("Слова врача. Это так.")
    shown: list[Any] = [
        (CareBoxBlock(care_box=a_care_box(advice_ru="", triggers_ru="дышать трудно")), 7),
        (AccountsBlock(accounts=some_accounts(said, a_quote(text_ru="Иначе.", verdict_note_ru=""))), 12),
        (EvidenceTableBlock(evidence_table=an_evidence_table()), 20),
        (FigureBlock(picture=a_picture(alt_ru="не читают", caption_ru="Растяжка икры.")), 2),
    ]
    assert [shared_measures(block)["ru"].words for block, _words in shown] == [words for _block, words in shown]


@pytest.mark.django_db
def test_what_readers_of_a_language_are_not_shown_is_not_counted_in_it() -> None:
    box = a_care_box(title_en="", triggers_en="", advice_en="Do not drive.")
    assert box.services.exists()
    found = shared_measures(CareBoxBlock(care_box=box))
    assert found["en"] == Measure()
    assert found["ru"].words > 0


@pytest.mark.django_db
def test_a_block_whose_object_is_not_chosen_yet_has_no_length() -> None:
    assert block_measures(CareBoxBlock()) == {"ru": Measure(), "en": Measure()}


@pytest.mark.django_db
def test_many_texts_are_measured_in_as_many_queries_as_one(django_assert_max_num_queries: Any) -> None:
    first = an_article()
    a_text(first, ordering=30, ru="Ещё пять слов ровно тут.")
    alone = lengths([first])
    assert alone[first.pk]["ru"] == measure("Судороги в тестах О чём эта статья.") + measure("Что это") + measure(
        "Судорога коротка."
    ) + measure("Ещё пять слов ровно тут.")
    an_article_with_everything()
    with django_assert_max_num_queries(26):
        both = lengths(list(Text.objects.all()))
    assert both[first.pk] == alone[first.pk]
    assert lengths([]) == {}
