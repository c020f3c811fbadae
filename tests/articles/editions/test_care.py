"""What a text says to do in an emergency, with the numbers of now."""

import pytest

from articles.editions.care import emergency_box, with_numbers_of_now
from tests.factories.documents import a_document, an_id, heading, shelve, withdraw
from tests.factories.documents_of_kinds import a_care_box, a_service, care_box

pytestmark = pytest.mark.django_db

OTHER = an_id("other article")


def test_the_first_box_on_emergencies_is_found_and_no_other_level() -> None:
    today, now = a_care_box("today", level="same_day"), a_care_box("now")

    assert emergency_box(a_document(care_box(today), care_box(now))) == now
    assert emergency_box(a_document(care_box(today))) is None


def test_a_number_follows_the_texts_that_are_live() -> None:
    old = a_service("103")
    shelve(a_document(care_box(a_care_box(services=[old]))))
    withdraw(reason_code="request")
    shelve(a_document(care_box(a_care_box(services=[a_service("104", id=old.id)])), slug="other"), item=OTHER)

    assert [one.number for one in with_numbers_of_now(a_care_box(services=[old]), "ru").services] == ["104"]


def test_a_number_that_no_live_text_shows_any_more_is_left_out() -> None:
    shelve(a_document(heading("x")))

    assert with_numbers_of_now(a_care_box(services=[a_service("104")]), "ru").services == []
