"""How long something took, as one says it."""

from datetime import timedelta

import pytest
from django.utils import translation

from articles.admin.partners.spans import spoken


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "less than a second"),
        (timedelta(milliseconds=999), "less than a second"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=61), "1 minute 1 second"),
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(hours=1, seconds=59), "1 hour"),
        (timedelta(hours=2, minutes=5, seconds=9), "2 hours 5 minutes"),
        (timedelta(days=3, hours=4), "3 days 4 hours"),
    ],
)
def test_two_units_say_enough(span: timedelta, words: str) -> None:
    with translation.override("en"):
        assert spoken(span) == words
