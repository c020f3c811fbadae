"""What people type is found whatever the case, and an excerpt shows where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical.folding import WIDTH, Piece, excerpt, fold, found, query_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Магний  НОЧЬЮ", ("магний", "ночью")),
        ("ёж еж Ёж", ("еж",)),
        ("doctor’s", ("doctor's",)),
        ("и\u0306од", ("йод",)),
        ("\x00\u202eмаг\u00adний\u200f", ("магний",)),
        (" \t\n\u00a0 ", ()),
        ("", ()),
        ("% _", ("%", "_")),
        ("\ud800", ()),
    ],
)
def test_words_of_a_query_are_folded_once_each_and_without_what_no_text_can_hold(typed, words):
    assert query_words(typed) == words


def test_only_the_words_that_a_text_holds_are_found():
    assert found("Ёжик в тумане", query_words("еж туман лиса")) == {"еж", "туман"}


def test_an_excerpt_marks_every_word_in_the_letters_of_the_text():
    assert excerpt("Чёрный кот и ЧЕРНЫЙ пёс", query_words("черн пес")) == [
        Piece("Чёрн", True), Piece("ый кот и ", False), Piece("ЧЕРН", True), Piece("ЫЙ ", False), Piece("пёс", True),
    ]  # fmt: skip


def test_words_that_overlap_are_one_mark():
    assert excerpt("судорога", ("судо", "суд")) == [Piece("судо", True), Piece("рога", False)]
    assert excerpt("aab", ("aa", "ab")) == [Piece("aa", True), Piece("b", False)]


def test_letters_that_folding_makes_longer_do_not_shift_the_mark():
    assert excerpt("Straße İzmir Магний", ("магний",))[-1] == Piece("Магний", True)
    assert excerpt("Straße", ("ss",)) == [Piece("Stra", False), Piece("ß", True), Piece("e", False)]


def test_a_long_text_is_cut_around_the_stretch_with_most_words():
    text = "магний " + "слово " * 200 + "магний и беременность " + "слово " * 200
    pieces = excerpt(text, ("магний", "беременность"))

    assert [piece.text for piece in pieces if piece.is_found] == ["магний", "беременность"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
    assert sum(len(piece.text) for piece in pieces) <= WIDTH + 4
    assert not any(piece.text.strip() in {"сло", "во", "лово"} for piece in pieces)


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=4))
def test_an_excerpt_never_changes_a_letter_and_marks_only_what_was_looked_for(text, typed):
    words = query_words(" ".join(typed))
    pieces = excerpt(text, words)

    inside = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert inside in " ".join(text.split())
    assert all(any(word in fold(piece.text) for word in words) for piece in pieces if piece.is_found)
