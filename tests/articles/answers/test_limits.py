"""So many requests a minute of one address are computed, and nothing about them is kept but their number."""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from articles.answers import limits
from articles.answers.limits import KEY_LIMITS, LIMITS, counted_address

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SOMEBODY = "203.0.113.7"


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def asked(address: str = SOMEBODY, name: str = "decide", **meta: str) -> limits.Use:
    return limits.use(name, RequestFactory().post("/", REMOTE_ADDR=address, **meta))


def test_the_sixty_first_request_within_a_minute_is_one_too_many() -> None:
    with time_machine.travel(NOON, tick=False):
        uses = [asked() for _ in range(61)]
    assert [one.is_exceeded for one in uses] == [False] * 60 + [True]
    assert [one.remaining for one in uses[:2] + uses[58:]] == [59, 58, 1, 0, 0]


def test_the_next_minute_begins_anew() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(61):
            asked()
    with time_machine.travel(NOON + timedelta(seconds=59), tick=False):
        assert asked().is_exceeded
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        assert asked().remaining == 59


def test_one_address_does_not_use_up_what_another_may_and_one_limit_not_another() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(61):
            asked()
        assert not asked("203.0.113.8").is_exceeded
        assert not asked(name="questions").is_exceeded
        assert asked().is_exceeded


def test_an_answer_says_the_limit_and_what_is_left() -> None:
    with time_machine.travel(NOON + timedelta(seconds=18), tick=False):
        response = limits.apply(HttpResponse(), asked())
    assert response["RateLimit-Policy"] == '"decide";q=60;w=60'
    assert response["RateLimit"] == '"decide";r=59;t=42'
    assert "Retry-After" not in response


def test_whoever_has_nothing_left_is_told_when_to_come_back() -> None:
    with time_machine.travel(NOON + timedelta(seconds=18, milliseconds=1), tick=False):
        uses = [asked() for _ in range(61)]
    response = limits.apply(HttpResponse(status=429), uses[-1])
    assert response["RateLimit"] == '"decide";r=0;t=42'
    assert response["Retry-After"] == "42"


def test_requests_at_the_same_time_are_counted_one_by_one() -> None:
    # A cache of Django belongs to its thread, what it holds to all of them.
    with time_machine.travel(NOON, tick=False), ThreadPoolExecutor(8) as pool:
        used = sorted(one.used for one in pool.map(lambda _: asked(), range(100)))
    assert used == list(range(1, 101))


@pytest.mark.redis
def test_requests_to_several_processes_are_counted_together_in_redis() -> None:
    from django.core.cache import CacheHandler

    with time_machine.travel(NOON, tick=False):
        for _ in range(30):
            asked()
        [key] = [limits._key(LIMITS["decide"], int(NOON.timestamp() // 60), SOMEBODY)]
        assert CacheHandler()["default"].get(key) == 30
        assert 60 < cache._cache.get_client(key).ttl(cache.make_key(key)) <= 120  # type: ignore[attr-defined]


def test_neither_address_nor_anything_of_a_request_lies_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Any] = []
    add, incr = cache.add, cache.incr
    monkeypatch.setattr(cache, "add", lambda *a, **k: (kept.append((a, k)), add(*a, **k))[1])
    monkeypatch.setattr(cache, "incr", lambda *a, **k: (kept.append((a, k)), incr(*a, **k))[1])
    request = RequestFactory().post("/secret/", {"answer": "thunderclap"}, REMOTE_ADDR=SOMEBODY, HTTP_USER_AGENT="Me")
    limits.use("decide", request)
    [((key, start), added), ((again,), counted)] = kept
    # Nothing but a digest, a count and how long it lasts. Digits of the address may stand in a digest by chance.
    assert re.fullmatch("(limit:)?[0-9a-f]{64}", key)
    assert (again, start, added, counted) == (key, 0, {"timeout": 120}, {})


def test_the_key_of_an_address_is_another_in_each_window_and_for_each_secret(settings: Any) -> None:
    limit = LIMITS["decide"]
    keys = {limits._key(limit, 1, SOMEBODY), limits._key(limit, 2, SOMEBODY), limits._key(limit, 1, "203.0.113.8")}
    settings.SECRET_KEY = "another"
    assert len(keys | {limits._key(limit, 1, SOMEBODY)}) == 4


def test_while_the_cache_is_away_nobody_is_refused_and_the_log_names_no_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(key: str, *args: Any, **kwargs: Any) -> None:
        raise ConnectionError(f"no way to redis for {key} of {SOMEBODY}")

    monkeypatch.setattr(cache, "add", away)
    with caplog.at_level(logging.DEBUG):
        uses = [asked() for _ in range(100)]
    assert not any(one.is_exceeded for one in uses)
    assert "ConnectionError" in caplog.text
    assert SOMEBODY not in caplog.text
    assert "limit:" not in caplog.text


def test_a_count_that_the_cache_has_dropped_in_between_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *args, **kwargs: True)
    assert not asked().is_exceeded


def test_a_limit_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        asked(name="nothing")


# which address counts


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        (SOMEBODY, SOMEBODY),
        ("::ffff:203.0.113.7", SOMEBODY),
        # An address for each request: one household has 2⁶⁴ of them.
        ("2001:db8:1:2::1", "20010db800010002/64"),
        ("2001:db8:1:2:ffff::9", "20010db800010002/64"),
        ("2001:db8:1:3::1", "20010db800010003/64"),
        ("", ""),
        ("unix:", ""),
        ("not an address", ""),
    ],
)
def test_an_address_counts_as_the_network_of_one_site(address: str, counted: str) -> None:
    assert counted_address(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_what_a_caller_says_about_its_own_address_is_not_believed() -> None:
    with time_machine.travel(NOON, tick=False):
        uses = [asked(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}") for number in range(61)]
    assert uses[-1].is_exceeded


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (1, "198.51.100.1", "198.51.100.1"),
        # The caller wrote the first one itself.
        (1, "10.0.0.1, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1, 198.51.100.1, 192.0.2.4", "198.51.100.1"),
        (2, "198.51.100.1", ""),
        (1, "", ""),
        (1, "unknown", ""),
    ],
)
def test_behind_servers_of_our_own_the_outermost_of_them_says_who_asks(
    settings: Any, proxies: int, forwarded: str, counted: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert counted_address(request) == counted


def test_where_no_address_can_be_told_nobody_is_refused() -> None:
    assert not any(asked("").is_exceeded for _ in range(100))


# keys


def test_a_key_counts_by_itself_wherever_it_asks_from() -> None:
    key, other = uuid4(), uuid4()
    with time_machine.travel(NOON, tick=False):
        for _ in range(61):
            asked()
        requests = [RequestFactory().get("/", REMOTE_ADDR=f"198.51.100.{number % 250}") for number in range(601)]
        uses = [limits.use("changes", request, key) for request in requests]
        assert [one.is_exceeded for one in uses] == [False] * 600 + [True]
        assert not limits.use("changes", requests[0], other).is_exceeded
        assert limits.use("changes", requests[0]).remaining == 59


def test_an_answer_to_a_key_says_its_own_limit() -> None:
    with time_machine.travel(NOON, tick=False):
        response = limits.apply(HttpResponse(), limits.use("decide", RequestFactory().get("/"), uuid4()))
    assert response["RateLimit-Policy"] == '"decide-key";q=600;w=60'
    assert response["RateLimit"] == '"decide-key";r=599;t=60'


def test_what_turned_out_to_be_free_is_given_back() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(100):
            limits.give_back(asked())
        assert asked().remaining == 59


def test_what_was_never_counted_is_not_given_back() -> None:
    with time_machine.travel(NOON, tick=False):
        uncounted = asked("")
        asked()
        limits.give_back(uncounted)
        assert asked().remaining == 58


def test_giving_back_to_a_window_that_is_over_or_to_a_cache_that_is_away_harms_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    standing = asked()
    cache.clear()
    limits.give_back(standing)

    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "decr", away)
    limits.give_back(standing)


def test_what_is_announced_to_everybody_names_both_quotas_and_nobody_s_count() -> None:
    assert limits.announced("search") == '"search";q=60;w=60, "search-key";q=600;w=60'
    told = limits.announced()
    assert all(LIMITS[name].policy in told and limit.policy in told for name, limit in KEY_LIMITS.items())
    assert "questions" not in told
