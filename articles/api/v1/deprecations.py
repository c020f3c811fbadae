"""What will go: each operation or parameter of the interface with its days, told wherever it is described or answered.

Nothing is deprecated yet. What is goes twelve months later at the earliest; that is checked here, not promised.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.http import http_date

# Where a partner reads what takes the place of what goes.
CHANGELOG = "/api/v1/docs/changelog/"
MONTHS = 12


@dataclass(frozen=True)
class Deprecation:
    """An operation, or with `parameter` one parameter of it, that will go. `instead` says what to use, in English, as
    descriptions are. Raises ValueError where it would go within twelve months."""

    operation: str
    since: date
    sunset: date
    instead: str
    parameter: str = ""

    def __post_init__(self) -> None:
        if self.sunset < _a_year_after(self.since):
            raise ValueError(f"{self.operation} would go within {MONTHS} months")

    @property
    def sentence(self) -> str:
        """What the description says."""
        days = f"Deprecated since {self.since.isoformat()}, goes on {self.sunset.isoformat()}."
        return f"{days} {self.instead}".strip()


DEPRECATIONS: tuple[Deprecation, ...] = ()


def of_operation(operation: str) -> Deprecation | None:
    """Return that the whole operation will go, None if it will not."""
    return next((one for one in DEPRECATIONS if one.operation == operation and not one.parameter), None)


def of_parameter(operation: str, parameter: str) -> Deprecation | None:
    """Return that the parameter of the operation will go, None if it will not."""
    return next((one for one in DEPRECATIONS if (one.operation, one.parameter) == (operation, parameter)), None)


def tell(response: HttpResponseBase, operation: str, given: Iterable[str]) -> None:
    """Say in the answer that the operation will go, or that a parameter which was `given` will: the earliest first.

    `Deprecation` is RFC 9745, `Sunset` is RFC 8594; the link leads to what to do.
    """
    found = [of_operation(operation), *(of_parameter(operation, name) for name in given)]
    due = [one for one in found if one]
    if not due:
        return
    response["Deprecation"] = f"@{_seconds(min(one.since for one in due))}"
    response["Sunset"] = http_date(_seconds(min(one.sunset for one in due)))
    link = f'<{settings.SITE_URL}{CHANGELOG}>; rel="deprecation"; type="text/html"'
    response["Link"] = f"{response['Link']}, {link}" if response.has_header("Link") else link


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        # The 29th of February has no day a year later; the day after it is not earlier.
        return date(day.year + 1, 3, 1)
