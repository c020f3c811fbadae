import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.stems import SAME_FAMILY, SAME_WORD, in_dictionary, is_stop, keys, weighted_keys
from articles.search.words.tokens import folded, tokens
from tests.articles.search.words.strategies import ANY_TEXT, WORDS


def same(word):
    return {key for key, weight in weighted_keys(folded(word)).items() if weight == SAME_WORD}


def family(word):
    return set(keys(folded(word)))


@pytest.mark.parametrize(
    "forms",
    [
        "кашель кашля кашлем",
        "прививка прививки прививок прививками",
        "ребёнок ребенка дети детей детям детьми",
        "человек люди людей",
        "судорога судорог судороги судорогами СУДОРОГУ",
        "нога ног ногам ногою",
        "мышца мышцы мышц",
        "боль боли болью болей",
        "день дня дней",
        "ухо уши ушей",
        "врач врачи врачом",
        "лечь лёг легла лягу",
        "беременный беременная беременным беременны",
        "foot feet",
        "woman women woman's",
        "child children children's",
        "cramp cramps cramping cramped Cramp",
        "tooth teeth",
        "mouse mice",
        "calf calves",
        "bleed bled bleeding bleeds",
        "swell swollen swelling",
        "lie lying",
        "diagnosis diagnoses",
        "thrombosis thromboses",
        "vertebra vertebrae",
        "bacterium bacteria",
        "oedema edema",
        "anaemia anemia",
        "haemorrhage hemorrhage haemorrhages",
        "tumour tumor tumours",
        "diarrhoea diarrhea",
        "paralyse paralyze paralysed",
        "randomised randomized",
        "litre liter litres",
        "sulphate sulfate",
        "travelling traveling",
    ],
)
def test_forms_of_one_word_share_a_key(forms):
    first, *others = forms.split()

    assert all(same(first) & same(other) for other in others)


@pytest.mark.parametrize("forms", ["крампи крампов", "рабдомиолиз рабдомиолиза", "паращитовидка паращитовидкой"])
def test_forms_of_a_word_that_no_dictionary_has_share_a_key(forms):
    one, other = forms.split()

    assert not in_dictionary(one)
    assert same(one) & same(other)


@pytest.mark.parametrize("pair", ["боль болит", "перегрев перегреть", "беременность беременная", "лечит лечится"])
def test_words_of_one_family_meet_at_less_weight(pair):
    one, other = pair.split()

    assert family(one) & family(other)


@pytest.mark.parametrize(
    "pair",
    [
        "лечь лечение",
        "лечь лечить",
        "печень печенье",
        "моча может",
        "боль более",
        "вес весь",
        "кал калий",
        "железы железом",
        "рана ранний",
        "нос носит",
        "рана рано",
        "часть часто",
        "икра игра",
        "several severe",
        "organ organization",
        "import important",
        "heart heat",
    ],
)
def test_words_of_different_meaning_share_no_key(pair):
    one, other = pair.split()

    assert not family(one) & family(other)


def test_a_word_with_two_meanings_has_the_keys_of_both():
    assert {"лечить", "лететь"} <= same("лечу")
    assert {"боль", "болеть"} <= same("боли")
    assert weighted_keys("left") == {"left": SAME_WORD, "leav": SAME_FAMILY}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("103", ("103",)),
        ("B12", ("b12",)),
        ("В12", ("b12",)),
        ("В-12", ("b12",)),
        ("R25.2", ("r25p2", "r25")),
        ("1,5", ("1p5",)),
    ],
)
def test_numbers_and_codes_are_themselves_whatever_letters_they_are_typed_in(written, expected):
    assert keys(folded(written) if "-" not in written else tokens(written)[0].word) == expected


def test_the_russian_letter_of_a_code_is_the_latin_one_that_looks_like_it():
    assert keys("р25.2") == ("p25p2", "p25")


def test_a_letter_of_the_other_script_among_many_of_one_is_read_as_it_looks():
    assert keys("cудорoга") == keys("судорога")
    assert keys("сramp") == keys("cramp")
    assert keys("vитамин") != keys("витамин")


@pytest.mark.parametrize(
    "word",
    ["и", "в", "не", "который", "которая", "могут", "может", "весь", "всех", "the", "of", "it", "can", "what", "it's"],
)
def test_function_words_are_known_in_every_form(word):
    assert is_stop(word)


@pytest.mark.parametrize("word", ["судорога", "моча", "вес", "боль", "нельзя", "leg", "cramp", "103", "рано"])
def test_words_with_a_meaning_are_not_function_words(word):
    assert not is_stop(word)


def test_the_dictionary_knows_russian_words_only():
    assert in_dictionary("аппендицит")
    assert in_dictionary("ребенка")
    assert not in_dictionary("судараги")
    assert not in_dictionary("cramp")


@given(WORDS)
def test_every_word_has_keys_of_letters_and_digits_alone(word):
    word = folded(word)

    assert keys(word)
    assert all(key.isalnum() and key == key.casefold() for key in keys(word))
    assert list(weighted_keys(word).values()) == sorted(weighted_keys(word).values(), reverse=True)


@given(ANY_TEXT)
def test_any_string_has_keys_or_none_and_the_same_each_time(text):
    for token in tokens(text):
        weighted_keys.cache_clear()
        first = weighted_keys(token.word)
        weighted_keys.cache_clear()
        assert dict(weighted_keys(token.word)) == dict(first)
        assert all(key.isalnum() for key in first)


def test_a_word_of_a_hundred_thousand_letters_has_short_keys():
    assert all(len(key) <= 45 for letter in "аa1" for key in keys(letter * 100_000))


def test_threads_that_ask_at_once_get_the_same_answers():
    asked = [form + tail for form in ("судорог", "прививк", "магни", "боле") for tail in ("а", "и", "у", "ой", "ами")]
    expected = [keys(word) for word in asked]
    weighted_keys.cache_clear()
    answers = []
    threads = [threading.Thread(target=lambda: answers.append([keys(word) for word in asked])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [expected] * 8


@given(st.text(st.sampled_from("ѐѓєіїјљњћўџҐґүөәі"), min_size=1, max_size=8))
def test_letters_of_other_cyrillic_languages_have_keys_too(word):
    assert keys(folded(word))


def test_letters_that_have_no_name_in_unicode_are_no_fault() -> None:
    assert keys("\U00017000аа")
    assert not in_dictionary("\U00017000аа")
