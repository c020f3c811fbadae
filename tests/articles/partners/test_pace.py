"""When it is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.partners.pace import STANDARD, asked_for

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def delay(step: int, *, wait: timedelta | None = None, is_urgent: bool = False) -> timedelta:
    found = STANDARD.next_after(step, NOON, asked_for=wait, is_urgent=is_urgent)
    assert found is not None
    return found - NOON


def test_the_schedule_is_that_of_the_standard() -> None:
    assert [one.total_seconds() for one in STANDARD.delays] == [
        0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600,
    ]  # fmt: skip


@pytest.mark.parametrize("step", range(1, 10))
def test_a_delay_is_never_shorter_and_at_most_a_fifth_longer(step: int) -> None:
    delays = [delay(step) for _ in range(500)]
    assert min(delays) >= STANDARD.delays[step]
    assert max(delays) <= STANDARD.delays[step] * 1.2
    assert len(set(delays)) > 400


def test_after_the_last_attempt_there_is_no_other() -> None:
    assert STANDARD.next_after(10, NOON, asked_for=None, is_urgent=True) is None
    assert STANDARD.next_after(10, NOON, asked_for=timedelta(hours=1), is_urgent=True) is None


def test_a_receiver_may_ask_for_a_longer_wait_within_a_day() -> None:
    assert delay(1, wait=timedelta(hours=3)) == timedelta(hours=3)
    assert delay(1, wait=timedelta(days=30)) == timedelta(hours=24)
    assert delay(3, wait=timedelta(seconds=1)) >= STANDARD.delays[3]


def test_word_of_a_danger_waits_for_no_longer_than_an_hour_because_a_receiver_asks() -> None:
    assert delay(1, wait=timedelta(hours=3), is_urgent=True) == timedelta(hours=1)


@pytest.mark.parametrize(("text", "expected"), [
    ("120", 120), ("0", 0), ("99999999999999999999", 999_999_999), ("Sun, 22 Nov 2026 12:05:00 GMT", 300),
    ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
])  # fmt: skip
def test_the_header_says_seconds_or_a_date(text: str, expected: int) -> None:
    assert asked_for(503, {"retry-after": text}, NOON) == timedelta(seconds=expected)
    assert asked_for(429, {"retry-after": text}, NOON) == timedelta(seconds=expected)


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "٣", "Sun, 99 Nov 2026 12:05:00 GMT"])
def test_a_header_that_cannot_be_read_says_nothing(text: str) -> None:
    assert asked_for(503, {"retry-after": text}, NOON) is None


def test_of_other_answers_the_header_is_not_heeded() -> None:
    assert asked_for(500, {"retry-after": "120"}, NOON) is None
