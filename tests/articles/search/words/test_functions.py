import pytest

from articles.search.words.functions import ENGLISH, RUSSIAN
from articles.search.words.tokens import folded


@pytest.mark.parametrize("words", [RUSSIAN, ENGLISH])
def test_function_words_are_folded(words):
    assert all(folded(word) == word for word in words)


def test_each_list_has_the_letters_of_its_language():
    assert all(not word.isascii() for word in RUSSIAN)
    assert all(word.isascii() for word in ENGLISH)


@pytest.mark.parametrize("word", ["нельзя", "боль", "нога", "скорая", "час", "child", "pain", "leg", "night"])
def test_words_that_people_ask_about_are_not_among_them(word):
    assert word not in RUSSIAN | ENGLISH
