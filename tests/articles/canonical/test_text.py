import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.problems import Refused, problem
from articles.canonical.text import dangers, excerpt, line, passage, shown
from tests.articles.canonical.strategies import texts


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "control-character"),
        ("\x1b", "control-character"),
        ("\x7f", "control-character"),
        ("\x85", "control-character"),
        ("\ud800", "lone-surrogate"),
        (chr(0xDFFF), "lone-surrogate"),
        ("\u202e", "bidi-control"),
        ("\u2066", "bidi-control"),
        ("\u200f", "bidi-control"),
        ("\u061c", "bidi-control"),
        ("\ufffe", "noncharacter"),
        ("\ufdd0", "noncharacter"),
        ("\U0010ffff", "noncharacter"),
    ],
)
def test_a_dangerous_character_is_named_with_the_words_around_it(character, code):
    value = f"судорога в{character} икре"

    expected = problem(code, "title", character=f"U+{ord(character):04X}", near="судорога в икре")
    assert dangers(value, "title") == [expected]
    with pytest.raises(Refused):
        line(value)
    with pytest.raises(Refused):
        passage(value)


def test_each_dangerous_character_is_told_once_and_all_are_told_together():
    assert [found.values["character"] for found in dangers("\x00a\u202eb\x00c\ud800")] == ["U+0000", "U+202E", "U+D800"]


@pytest.mark.parametrize("harmless", ["", "a\tb\r\nc", "мг", "👩🏽‍⚕️", "می‌خواهم", "🇷🇺", "\u2028", "e\u0301"])
def test_ordinary_writing_of_any_script_is_harmless(harmless):
    assert dangers(harmless) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  икра \n\t\r\n стопа  ", "икра стопа"),
        ("5\u00a0мг", "5 мг"),
        ("a\u2009b\u202fc\u3000d\u2028e", "a b c d e"),
        ("су\u00adдо\u200bро\u2060га\ufeff", "судорога"),
        ("и\u0306од", "йод"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d⚕️", "👩\u200d⚕️"),
        ("\u200d a \u200d b \u200c", "a b"),
        ("\u200c\u200d", ""),
        ("\u2000", ""),
    ],
)
def test_a_line_has_one_form(typed, kept):
    assert line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo", "one\ntwo"),
        ("one\rtwo", "one\ntwo"),
        ("one\u2028two\u2029three", "one\ntwo\n\nthree"),
        ("\n\n one  \n \n\n\n two\u00a0 \n", "one\n\ntwo"),
        ("\u200b\n\u200b", ""),
    ],
)
def test_a_passage_keeps_line_breaks_and_paragraphs(typed, kept):
    assert passage(typed) == kept


@given(texts)
def test_both_forms_are_their_own_form(text):
    assert line(line(text)) == line(text)
    assert passage(passage(text)) == passage(text)
    assert unicodedata.is_normalized("NFC", passage(text))


@given(st.text())
def test_any_text_is_either_refused_or_free_of_danger(text):
    found = dangers(text)

    if found:
        with pytest.raises(Refused) as refused:
            passage(text)
        assert refused.value.problems == found
    else:
        assert dangers(passage(text)) == []


@pytest.mark.parametrize(
    ("length", "cut"),
    [
        (100, "Судорога длится недолго, потом проходит"),
        (39, "Судорога длится недолго, потом проходит"),
        (25, "Судорога длится недолго…"),
        (24, "Судорога длится недолго…"),
        (10, "Судорога…"),
        (5, "Судо…"),
        (1, "…"),
    ],
)
def test_an_excerpt_ends_with_a_word(length, cut):
    assert excerpt(" Судорога  длится недолго,\nпотом проходит ", length) == cut


@given(texts, st.integers(min_value=1, max_value=12))
def test_an_excerpt_is_never_longer_than_asked(text, length):
    assert len(excerpt(text, length)) <= length


def test_what_a_message_shows_is_short_and_safe():
    assert shown("a\u202eb" * 100, 10) == "ababababa…"
    assert shown("\x00", 10) == "…"


def test_a_million_joiners_take_one_pass():
    assert line("\u200d" * 1_000_000 + "a") == "a"
