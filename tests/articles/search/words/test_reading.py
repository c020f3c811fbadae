import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.reading import MOST_READINGS, MOST_WORDS, readings
from articles.search.words.thesaurus import Expression, Thesaurus
from articles.search.words.tokens import tokens
from articles.search.words.vocabulary import Vocabulary
from tests.articles.search.words.strategies import ANY_TEXT

_WORDS = """
судорога судороги судорог магний диабет беременность икра икры мышца боль нога ног ногах спина спине ночью больница
прививки ребенок кашель cramps cramp diabetes magnesium muscle calf leg pain pregnancy hear head b12
"""
SHELF = Vocabulary((word, 3) for word in _WORDS.split())
GLOSSARY = Thesaurus(
    [
        [
            Expression("икроножная мышца", "ru"),
            Expression("икра", "ru"),
            Expression("calf muscle", "en"),
            Expression("calf", "en"),
        ]
    ]
)


def first(query):
    reading = readings(query, SHELF, GLOSSARY)[0]
    return reading.how, reading.text


@pytest.mark.parametrize(
    ("query", "how", "text"),
    [
        ("судороги в ногах", "as_typed", "судороги в ногах"),
        ("celjhjub", "layout", "судороги"),
        ("Celjhjub d yjuf[", "layout", "Судороги в ногах"),
        (",jkm", "layout", "боль"),
        ("скфьзы", "layout", "cramps"),
        ("дуп зфшт", "layout", "leg pain"),
        ("sudorogi", "transliteration", "судороги"),
        ("sudorogi v nogah", "transliteration", "судороги в ногах"),
        ("magnij", "transliteration", "магний"),
        ("magniy b12", "transliteration", "магний b12"),
        ("beremennost", "transliteration", "беременность"),
        ("boli v spine", "transliteration", "боли в спине"),
        ("судараги", "spelling", "судороги"),
        ("магнезй", "spelling", "магний"),
        ("crampz", "spelling", "cramps"),
        ("dibetes", "spelling", "diabetes"),
        ("leg crampz", "spelling", "leg cramps"),
        ("судараги ночью", "spelling", "судороги ночью"),
    ],
)
def test_a_broken_question_is_understood(query, how, text):
    assert first(query) == (how, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("magnesium celjhjub", "magnesium судороги"),
        ("cramps судараги", "cramps судороги"),
        ("судороги v nogah", "судороги в ногах"),
        ("боль в икрах crampz", "боль в икрах cramps"),
    ],
)
def test_one_broken_word_among_good_ones_is_put_right_and_the_others_stay(query, text):
    assert first(query)[1] == text


@pytest.mark.parametrize(
    "query", ["судорог", "hear", "head", "аппендицит", "IT", "it", "b12", "В12", "103", "он", "vitamin k", "of"]
)
def test_a_known_word_a_code_or_a_short_word_is_never_put_right(query):
    assert all(query in reading.text for reading in readings(query, SHELF))


@pytest.mark.parametrize("query", ["celjhjub", "sudorogi", "судараги", "heart", "crampz leg dibetes magnij", "привет"])
def test_the_question_as_typed_is_always_one_of_the_readings(query):
    typed = [reading.text for reading in readings(query, SHELF) if reading.how == "as_typed"]

    assert typed == [query]


def test_what_is_less_likely_than_the_question_as_typed_comes_after_it():
    assert [reading.how for reading in readings("heart", SHELF)] == ["as_typed", "spelling"]


def test_the_wanted_word_has_its_own_keys_and_at_less_weight_what_means_the_same():
    (reading,) = readings("боль в икрах", SHELF, GLOSSARY)
    pain, within, calf = reading.words

    assert pain.keys["боль"] == 1.0 > pain.keys["0бол"]
    assert within.is_stop
    assert 1.0 == calf.keys["икра"] > calf.keys["calf"] > calf.keys["muscl"] > 0.0
    assert 0.5 > calf.keys["мышца"] > calf.keys["muscl"]


def test_every_word_of_a_phrase_is_found_by_its_synonym():
    (reading,) = readings("икроножной мышцы", SHELF, GLOSSARY)

    assert all(word.keys["икра"] == 0.7 and word.keys["calf"] == 0.5 for word in reading.words)


def test_a_misspelt_word_finds_its_synonyms_too():
    assert "икра" in readings("cafl muscle", SHELF, GLOSSARY)[0].words[0].keys


def test_a_question_of_function_words_alone_is_searched_by_them():
    (reading,) = readings("to be or not to be", SHELF)

    assert all(word.is_stop for word in reading.words)
    assert reading.keys == {key for word in reading.words for key in word.keys}


def test_function_words_are_not_marked_beside_others():
    (reading,) = readings("боль в ноге", SHELF)

    assert "нога" in reading.keys
    assert "в" not in reading.keys


@pytest.mark.parametrize("query", ["", "   ", "🦵", "…", "\0", "\ud800", "\u202e", "'"])
def test_a_question_without_words_has_no_reading(query):
    assert readings(query, SHELF) == []


def test_what_a_reading_shows_can_be_written_on_a_page():
    (reading,) = readings("су\u00adдороги\0в\ud800ногах\u202e\u00a0\n", SHELF)

    assert reading.text == "судороги в ногах"


@pytest.mark.parametrize(
    "query", ["судорога " * 100, "crampz " * 100, "судараги," * 100, "x" * 100_000, "а" * 100_000, "zzzz yyyy " * 9]
)
def test_a_long_question_is_cut(query):
    for reading in readings(query, SHELF):
        assert len(reading.words) <= MOST_WORDS
        assert len(reading.text) <= 300


@given(ANY_TEXT | st.text(st.sampled_from("celjhub,.sudrogi судараги v")))
def test_readings_are_few_ordered_different_and_always_the_same(query):
    found = readings(query, SHELF, GLOSSARY)

    assert len(found) <= MOST_READINGS
    assert [reading.text for reading in found] == [reading.text for reading in readings(query, SHELF, GLOSSARY)]
    assert [reading.cost for reading in found if reading.how != "as_typed"] == sorted(
        reading.cost for reading in found if reading.how != "as_typed"
    )
    assert len({reading.text for reading in found}) == len(found)
    assert all(reading.words and len(reading.words) == len(tokens(reading.text)) for reading in found)
    assert sum(reading.how == "as_typed" for reading in found) == (1 if found else 0)
    assert all(reading.text.isprintable() and reading.text.encode() for reading in found)
