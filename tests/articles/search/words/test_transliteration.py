import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words.transliteration import cyrillic


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sudorogi", "судороги"),
        ("magnij", "магний"),
        ("magniy", "магний"),
        ("magnii", "магний"),
        ("beremennost", "беременность"),
        ("beremennost'", "беременность"),
        ("shchitovidnaya", "щитовидная"),
        ("schitovidnaja", "щитовидная"),
        ("zheludok", "желудок"),
        ("jeludok", "желудок"),
        ("kholera", "холера"),
        ("holera", "холера"),
        ("yod", "йод"),
        ("jod", "йод"),
        ("iod", "йод"),
        ("yug", "юг"),
        ("bolnica", "больница"),
        ("bolnitsa", "больница"),
        ("epilepsiya", "эпилепсия"),
        ("epilepsia", "эпилепсия"),
        ("pechen", "печень"),
        ("yazyk", "язык"),
        ("jazyk", "язык"),
        ("myshca", "мышца"),
        ("eda", "еда"),
        ("kashel", "кашель"),
        ("noch'yu", "ночью"),
        ("vrach", "врач"),
        ("zhivot", "живот"),
        ("semya", "семья"),
    ],
)
def test_common_ways_to_write_russian_in_latin_letters_are_read(typed, meant):
    assert meant in cyrillic(typed)


def test_the_likeliest_spelling_comes_first():
    assert cyrillic("sudorogi")[0] == "судороги"
    assert cyrillic("magnij")[0] == "магний"


@pytest.mark.parametrize("word", ["", "судороги", "b12", "cramp's\ud800", "a" * 31])
def test_what_no_scheme_writes_has_no_reading(word):
    assert cyrillic(word) == ()


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz'"), max_size=40))
def test_the_spellings_are_few_different_and_russian(word):
    made = cyrillic(word)

    assert len(made) == len(set(made)) <= 32
    assert all("а" <= letter <= "я" for text in made for letter in text)
