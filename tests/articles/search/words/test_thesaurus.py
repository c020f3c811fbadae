import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.thesaurus import OTHER_LANGUAGE, SAME_LANGUAGE, Expression, Thesaurus
from tests.articles.search.words.strategies import ANY_TEXT

CALF = [
    Expression("икроножная мышца", "ru"),
    Expression("икра", "ru"),
    Expression("calf muscle", "en"),
    Expression("calf", "en"),
]
CRAMP = [
    Expression("Судорога", "ru"),
    Expression("крампи", "ru"),
    Expression("Cramp", "en"),
    Expression("charley horse", "en"),
]
GLOSSARY = Thesaurus([CALF, CRAMP])


def said_otherwise(*words):
    return {
        (alternative.language, key): weight
        for place in GLOSSARY.places(words)
        for alternative in place.alternatives
        for key, weight in alternative.keys.items()
    }


@pytest.mark.parametrize("word", ["судорога", "судорог", "крампи", "крампов"])
def test_an_expression_is_recognised_in_every_form(word):
    assert said_otherwise(word)["en", "cramp"] == OTHER_LANGUAGE


def test_the_other_language_weighs_less_than_a_synonym():
    found = said_otherwise("calves")

    assert found["ru", "икра"] == OTHER_LANGUAGE < SAME_LANGUAGE
    assert found["en", "muscl"] == SAME_LANGUAGE / 2


def test_the_words_of_a_phrase_share_its_weight():
    assert said_otherwise("икру")["ru", "мышца"] == SAME_LANGUAGE / 2


@pytest.mark.parametrize("words", [("боль", "в", "икроножной", "мышце"), ("боль", "в", "икроножных", "мышцах")])
def test_a_phrase_is_recognised_where_all_its_words_stand_side_by_side(words):
    (place,) = GLOSSARY.places(words)

    assert (place.start, place.end) == (2, 4)
    assert "икра" in place.alternatives[0].keys


@pytest.mark.parametrize("words", [("мышца",), ("мышца", "икроножная"), ("икроножная", "и", "мышца"), ("muscle",), ()])
def test_a_part_of_a_phrase_is_not_the_phrase(words):
    assert GLOSSARY.places(words) == []


def test_longer_expressions_come_first():
    places = GLOSSARY.places(("calf", "muscle"))

    assert [(place.start, place.end) for place in places] == [(0, 2), (0, 1)]


def test_function_words_in_a_phrase_are_worth_nothing_and_alone_are_no_expression():
    glossary = Thesaurus([[Expression("ТГВ", "ru"), Expression("тромб в вене ноги", "ru"), Expression("it", "en")]])

    ((alternative,),) = (place.alternatives for place in glossary.places(["тгв"]))
    assert "в" not in alternative.keys
    assert glossary.places(["it"]) == []


@pytest.mark.parametrize(
    "group", [[], [Expression("судорога", "ru")], [Expression("…", "ru"), Expression("судорога", "ru")]]
)
def test_a_group_of_one_says_nothing(group):
    assert Thesaurus([group]).places(["судорога"]) == []


def test_a_word_in_two_groups_has_the_alternatives_of_both():
    glossary = Thesaurus([CRAMP, [Expression("судорога", "ru"), Expression("спазм", "ru")]])

    assert len(glossary.places(["судорога"])) == 2


@given(
    st.lists(st.lists(st.builds(Expression, ANY_TEXT, st.sampled_from(["ru", "en"])), max_size=4), max_size=4),
    st.lists(ANY_TEXT, max_size=5),
)
def test_any_strings_make_a_thesaurus(groups, words):
    for place in Thesaurus(groups).places(words):
        assert 0 <= place.start < place.end <= len(words)
        assert all(0 < weight <= SAME_LANGUAGE for other in place.alternatives for weight in other.keys.values())
