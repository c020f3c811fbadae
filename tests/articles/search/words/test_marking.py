from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.words import marking
from articles.search.words.marking import GAP, Marker, Piece
from articles.search.words.stems import keys
from articles.search.words.tokens import folded
from tests.articles.search.words.strategies import ANY_TEXT

CRAMP = keys("судорога")
TEXT = (
    "Ночные судороги ног бывают у\u00a0многих. Чаще всего они безвредны и проходят сами за несколько минут. "
    "Если судорога не проходит, потяните носок на\u00a0себя. Магний при судорогах изучали много раз. "
    "Врач спросит, какие лекарства вы принимаете. Запишите названия и дозы заранее, чтобы ничего не забыть на приёме."
)


def shown(pieces):
    return "".join(piece.text for piece in pieces)


def found(pieces):
    return [piece.text for piece in pieces if piece.is_marked]


def test_every_form_of_a_word_is_marked_as_it_is_written():
    assert Marker(CRAMP).marked("СУДОРОГИ\u00a0ног и су\u0301дорога") == [
        Piece("СУДОРОГИ", True),
        Piece("\u00a0ног и "),
        Piece("су\u0301дорога", True),
    ]
    assert found(Marker(keys("foot")).marked("Feet and a foot")) == ["Feet", "foot"]


def test_words_of_another_meaning_are_not_marked():
    assert found(Marker(keys("лечь")).marked("лечение и печенье: лечь")) == ["лечь"]


def test_a_short_text_is_given_whole():
    assert Marker(CRAMP).excerpt("Судорога") == [Piece("Судорога", True)]
    assert Marker(CRAMP).excerpt("") == Marker(CRAMP).marked("") == []


def test_the_excerpt_is_where_most_of_the_wanted_words_stand_and_begins_with_a_sentence():
    pieces = Marker({*keys("магний"), *CRAMP}).excerpt(TEXT, length=110)

    assert (
        shown(pieces)
        == GAP
        + "Если судорога не проходит, потяните носок на\u00a0себя. Магний при судорогах изучали много раз.\u00a0"
        + GAP
    )
    assert found(pieces) == ["судорога", "Магний", "судорогах"]


def test_without_a_match_the_beginning_is_shown():
    pieces = Marker(keys("прививка")).excerpt(TEXT, length=50)

    assert shown(pieces) == "Ночные судороги ног бывают у\u00a0многих.\u00a0" + GAP
    assert found(pieces) == []


def test_an_excerpt_is_not_cut_at_a_no_break_space():
    assert shown(Marker(keys("нога")).excerpt("Примите 300\u00a0мг магния", length=12)) == "Примите" + GAP


def test_a_text_of_one_endless_word_is_cut_by_force():
    assert shown(Marker(CRAMP).excerpt("а" * 1000, length=20)) == "а" * 20 + GAP


@given(ANY_TEXT, st.sampled_from(["судорога", "cramp", "а", "1"]))
def test_pieces_join_back_to_the_text(text, word):
    pieces = Marker(keys(word)).marked(text)

    assert shown(pieces) == text
    assert all(piece.text for piece in pieces)
    assert all(one.is_marked or other.is_marked for one, other in pairwise(pieces))


@given(
    st.lists(
        st.sampled_from(["судорога ", "судороги. ", "нога, ", "\u00a0и ", "Да! ", "а\u0301", "\n", "x" * 30]),
        max_size=60,
    ),
    st.integers(1, 120),
)
def test_an_excerpt_is_a_stretch_of_the_text_and_no_longer_than_asked(parts, length):
    text = "".join(parts)
    pieces = Marker(CRAMP).excerpt(text, length)
    inner = [piece for piece in pieces if piece.text.strip() != GAP]

    assert shown(inner) in text
    assert len(shown(inner)) <= length
    assert (not pieces) == (not text)
    assert all(set(keys(folded(word))) & set(CRAMP) for word in found(pieces))


def test_a_hundred_thousand_characters_are_no_trouble():
    assert found(Marker(CRAMP).excerpt("нога " * 20_000 + "судорога")) == ["судорога"]


def test_what_a_spelling_means_is_found_out_once_for_all_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def asking(word):
        asked.append(word)
        return keys(word)

    monkeypatch.setattr(marking, "keys", asking)
    marker = Marker(CRAMP)
    assert found(marker.marked("Судорога ног и судорога")) == ["Судорога", "судорога"]
    assert found(marker.excerpt("Снова судорога ног. " * 40)) != []
    assert found(marker.excerpt("Судорога")) == ["Судорога"]
    assert sorted(asked) == ["и", "ног", "снова", "судорога", "судорога"]


def test_where_nothing_is_wanted_nothing_is_marked():
    assert Marker([]).marked("Судорога ног") == [Piece("Судорога ног")]
