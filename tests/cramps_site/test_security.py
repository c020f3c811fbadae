"""Whom to tell of a weakness of the site, as RFC 9116 has it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cramps_site.security import expires

PATH = "/.well-known/security.txt"


def fields(client: Client) -> dict[str, str]:
    lines = client.get(PATH).content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_it_says_whom_to_write_to_in_which_languages_and_until_when(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL, settings.SITE_URL = "desk@example.org", "https://example.org"

    answer = client.get(PATH)

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "max-age=3600"
    assert fields(client) == {
        "Contact": "mailto:desk@example.org",
        "Expires": expires(timezone.now()),
        "Preferred-Languages": "ru, en",
        "Canonical": "https://example.org/.well-known/security.txt",
    }


def test_an_address_without_encryption_is_not_called_canonical(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = "desk@example.org"

    assert "Canonical" not in fields(client)


@pytest.mark.django_db
def test_while_nobody_is_named_there_is_no_such_file(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = ""

    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize(
    "now", ["2026-01-01T00:00:00", "2026-11-25T10:00:00", "2028-02-29T23:59:59", "2026-12-31T23:59:59"]
)
def test_it_ends_less_than_a_year_and_more_than_ten_months_from_now(now: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    left = datetime.fromisoformat(expires(moment)) - moment

    assert timedelta(days=330) < left <= timedelta(days=366)


def test_it_stays_the_same_for_a_month() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in range(1, 31)]

    assert {expires(day) for day in days} == {"2027-11-01T00:00:00Z"}
