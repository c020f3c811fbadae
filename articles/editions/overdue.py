"""Promised days: from when a text is overdue, and what readers and partners are told then.

A review promises the day of the next one; a protocol says for how long it holds.

The day that is promised counts whole, in UTC like every moment of the shelf: a review promised by 20 November is
lacking from the first moment of 21 November. Nobody compares with the clock: the journal says `fell_due`, and the
standing of the text keeps the moment.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import override

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.envelope import Review
from articles.editions.wording import LAPSED, REVIEW_OVERDUE


def overdue_from(review: Review, lapses_on: str = "") -> datetime | None:
    """Return the first moment after the earliest promised day; None where none was promised.

    `lapses_on` is the document's own last day (ISO), if it has one.
    """
    promised = _promised(review, lapses_on)
    if not promised:
        return None
    return datetime.combine(date.fromisoformat(promised) + timedelta(days=1), time(), UTC)


def overdue_sentence(review: Review, language: Language, lapses_on: str = "") -> str:
    """Return the sentence that says it, in the reader's language."""
    promised = _promised(review, lapses_on)
    with override(language):
        words = LAPSED if promised == lapses_on else REVIEW_OVERDUE
        return str(words) % {"date": spelled(promised, language)}


def _promised(review: Review, lapses_on: str) -> str:
    """The earliest day of those that were promised; empty without any."""
    next_on = review.next_on if review.state == "reviewed" else ""
    return min((day for day in (next_on, lapses_on) if day), default="")
