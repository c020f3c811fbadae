import pytest

from articles.search.words import guesses as guessing
from articles.search.words.guesses import Guess, guesses, in_cyrillic, is_strange, on_other_layout
from articles.search.words.vocabulary import Vocabulary

SHELF = Vocabulary(
    [("судороги", 9), ("магний", 5), ("диуретик", 2), ("diuretic", 2), ("hear", 1), ("muscle", 3), ("head", 3)]
)


def best(chunk):
    return min(guesses(chunk, SHELF), key=lambda guess: guess.cost)


def test_a_part_that_is_known_is_only_what_it_is():
    assert guesses("Судорог,", SHELF) == [Guess("as_typed", "Судорог,", 0.0)]


@pytest.mark.parametrize(
    ("chunk", "how", "text"),
    [
        ("celjhjub", "layout", "судороги"),
        ("«celjhjub».", "layout", "судороги"),
        ("ghbdtn", "layout", "привет"),
        ("руфв", "layout", "head"),
        ("magnij", "transliteration", "магний"),
        ("судараги,магнезй", "spelling", "судороги,магний"),
        ("sudaragi", "transliteration", "судороги"),
        ("celfhjub", "layout", "судороги"),
        ("судор", "spelling", "судороги"),
        ("musle", "spelling", "muscle"),
    ],
)
def test_a_part_that_nobody_knows_is_guessed_at(chunk, how, text):
    assert (best(chunk).how, best(chunk).text) == (how, text)


def test_a_short_english_word_that_the_index_lacks_is_rather_a_word_than_a_slip():
    assert best("heart").how == "as_typed"
    assert [guess.text for guess in guesses("heart", SHELF)] == ["heart", "hear"]


@pytest.mark.parametrize("word", ["аппендицит", "of", "103", "b6", "да", "zz", "судорога"])
def test_known_words_words_of_the_dictionary_codes_and_short_words_are_not_strange(word):
    assert not is_strange(word, SHELF)


def test_a_word_may_be_both_russian_in_latin_letters_and_english_misspelt():
    assert [guess.how for guess in guesses("diuretik", SHELF)] == ["as_typed", "transliteration", "spelling"]


def test_nothing_is_made_of_what_makes_no_words():
    assert on_other_layout("xyzzy", SHELF) == []
    assert in_cyrillic("xyzzy", SHELF) == []
    assert len(guesses("xyzzyqq", SHELF)) == 1


@pytest.mark.parametrize(("chunk", "times"), [("sourse", 1), ("sourse,", 2), ("«sourse»", 2)])
def test_the_dictionary_is_asked_once_for_each_way_to_read_a_part(
    chunk: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def asking(word: str) -> bool:
        asked.append(word)
        return False

    monkeypatch.setattr(guessing, "in_dictionary", asking)
    assert on_other_layout(chunk, SHELF) == []
    assert len(asked) <= times
    assert asked
