"""The desk writes dates and reads them as its editors do."""

from datetime import UTC, date, datetime

from django.forms import DateField
from django.utils.formats import date_format
from django.utils.translation import override


def test_english_is_british_and_a_moment_names_its_zone() -> None:
    moment = datetime(2026, 4, 3, 16, 5, tzinfo=UTC)
    with override("en"):
        assert date_format(moment, "DATE_FORMAT") == "3 April 2026"
        assert date_format(moment, "DATETIME_FORMAT") == "3 April 2026, 16:05 UTC"
        assert date_format(moment, "SHORT_DATETIME_FORMAT") == "03/04/2026 16:05 UTC"
    with override("ru"):
        assert date_format(moment, "DATETIME_FORMAT") == "3 апреля 2026 г., 16:05 UTC"


def test_a_typed_date_has_its_day_first_in_both_languages() -> None:
    for language, typed in (("en", "03/04/2026"), ("en", "2026-04-03"), ("ru", "03.04.2026"), ("en", "03.04.2026")):
        with override(language):
            assert DateField().clean(typed) == date(2026, 4, 3)
