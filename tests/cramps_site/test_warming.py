"""How finished answers are put together: what readiness says of them, and that an editor sees what was done."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from cramps_site import warming
from cramps_site.warming import CatchesUp, warmed
from tests.services.clocks import tells


class Followed:
    """A follower that remembers who waited for it."""

    def __init__(self, silent: float | None = None) -> None:
        self.silent, self.waited = silent, 0

    def adrift(self) -> float | None:
        return self.silent

    def sees_by_then(self, patience: float) -> bool:
        self.waited += 1
        return True


@pytest.fixture
def following(monkeypatch: pytest.MonkeyPatch) -> Callable[[float | None], Followed]:
    def begin(silent: float | None = None) -> Followed:
        follower = Followed(silent)
        monkeypatch.setattr(warming, "_current", [follower])
        return follower

    return begin


@pytest.mark.django_db
def test_readiness_says_when_the_shelf_was_not_seen_for_too_long(
    client: Client, following: Callable[[float | None], Followed]
) -> None:
    following(None)
    assert client.get("/health/ready").status_code == 200

    following(3.0)
    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["faults"] == ["finished answers have not followed the shelf for more than two seconds"]


def test_whoever_does_something_at_the_desk_waits_until_it_is_seen(
    following: Callable[[float | None], Followed],
) -> None:
    follower = following(None)
    catches_up = CatchesUp(lambda request: HttpResponse())

    def ask(request: HttpRequest) -> int:
        catches_up(request)
        return follower.waited

    asked = RequestFactory()
    assert ask(asked.get("/admin/")) == 0
    assert ask(asked.post("/ru/partners/")) == 0
    assert ask(asked.post("/admin/publish/article/1/")) == 1


def test_without_room_nothing_is_put_in_front() -> None:
    def application(environ: object, start_response: object) -> list[bytes]:
        return []

    with override_settings(WARM_BYTES=0):
        assert warmed(application) is application


def test_what_is_made_ahead_follows_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    current: list[Any] = []
    monkeypatch.setattr(warming, "_current", current)
    for most in (0, 3):
        with override_settings(WARM_AHEAD=most):
            warm: Any = warmed(lambda environ, start_response: [])
        assert warm._ahead.most == most
        assert current[0]._told == warm._ahead.note


def test_what_is_asked_with_every_request_is_found_out_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, asked = [100.0], list[int]()
    tells(monkeypatch, warming, monotonic=lambda: clock[0])
    is_due = warming._now_and_then(lambda: asked.append(1) is None)

    assert [is_due(), is_due(), is_due()] == [True, False, False]
    clock[0] += 0.06
    assert is_due()
    assert len(asked) == 2
