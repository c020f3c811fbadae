from __future__ import annotations

import pytest

from articles.content.care import CareService
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk_kinds import a_care_service


def _saved(desk: Desk, **typed: str) -> tuple[str, str]:
    service = a_care_service()
    assert desk.save(service, desk.open(service), **typed).status_code == 302
    service.refresh_from_db()
    return service.number, service.country


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("103", "103"),
        (" 8 (800) 200-02-00 ", "88002000200"),
        ("+7 495 123\u201345\u201367", "+74951234567"),
        ("1-1-2", "112"),
    ],
)
def test_a_number_is_taken_as_it_is_printed_and_kept_as_it_is_dialled(desk: Desk, typed: str, number: str) -> None:
    assert _saved(desk, number=typed)[0] == number


@pytest.mark.parametrize(
    ("typed", "code"), [("gb", "GB"), ("UK", "GB"), ("рф", "RU"), ("eu", "EU"), ("", ""), (" kz ", "KZ")]
)
def test_a_country_is_taken_as_people_write_it(desk: Desk, typed: str, code: str) -> None:
    assert _saved(desk, country=typed)[1] == code


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "скорая"}, "Write the number as it is dialled: digits only, with + for abroad."),
        ({"number": "103 доб. 5"}, "Write the number as it is dialled: digits only, with + for abroad."),
        ({"number": ""}, "This field is required."),
        ({"country": "Russia"}, "at most 2"),
        ({"country": "R1"}, "Write the two capital letters of the country, such as RU or GB."),
        ({"country": "RF"}, "No country has the code RF."),
    ],
)
def test_what_is_no_number_or_no_country_is_said_at_its_field(desk: Desk, typed: dict, sentence: str) -> None:
    service = a_care_service()
    answer = desk.save(service, desk.open(service), name_en="Typed", **typed)
    errors = answer.context["adminform"].form.errors
    assert list(errors) == list(typed)
    assert sentence in str(errors)
    assert CareService.objects.get().name_en == "Ambulance"


def test_services_are_listed_by_country(desk: Desk) -> None:
    a_care_service()
    british = a_care_service("999", name_en="Emergency", country="GB")
    found = desk.client.get(address(CareService, "changelist"), {"country": "GB"}).context["cl"].result_list
    assert found == [british]
