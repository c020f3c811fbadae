"""Who stands for a text and since when: the medical review, or the named decision to go without, who wrote and who
translated it, and the dates."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.envelope import Envelope, Review, Signatory
from articles.editions.times import rfc3339
from articles.editions.wording import NOT_REVIEWED, NOT_REVIEWED_DECISION
from articles.reader.presenters.emergency import with_emergency_numbers
from articles.reader.presenters.kinds_of_change import kind_of_change

ROLES = {
    "editor": _("editor"),
    "administrator": _("administrator"),
    "medical_reviewer": _("medical reviewer"),
}

# Keyed by the original's language; each is read in the other one.
TRANSLATED_FROM = {"ru": _("Translated from Russian"), "en": _("Translated from English")}


@dataclass(frozen=True)
class Day:
    """A day for a `time` element: ISO for machines, words for readers."""

    iso: str
    words: str


@dataclass(frozen=True)
class ReviewView:
    """`warning` is what a reader must know of a text that nobody has checked; `decision` who took it on themselves.

    `next_on` is a promise that still stands; one that was not kept is told as `overdue_since`.
    """

    is_reviewed: bool
    warning: SafeString | str
    decision: str
    reviewers: str
    on: Day | None
    next_on: Day | None
    overdue_since: Day | None


@dataclass(frozen=True)
class CreditsView:
    """Who wrote a text and, under `translated_from`, who translated it; that is empty for an original.

    Where nobody is named, the words say so.
    """

    written: str
    translated_from: str
    translated: str


@dataclass(frozen=True)
class DatesView:
    """`changed` is empty while the words are those of the first publication."""

    number: int
    first: Day
    changed: Day | None
    this: Day
    change: str
    note: str


def review_view(review: Review, language: Language, *, overdue_since: datetime | None = None) -> ReviewView:
    """Return the review; `overdue_since` is the mark that the text stands under."""
    is_reviewed = review.state == "reviewed"
    return ReviewView(
        is_reviewed=is_reviewed,
        warning="" if is_reviewed else unreviewed_warning(language),
        decision="" if is_reviewed else _decision(review, language),
        reviewers=_names(review) if is_reviewed else "",
        on=_day(review.on, language),
        next_on=None if overdue_since else _day(review.next_on, language),
        overdue_since=day_of(rfc3339(overdue_since), language) if overdue_since else None,
    )


def unreviewed_warning(language: Language) -> SafeString:
    """Return the sentences above a text that no clinician has checked, with numbers to call."""
    return with_emergency_numbers(str(NOT_REVIEWED), language)


def credits_view(envelope: Envelope) -> CreditsView:
    """Return who wrote the text and who translated it."""
    named, original = envelope.credits, envelope.translation_of
    return CreditsView(
        written=_people(named.written if named else [], gettext("the editors; no author is named")),
        translated_from=str(TRANSLATED_FROM[original.language]) if original else "",
        translated=_people(named.translated if named else [], gettext("no translator is named")) if original else "",
    )


def dates_view(envelope: Envelope, language: Language) -> DatesView:
    """Return when the text was first published, last changed in its words, and put out as this edition."""
    is_changed = envelope.content_changed_at != envelope.first_published_at
    return DatesView(
        number=envelope.number,
        first=day_of(envelope.first_published_at, language),
        changed=day_of(envelope.content_changed_at, language) if is_changed else None,
        this=day_of(envelope.published_at, language),
        change=kind_of_change(envelope),
        note=envelope.change.note,
    )


def day_of(text: str, language: Language) -> Day:
    """Return the day of a moment (RFC 3339)."""
    return Day(text.partition("T")[0], spelled(text, language))


def _decision(review: Review, language: Language) -> str:
    return str(NOT_REVIEWED_DECISION) % {
        "name": _names(review),
        "date": spelled(review.on, language),
        "reason": review.reason,
    }


def _names(review: Review) -> str:
    return "; ".join(_signature(signatory) for signatory in review.by)


def _people(names: list[str], nobody: str) -> str:
    """With what each of them is, so commas stand inside already."""
    return "; ".join(names) or nobody


def _signature(signatory: Signatory) -> str:
    role = ROLES.get(signatory.role, signatory.role)
    return gettext("%(name)s, %(role)s") % {"name": signatory.name, "role": role} if role else signatory.name


def _day(iso: str, language: Language) -> Day | None:
    return Day(iso, spelled(iso, language)) if iso else None
