"""Which language an `Accept-Language` header asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.answers.languages import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "ru"),
        ("", "ru"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"),
        ("en-US,en;q=0.9,ru;q=0.8", "en"),
        ("en;q=0.2, ru;q=0.3", "ru"),
        ("en, ru", "en"),
        ("ru, en", "ru"),
        ("de, fr;q=0.5", "ru"),
        ("de, en;q=0.1", "en"),
        ("*", "ru"),
        ("en;q=0.5, *", "ru"),
        ("ru;q=0.5, *", "en"),
        ("ru;q=0", "en"),
        ("ru;q=0, *;q=0.1", "en"),
        ("ru;q=0, en;q=0", "ru"),
        ("en;q=0", "ru"),
        ("*;q=0", "ru"),
    ],
)
def test_the_language_with_the_greatest_weight_wins_and_russian_where_neither_does(
    header: str | None, language: str
) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize(
    "header",
    [
        "en;q=",
        "en;q=abc",
        "en;q=2",
        "en;q=-1",
        "en;q=1e0",
        "en;q=٠٫٥",
        "en;level=1",
        ";;;",
        ",,,",
        "q=1",
        "-en",
        "e n",
        "en;q=nan",
    ],
)
def test_a_malformed_entry_is_passed_over(header: str) -> None:
    assert preferred(header) == "ru"
    assert preferred(f"{header}, en;q=0.3") == "en"


def test_a_header_of_any_length_is_read_in_bounds() -> None:
    assert preferred("xx;q=0.1," * 100_000) == "ru"


@given(st.text())
def test_whatever_is_sent_there_is_a_language(header: str) -> None:
    assert preferred(header) in {"ru", "en"}
