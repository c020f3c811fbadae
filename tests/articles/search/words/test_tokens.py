import sys
import unicodedata

import pytest
from hypothesis import given

from articles.search.words.tokens import Token, folded, tokens
from tests.articles.search.words.strategies import ANY_TEXT


def words(text):
    return [token.word for token in tokens(text)]


def test_a_word_keeps_its_place_in_the_text_as_it_was_given():
    text = "У\u00a0ребёнка: кра\u0301мпи, судо\u00adроги!"

    assert tokens(text) == [
        Token(0, 1, "у"),
        Token(2, 9, "ребенка"),
        Token(11, 18, "крампи"),
        Token(20, 29, "судороги"),
    ]
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "У",
        "ребёнка",
        "кра\u0301мпи",
        "судо\u00adроги",
    ]


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("ЁЛКА", "елка"),
        ("е\u0308лка", "елка"),
        ("за\u0301мок", "замок"),
        ("и\u0306од", "йод"),
        ("Йод", "йод"),
        ("café", "cafe"),
        ("Ménière", "meniere"),
        ("Straße", "strasse"),
        ("ＣＲＡＭＰ", "cramp"),
        ("İ", "i"),
        ("ﬁbula", "fibula"),
        ("child’s", "child's"),
        ("київ", "київ"),
    ],
)
def test_case_accents_and_spellings_of_a_letter_do_not_matter(written, word):
    assert words(written) == [word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("врач-терапевт", ["врач", "терапевт"]),
        ("по-русски", ["по", "русски"]),
        ("COVID-19", ["covid", "19"]),
        ("x-ray X‑ray", ["xray", "xray"]),
        ("B-12, B12 и В12", ["b12", "b12", "и", "в12"]),
        ("звоните 103 или 112", ["звоните", "103", "или", "112"]),
        ("Р25.2 и R25.2.", ["р25.2", "и", "r25.2"]),
        ("1,5 или 1.5 мг", ["1.5", "или", "1.5", "мг"]),
        ("300мг 300 мг", ["300", "мг", "300", "мг"]),
        ("foo_bar", ["foo", "bar"]),
        ("судорога🦵нога", ["судорога", "нога"]),
        ("שלום ногa", ["שלום", "ногa"]),
        ("- – — … ' \u0301 \u00ad", []),
        ("", []),
    ],
)
def test_what_is_one_word(text, expected):
    assert words(text) == expected


@given(ANY_TEXT)
def test_words_follow_one_another_within_the_text_and_the_gaps_between_them_have_no_letters(text):
    place = 0
    for token in tokens(text):
        assert place <= token.start < token.end <= len(text)
        assert token.word
        assert not any(letter.isalpha() for letter in text[place : token.start])
        place = token.end
    assert not any(letter.isalpha() for letter in text[place:])


@given(ANY_TEXT)
def test_a_folded_word_is_its_own_folded_form(text):
    for token in tokens(text):
        assert folded(token.word) == token.word
        assert unicodedata.is_normalized("NFC", token.word)


@given(ANY_TEXT)
def test_a_text_taken_apart_and_composed_has_the_same_words(text):
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


def test_every_letter_that_is_written_in_parts_has_the_same_words_in_one_piece():
    taken_apart = {letter: unicodedata.normalize("NFD", letter) for letter in map(chr, range(sys.maxunicode + 1))}
    letters = {unicodedata.normalize("NFC", letter): parts for letter, parts in taken_apart.items() if letter != parts}

    assert len(letters) > 10_000
    assert [letter for letter, parts in letters.items() if words(f"a{parts}b") != words(f"a{letter}b")] == []


@pytest.mark.parametrize(
    "text", ["а" * 100_000, "я-1." * 25_000, "а\u0301" * 50_000, "\0" * 100_000, "1." * 50_000, "'" * 100_000]
)
def test_a_hundred_thousand_characters_are_no_trouble(text):
    assert all(text[token.start : token.end] for token in tokens(text))
