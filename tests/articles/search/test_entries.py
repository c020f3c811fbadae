"""What the index holds of a text: keys with positions, so that neighbours are known and passages stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.entries import SPAN, Entry, entry, positions, read, written
from articles.search.passages import Passage, Place


def made(*passages: tuple[Place, str]) -> Entry:
    return entry(Passage(place, text) for place, text in passages)


def test_a_word_stands_in_its_place_under_each_of_its_keys() -> None:
    found = made((Place.TITLE, "Судороги ног"), (Place.BODY, "Сводит ногу."))
    assert positions(found.postings, "нога") == [1, Place.BODY * SPAN + 1]
    assert positions(found.postings, "судорога") == [0]
    assert positions(found.postings, "судорог") == []


def test_the_beginning_of_a_key_is_another_key() -> None:
    found = made((Place.BODY, "судорога"))
    assert positions(found.postings, "судорог") == []
    assert positions(found.postings, "удорога") == []


def test_passages_of_one_place_are_no_neighbours() -> None:
    found = made((Place.BODY, "Первый конец"), (Place.BODY, "начало второго"))
    end, start = positions(found.postings, "конец")[0], positions(found.postings, "начало")[0]
    assert start - end > 10
    assert [stretch[1] for stretch in found.stretches] == [2, 2]
    assert found.stretches[1][0] == start


def test_sizes_count_words_with_meaning() -> None:
    found = made((Place.TITLE, "Что это и при чём тут мышцы"), (Place.NAMES, "крампи"), (Place.NAMES, "спазм мышц"))
    assert found.sizes == (1, 3, 0, 0, 0)


def test_forms_are_the_words_as_they_stand_folded_and_whole() -> None:
    assert made((Place.BODY, "Ёлка, R25.2 и " + "ы" * 200)).forms == {"елка", "r25.2", "и"}


def test_a_text_without_end_is_found_by_its_first_words() -> None:
    found = made((Place.BODY, "слово " * 100_000), (Place.BODY, "последнее"))
    assert positions(found.postings, "последний") == []


@pytest.mark.parametrize("rows", [[], [(1, 2)], [(1,), (2, 3), (4, 5)]])
def test_rows_of_numbers_are_read_as_they_were_written(rows: list[tuple[int, ...]]) -> None:
    assert read(written(rows)) == rows


@given(st.lists(st.text(max_size=60), max_size=5))
def test_no_text_can_break_the_lines_of_the_postings(texts: list[str]) -> None:
    found = entry(Passage(Place.BODY, text) for text in texts)
    keys = [key for key, _ in found.found_keys()]
    assert len(keys) == len(set(keys))
    for key, places in found.found_keys():
        assert key.isalnum()
        assert places == sorted(places) == positions(found.postings, key)
