"""Texts woven together word by word, shortened where they agree, and never where they differ."""

import time

from hypothesis import given
from hypothesis import strategies as st

from articles.editions.weaving import Run, shortened, words


def test_a_space_between_two_differences_does_not_part_them():
    assert words("Sample 2012", "Test News 2026") == [Run("removed", "Sample 2012"), Run("added", "Test News 2026")]


def test_a_space_at_the_edge_of_a_difference_stays_with_the_words_around():
    assert words("a b", "a c b") == [Run("same", "a "), Run("added", "c "), Run("same", "b")]


def test_words_are_woven_together():
    assert words("call 103 now", "call 112 now") == [
        Run("same", "call "),
        Run("removed", "103"),
        Run("added", "112"),
        Run("same", " now"),
    ]


def test_equal_words_between_other_spaces_stay_equal():
    assert words("a b", "a  b") == [Run("same", "a"), Run("removed", " "), Run("added", "  "), Run("same", "b")]


def test_long_texts_that_share_little_are_told_as_a_whole_and_at_once():
    was = " ".join(f"was{number}" for number in range(5000))
    new = " ".join(f"new{number}" for number in range(5000))

    began = time.process_time()
    runs = words(f"begin {was} end", f"begin {new} end")

    assert time.process_time() - began < 1
    assert runs == [Run("same", "begin "), Run("removed", was), Run("added", new), Run("same", " end")]


def test_a_long_agreement_is_cut_in_the_middle() -> None:
    (run,) = shortened([Run("same", "начало " + "слово " * 200 + "конец")])

    assert run.text.startswith("начало слово")
    assert run.text.endswith("слово конец")
    assert " … " in run.text
    assert len(run.text) < 300


def test_what_follows_the_last_difference_is_cut_at_its_end() -> None:
    _before, _removed, after = shortened([Run("same", "Звоните "), Run("added", "104"), Run("same", " слово" * 200)])

    assert after.text.endswith("слово …")
    assert len(after.text) < 150


@given(st.text(max_size=400), st.text(max_size=400))
def test_what_differs_is_never_cut(before: str, after: str) -> None:
    runs = words(before, after)

    kept = [run for run in shortened(runs) if run.kind != "same"]
    assert kept == [run for run in runs if run.kind != "same"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_out_of_the_weave(before: str, after: str) -> None:
    runs = words(before, after)

    assert "".join(run.text for run in runs if run.kind != "added") == before
    assert "".join(run.text for run in runs if run.kind != "removed") == after
