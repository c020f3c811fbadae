import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.stems import keys
from articles.search.words.vocabulary import Vocabulary
from tests.articles.search.words.strategies import WORDS

SHELF = Vocabulary(
    [
        ("судорога", 12),
        ("судороги", 40),
        ("магний", 25),
        ("магния", 9),
        ("магнезия", 1),
        ("нога", 30),
        ("ребенок", 3),
        ("кашель", 4),
        ("cramp", 20),
        ("cramps", 50),
        ("diabetes", 7),
        ("foot", 5),
        ("b12", 2),
    ]
)


@pytest.mark.parametrize(
    "word", ["судорог", "судорогами", "ног", "дети", "кашля", "cramping", "feet", "в12", "the", "и"]
)
def test_a_word_is_known_in_every_form(word):
    assert SHELF.known(word)


@pytest.mark.parametrize("word", ["судараги", "крампи", "headache", "dibetes", "судорогй", "b6", ""])
def test_a_word_that_the_index_does_not_have_is_not_known(word):
    assert not SHELF.known(word)


def test_keys_of_the_index_are_taken_instead_of_made_ones():
    vocabulary = Vocabulary([("судорога", 1)], keys=[*keys("судорога"), *keys("прививка")])

    assert vocabulary.known("прививок")
    assert len(vocabulary) == vocabulary.frequency("судорога") == 1
    assert vocabulary.frequency("прививка") == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("судараги", "судороги"),
        ("судорги", "судороги"),
        ("магнезй", "магний"),
        ("магнии", "магний"),
        ("crampz", "cramps"),
        ("crapms", "cramps"),
        ("dibetes", "diabetes"),
        ("diabetis", "diabetes"),
        ("гога", "нога"),
    ],
)
def test_the_nearest_word_is_what_was_meant(typed, meant):
    assert SHELF.near(typed)[0][0] == meant


def test_one_form_of_each_word_is_offered_the_commonest_of_the_nearest():
    assert [form for form, _ in SHELF.near("судоролы")] == ["судороги"]
    assert [form for form, _ in SHELF.near("crampx")] == ["cramps"]


@pytest.mark.parametrize("word", ["ног", "fot", "", "b13", "кашлянешь", "зззззззз", "a" * 100_000, "\ud800нога"])
def test_short_words_codes_and_far_words_have_no_neighbours(word):
    assert SHELF.near(word) == []


def test_words_of_four_to_six_letters_are_allowed_one_mistake_only():
    assert SHELF.near("нага") == [("нога", 0.6)]
    assert SHELF.near("нагб") == []


def test_the_commonest_words_that_begin_so_complete_a_beginning():
    assert SHELF.completions("судор") == ["судороги", "судорога"]
    assert SHELF.completions("маг", limit=2) == ["магний", "магния"]
    assert SHELF.completions("су") == SHELF.completions("яяя") == []


@given(st.lists(st.tuples(WORDS, st.integers(1, 99)), max_size=30), WORDS)
def test_neighbours_do_not_depend_on_the_order_of_the_index(forms, word):
    shuffled = random.Random(1).sample(forms, len(forms))

    assert Vocabulary(forms, keys=()).near(word) == Vocabulary(shuffled, keys=()).near(word)


@given(st.dictionaries(WORDS, st.integers(1, 99), max_size=30), st.dictionaries(WORDS, st.integers(0, 3), max_size=12))
def test_a_changed_vocabulary_says_what_one_of_the_new_words_says(held, changes):
    before = Vocabulary(held.items())
    told = {word: said(before, word) for word in held}
    # Some of the words that are held change too.
    changes |= dict(zip(held, [0, 5, 0, 7], strict=False))

    changed = before.changed(changes)

    now = Vocabulary((held | changes).items() - {(word, 0) for word in changes})
    assert len(changed) == len(now)
    for word in {*held, *changes}:
        assert said(changed, word) == said(now, word)
    assert {word: said(before, word) for word in held} == told


def said(vocabulary, word):
    return (
        vocabulary.known(word),
        vocabulary.frequency(word),
        vocabulary.near(word),
        vocabulary.near(word + "к"),
        vocabulary.completions(word[:3]),
    )


def test_a_word_is_known_until_its_last_form_has_gone():
    vocabulary = Vocabulary([("ноги", 1), ("ногу", 2)]).changed({"ноги": 0})
    assert vocabulary.known("ногами")
    assert not vocabulary.changed({"ногу": 0}).known("ногами")
