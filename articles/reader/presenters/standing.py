"""Who stands for a text and since when: the medical review, or the named decision to go without, and the dates."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.envelope import Envelope, Review, Signatory
from articles.editions.wording import CHANGE_CLASSES, NOT_REVIEWED, NOT_REVIEWED_DECISION
from articles.reader.presenters.emergency import with_emergency_numbers

ROLES = {
    "editor": _("editor"),
    "administrator": _("administrator"),
    "medical_reviewer": _("medical reviewer"),
}


@dataclass(frozen=True)
class Day:
    """A day for a `time` element: ISO for machines, words for readers."""

    iso: str
    words: str


@dataclass(frozen=True)
class ReviewView:
    """`warning` is what a reader must know of a text that nobody has checked; `decision` who took it on themselves."""

    is_reviewed: bool
    warning: SafeString | str
    decision: str
    reviewers: list[str]
    on: Day | None
    next_on: Day | None
    is_overdue: bool


@dataclass(frozen=True)
class DatesView:
    """`changed` is empty while the words are those of the first publication."""

    number: int
    first: Day
    changed: Day | None
    this: Day
    change: str
    note: str


def review_view(review: Review, language: Language, *, today: date) -> ReviewView:
    """Return the review. A next review that lies before `today` is told as overdue, never as current."""
    next_on = _day(review.next_on, language)
    is_reviewed = review.state == "reviewed"
    return ReviewView(
        is_reviewed=is_reviewed,
        warning="" if is_reviewed else unreviewed_warning(language),
        decision="" if is_reviewed else _decision(review, language),
        reviewers=[_signature(signatory) for signatory in review.by] if is_reviewed else [],
        on=_day(review.on, language),
        next_on=next_on,
        is_overdue=bool(next_on and date.fromisoformat(next_on.iso) < today),
    )


def unreviewed_warning(language: Language) -> SafeString:
    """Return the sentences above a text that no clinician has checked, with numbers to call."""
    return with_emergency_numbers(str(NOT_REVIEWED), language)


def dates_view(envelope: Envelope, language: Language) -> DatesView:
    """Return when the text was first published, last changed in its words, and put out as this edition."""
    is_changed = envelope.content_changed_at != envelope.first_published_at
    return DatesView(
        number=envelope.number,
        first=day_of(envelope.first_published_at, language),
        changed=day_of(envelope.content_changed_at, language) if is_changed else None,
        this=day_of(envelope.published_at, language),
        change=str(CHANGE_CLASSES[envelope.change.class_]),
        note=envelope.change.note,
    )


def day_of(text: str, language: Language) -> Day:
    """Return the day of a moment (RFC 3339)."""
    return Day(text.partition("T")[0], spelled(text, language))


def _decision(review: Review, language: Language) -> str:
    names = ", ".join(_signature(signatory) for signatory in review.by)
    return str(NOT_REVIEWED_DECISION) % {
        "name": names,
        "date": spelled(review.on, language),
        "reason": review.reason,
    }


def _signature(signatory: Signatory) -> str:
    role = ROLES.get(signatory.role, signatory.role)
    return gettext("%(name)s, %(role)s") % {"name": signatory.name, "role": role} if role else signatory.name


def _day(iso: str, language: Language) -> Day | None:
    return Day(iso, spelled(iso, language)) if iso else None
