"""Codes of the press in words."""

import pytest
from django.utils.translation import override

from articles.admin.press.words import CLASS_ANSWERS, answers, title_of
from articles.editions.envelope import CHANGE_CLASSES


def test_the_answers_are_every_class_that_a_person_chooses_gravest_first() -> None:
    chosen = [name for name in CHANGE_CLASSES if name not in ("first", "review")]

    assert [answer.value for answer in answers()] == chosen
    assert set(CLASS_ANSWERS) == set(chosen)


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
