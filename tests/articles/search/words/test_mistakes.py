import pytest
from hypothesis import given

from articles.search.words.mistakes import price
from tests.articles.search.words.strategies import WORDS


@pytest.mark.parametrize(
    ("slip", "mistake", "meant"),
    [
        ("сударога", "судщрога", "судорога"),
        ("магнид", "магнищ", "магнит"),
        ("crampz", "crampb", "cramps"),
        ("xramp", "pramp", "cramp"),
        ("судорогги", "судоролги", "судороги"),
        ("болница", "больица", "больница"),
        ("haed", "hxyd", "head"),
    ],
)
def test_a_like_sound_a_near_key_a_doubled_letter_and_a_swap_cost_less_than_another_mistake(slip, mistake, meant):
    assert 0.0 < price(slip, meant) < price(mistake, meant)


def test_a_wrong_first_letter_costs_more_than_the_same_letter_wrong_within():
    assert price("бомпот", "помпот") == price("помбот", "помпот") + 0.5


@given(WORDS)
def test_the_same_word_costs_nothing(word):
    assert price(word, word) == 0.0


@given(WORDS, WORDS)
def test_different_words_always_cost_something_and_the_same_in_both_directions(one, other):
    assert price(one, other) == price(other, one)
    assert (price(one, other) > 0.0) == (one != other)
