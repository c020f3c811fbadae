"""The desk keeps its own time: it names the zone of what it shows, and reads in it what is typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.timezone import override as in_zone
from django.utils.translation import override

from articles.admin.moments import now
from articles.editorial.desk_zone import DeskZone, typed_moment
from articles.publishing.desk_letters import spelled_moment
from articles.publishing.releases import Release
from cramps_site.middleware import DeskTime
from cramps_site.settings import environment
from tests.factories.people import somebody

SUMMER, WINTER = datetime(2026, 7, 1, 9, 5, tzinfo=UTC), datetime(2026, 12, 1, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "summer", "winter"),
    [
        ("Europe/Moscow", "12:05 MSK", "12:05 MSK"),
        ("Asia/Almaty", "14:05 UTC+5", "14:05 UTC+5"),
        ("Europe/London", "10:05 BST", "09:05 GMT"),
        ("Asia/Kolkata", "14:35 IST", "14:35 IST"),
        ("Asia/Kathmandu", "14:50 UTC+5:45", "14:50 UTC+5:45"),
        ("America/Sao_Paulo", "06:05 UTC-3", "06:05 UTC-3"),
        ("UTC", "09:05 UTC", "09:05 UTC"),
    ],
)
def test_a_zone_names_itself_as_people_there_know_it(zone: str, summer: str, winter: str) -> None:
    with override("en"):
        assert f"{SUMMER.astimezone(DeskZone(zone)):%H:%M %Z}" == summer
        assert f"{WINTER.astimezone(DeskZone(zone)):%H:%M %Z}" == winter


def test_moscow_is_named_in_the_language_of_the_page(settings: Any) -> None:
    settings.DESK_TIME_ZONE = "Europe/Moscow"
    assert spelled_moment(WINTER, "ru") == "1\u00a0декабря\u00a02026, 12:05 мск"
    assert spelled_moment(WINTER, "en") == "1\u00a0December\u00a02026, 12:05 MSK"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-07-01T10:05", SUMMER),
        ("2026-07-01T09:05Z", SUMMER),
        ("2026-07-01T12:05+03:00", SUMMER),
        ("2026-12-01T09:05", WINTER),
        # The first of the two: the clocks still show summer time.
        ("2026-10-25T01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # The clocks go from one to two: this hour is never shown.
        ("2026-03-29T01:30", None),
        ("0001-01-01T00:00+14:00", None),
        ("9999-12-31T23:59-14:00", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_what_is_typed_is_read_on_the_clock_of_the_desk(typed: str, meant: datetime | None) -> None:
    with in_zone(DeskZone("Europe/London")):
        assert typed_moment(typed) == meant


def test_a_zone_that_there_is_not_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("Moscow", "../etc/passwd", "Europe"):
        monkeypatch.setenv("DESK_TIME_ZONE", wrong)
        with pytest.raises(ImproperlyConfigured, match="Europe/Moscow"):
            environment.time_zone("DESK_TIME_ZONE", "UTC")


def test_nobody_but_the_desk_is_answered_in_its_time(rf: RequestFactory, settings: Any) -> None:
    settings.DESK_TIME_ZONE = "Europe/Moscow"
    zone = DeskTime(lambda request: HttpResponse(get_current_timezone_name()))  # type: ignore[arg-type]
    shown = {path: zone(rf.get(path)).content.decode() for path in ("/admin/", "/ru/", "/api/v1/changes/")}
    assert shown == {"/admin/": "Europe/Moscow", "/ru/": "UTC", "/api/v1/changes/": "UTC"}


@pytest.mark.django_db
def test_a_release_goes_out_when_the_clock_of_the_desk_says_so(client: Client, settings: Any) -> None:
    settings.DESK_TIME_ZONE = "Asia/Almaty"
    client.force_login(somebody("publisher"))
    client.cookies["django_language"] = "en"
    noon = (now() + timedelta(days=3)).replace(hour=7, minute=0, second=0, microsecond=0)
    typed = {"release_name": "At noon", "release_moment": f"{noon:%Y-%m-%d}T12:00", "_make": "1"}

    client.post(reverse("admin:releases"), typed)

    release = Release.objects.get()
    assert release.goes_out_at == noon
    page = client.get(reverse("admin:release", args=[release.pk])).content.decode()
    assert "12:00 UTC+5" in page
    assert f'value="{noon:%Y-%m-%d}T12:00"' in page
    assert "Asia/Almaty" in page
