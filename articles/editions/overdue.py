"""Promised reviews: from when a text is overdue, and what readers and partners are told then.

The day that is promised counts whole, in UTC like every moment of the shelf: a review promised by 20 November is
lacking from the first moment of 21 November. Nobody compares with the clock: the journal says `fell_due`, and the
standing of the text keeps the moment.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import override

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.envelope import Review
from articles.editions.wording import REVIEW_OVERDUE


def overdue_from(review: Review) -> datetime | None:
    """Return the first moment at which the promised next review is lacking; None where none was promised."""
    if review.state != "reviewed" or not review.next_on:
        return None
    return datetime.combine(date.fromisoformat(review.next_on) + timedelta(days=1), time(), UTC)


def overdue_sentence(review: Review, language: Language) -> str:
    """Return the sentence that says it, in the reader's language."""
    with override(language):
        return str(REVIEW_OVERDUE) % {"date": spelled(review.next_on, language)}
