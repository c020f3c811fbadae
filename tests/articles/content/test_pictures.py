from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.content.labels import label
from articles.content.pictures import NAMING, Licence, Picture
from tests.factories.pictures import a_photo, a_picture

pytestmark = pytest.mark.django_db


def test_a_picture_is_as_large_as_its_largest_file() -> None:
    picture = a_picture(a_photo(700, 350), width=1, height=1)
    assert (picture.width, picture.height) == (700, 350)


def test_without_files_nothing_is_saved() -> None:
    with pytest.raises(ValidationError):
        a_picture(renditions=[])
    assert Picture.objects.count() == 0


def test_the_files_come_back_from_the_database_in_their_one_form() -> None:
    picture = a_picture()
    again = Picture.objects.get()
    assert again.renditions == picture.renditions
    assert list(again.renditions[0]) == ["path", "width", "height", "format", "bytes"]


def test_a_row_without_an_extent_is_refused_by_the_database() -> None:
    a_picture()
    with pytest.raises(IntegrityError, match="a_picture_has_an_extent"), transaction.atomic():
        Picture.objects.update(width=0)


@pytest.mark.parametrize("licence", Licence)
def test_who_must_be_named_is_named(licence: Licence) -> None:
    if licence not in NAMING:
        assert a_picture(licence=licence).credit == ""
        return
    with pytest.raises(IntegrityError, match="who_must_be_named_is_named"), transaction.atomic():
        a_picture(licence=licence)
    assert a_picture(licence=licence, credit="Анна Белова").credit == "Анна Белова"


def test_the_terms_of_a_known_licence_are_known() -> None:
    assert a_picture(licence="cc0", licence_url="https://example.org/").terms.startswith("https://creativecommons.org/")
    assert a_picture(licence="permission", credit="A", licence_url="https://example.org/l").terms.endswith("/l")
    assert a_picture().terms == ""


def test_a_picture_can_be_shown_where_there_are_words_for_it() -> None:
    picture = a_picture(alt_en="")
    assert (picture.has_words("ru"), picture.has_words("en")) == (True, False)


def test_a_picture_is_named_by_what_is_to_be_seen_and_until_then_by_its_file() -> None:
    assert label(a_picture(), "en") == "The calf muscle from behind"
    assert label(a_picture(alt_en=""), "en") == "Икроножная мышца сзади (ru)"
    assert label(a_picture(alt_ru="", alt_en=""), "en") == "calf.jpg"
