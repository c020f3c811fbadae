"""Cursors of lists: opaque, and refused unless this list gave them out."""

import base64
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.answers.cursors import BadCursorError, decode, decode_id, encode, encode_id

KEY = (datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC), UUID("01234567-89ab-4def-8123-456789abcdef"))


# Hypothesis wants its bounds without a time zone.
EARLIEST = KEY[0].replace(year=1000, tzinfo=None)


@given(st.datetimes(min_value=EARLIEST, timezones=st.just(UTC)), st.uuids())
def test_a_cursor_gives_back_the_key_that_it_holds(changed_at: datetime, item: UUID) -> None:
    assert decode("article/ru", encode("article/ru", (changed_at, item))) == (changed_at, item)


def test_a_cursor_goes_into_an_address_as_it_is() -> None:
    assert encode("article/ru", KEY).replace("-", "").replace("_", "").isalnum()


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BadCursorError):
        decode("article/en", encode("article/ru", KEY))


def test_a_cursor_changed_in_any_place_is_refused() -> None:
    cursor = encode("article/ru", KEY)
    for place in range(len(cursor)):
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(BadCursorError):
            decode("article/ru", changed)


def written(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "", " ", "=", "====", "ы", "\0", "a" * 10_000, encode("article/ru", KEY) + "=", encode("article/ru", KEY)[:-1],
        written("~~"), written("2026-11-22~x~y"), written("2026-11-22T12:00:00~01234567-89ab-4def-8123-456789abcdef~x"),
        written("0001-01-01T00:00:00+14:00~01234567-89ab-4def-8123-456789abcdef~x"), "2026-11-22T12:00:00Z", "../..",
    ],
)  # fmt: skip
def test_what_no_list_gave_out_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursorError):
        decode("article/ru", cursor)


@given(st.text(max_size=400))
def test_any_text_is_either_refused_or_was_given_out(text: str) -> None:
    try:
        key = decode("article/ru", text)
    except BadCursorError:
        return
    assert encode("article/ru", key) == text


# lists in order of id


@given(st.uuids())
def test_a_cursor_of_an_id_gives_it_back(item: UUID) -> None:
    assert decode_id("quote/ru", encode_id("quote/ru", item)) == item


def test_a_cursor_of_an_id_belongs_to_its_list() -> None:
    cursor = encode_id("quote/ru", KEY[1])
    for other in ("quote/en", "source/ru", "quote/ru/verdict=supported"):
        with pytest.raises(BadCursorError):
            decode_id(other, cursor)


def test_a_cursor_of_a_moment_is_none_of_an_id_nor_the_other_way_round() -> None:
    with pytest.raises(BadCursorError):
        decode_id("article/ru", encode("article/ru", KEY))
    with pytest.raises(BadCursorError):
        decode("article/ru", encode_id("article/ru", KEY[1]))


@given(st.text(max_size=400))
def test_any_text_for_a_cursor_of_an_id_is_either_refused_or_was_given_out(text: str) -> None:
    try:
        item = decode_id("quote/ru", text)
    except BadCursorError:
        return
    assert encode_id("quote/ru", item) == text
