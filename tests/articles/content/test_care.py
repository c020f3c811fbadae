"""What colleagues read where they choose a box."""

from __future__ import annotations

import pytest

from articles.content.labels import label
from tests.factories.desk_kinds import a_care_box

pytestmark = pytest.mark.django_db


def test_two_boxes_of_one_title_are_told_apart_by_their_first_sign() -> None:
    first = a_care_box(title_en="See a doctor today if", triggers_en="one calf is swollen\nit is hot")
    second = a_care_box(title_en="See a doctor today if", triggers_en="  the cramp lasts\n")
    assert label(first, "en") == "See a doctor today if one calf is swollen"
    assert label(second, "en") == "See a doctor today if the cramp lasts"


def test_a_box_is_called_by_its_title_alone_while_it_has_no_sign() -> None:
    assert label(a_care_box(title_en="Call {emergency} if", triggers_en=""), "en") == "Call {emergency} if"


def test_a_box_without_a_title_is_called_as_in_the_other_language() -> None:
    box = a_care_box(title_en="", title_ru="Звоните {emergency}, если", triggers_ru="трудно дышать")
    assert label(box, "en") == "Звоните {emergency}, если трудно дышать (ru)"


def test_a_long_sign_is_cut_at_the_end_of_a_word() -> None:
    name = label(a_care_box(title_en="Call {emergency} if", triggers_en="a leg " * 60), "en")
    assert len(name) <= 100
    assert name.endswith("leg a…")
