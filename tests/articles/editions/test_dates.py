"""Dates in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.editions.dates import spelled


@pytest.mark.parametrize(
    ("date", "russian", "english"),
    [
        ("2026-11-22", "22 ноября 2026", "22 November 2026"),
        ("2026-05-01", "1 мая 2026", "1 May 2026"),
        ("2012-08", "август 2012", "August 2012"),
        ("2012", "2012", "2012"),
        ("2026-11-22T23:59:59.999999Z", "22 ноября 2026", "22 November 2026"),
        ("", "", ""),
    ],
)
def test_as_much_of_a_date_is_told_as_is_known(date: str, russian: str, english: str) -> None:
    space = "\N{NO-BREAK SPACE}"
    assert spelled(date, "ru") == russian.replace(" ", space)
    assert spelled(date, "en") == english.replace(" ", space)


@pytest.mark.parametrize(
    "date", ["22.11.2026", "2026-13", "2026-00-01", "2026-02-30", "26", "2026-1-1-1", "soon", "٢٠٢٦-x"]
)
def test_what_is_no_iso_date_is_refused(date: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        spelled(date, "ru")


@given(st.dates())
def test_no_day_breaks_over_a_line(day: object) -> None:
    for language in ("ru", "en"):
        assert " " not in spelled(str(day), language)
