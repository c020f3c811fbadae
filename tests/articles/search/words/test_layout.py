import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.layout import other_layout
from tests.articles.search.words.strategies import ANY_TEXT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("celjhjub", "судороги"),
        ("[jkjl", "холод"),
        (",jkm d yjut", "боль в ноге"),
        ("]v", "ъм"),
        ("'rp`vf", "экзёма"),
        (";bdjn", "живот"),
        ("yjxm.", "ночью"),
        ("Celjhjuf {jkjl", "Судорога Холод"),
        ("руфвфсру", "headache"),
        ("дуп скфьз", "leg cramp"),
        ("Ьфптуышгь", "Magnesium"),
    ],
)
def test_each_key_gives_its_letter_of_the_other_layout(typed, meant):
    assert other_layout(typed) == meant


@pytest.mark.parametrize("text", ["нога leg", "ёq", "103", "", "🦵 !"])
def test_text_in_both_scripts_or_in_none_is_left_alone(text):
    assert other_layout(text) == text


@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя "), min_size=1))
def test_a_russian_text_comes_back_from_the_other_layout_if_a_letter_of_it_is_a_latin_one_there(text):
    there = other_layout(text)

    if any(letter.isalpha() for letter in there):
        assert other_layout(there) == text


@given(ANY_TEXT)
def test_the_length_never_changes(text):
    assert len(other_layout(text)) == len(text)
