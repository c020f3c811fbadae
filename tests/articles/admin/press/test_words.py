"""Texts woven together are shortened where they agree, and never where they differ."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.press.words import CLASS_ANSWERS, answers, shortened, title_of
from articles.editions.envelope import CHANGE_CLASSES
from articles.publishing.differences import Run, words


def test_the_answers_are_every_class_that_a_person_chooses_gravest_first() -> None:
    chosen = [name for name in CHANGE_CLASSES if name not in ("first", "review")]

    assert [answer.value for answer in answers()] == chosen
    assert set(CLASS_ANSWERS) == set(chosen)


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


@pytest.mark.parametrize(
    ("language", "titles", "shown"),
    [
        ("ru", {"ru": "Да", "en": "Yes"}, "Да"),
        ("en", {"ru": "Да", "en": "Yes"}, "Yes"),
        ("en", {"ru": "Да"}, "Да"),
    ],
)
def test_a_title_is_shown_in_the_language_of_the_interface_where_there_is_one(
    language: str, titles: dict[str, str], shown: str
) -> None:
    with override(language):
        assert title_of(titles) == shown
