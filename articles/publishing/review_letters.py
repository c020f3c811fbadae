"""Reminders of promised reviews: thirty days before, seven days before, on the day, and every week after it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User

from articles.canonical.languages import LANGUAGES
from articles.editions.dates import spelled
from articles.publishing.desk_letters import DeskLetter, owe, publishers, reachable
from articles.publishing.review_calendar import ReviewDue, due_soon, overdue_reviews, shortened_reviews

NAME = "review"

# Days left at which somebody is reminded, the last one first.
_BEFORE = (0, 7, 30)
_WEEK = 7


def stage(days_left: int) -> str:
    """Return which reminder is the last one by now: `30`, `7`, `0`, or `-1`, `-2`, … for weeks after; empty before.

    Whoever asks late, because no worker ran, gets the last one alone and not all that were missed.
    """
    if days_left <= -_WEEK:
        return str(-(-days_left // _WEEK))
    return next((str(mark) for mark in _BEFORE if days_left <= mark), "")


def herald(at: datetime) -> None:
    """Let owners be told of their reviews, once for each stage; without an owner, everybody who may publish is told.

    A review that has been lacking for `REVIEW_ESCALATION_DAYS` is told to all who may publish, beside its owner.
    """
    today = at.date()
    reviews = [(one, reached) for one in _all(at) if (reached := stage(one.days_left(today)))]
    if not reviews:
        return
    known = set(
        DeskLetter.objects.filter(name=NAME, key__in={_key(one, reached) for one, reached in reviews}).values_list(
            "to", "key"
        )
    )
    all_of_them = publishers()
    for one, reached in reviews:
        late = one.days_left(today) <= -settings.REVIEW_ESCALATION_DAYS
        key = _key(one, reached)
        to = [person for person in _told(one, all_of_them, late=late) if (person.pk, key) not in known]
        if to:
            owe(to, NAME, key, _facts(one, today, escalated=late), at=at)


def _all(at: datetime) -> list[ReviewDue]:
    """A text whose one language is overdue and the other one is not is told once, of the earlier day; so is one whose
    risk was raised since its review."""
    found: dict[UUID, ReviewDue] = {}
    for one in [*overdue_reviews(at), *sorted([*shortened_reviews(at), *due_soon(at)], key=lambda one: one.due_on)]:
        found.setdefault(one.item, one)
    return list(found.values())


def _told(review: ReviewDue, everybody: Iterable[User], *, late: bool) -> list[User]:
    owner = review.owner
    own = [owner] if owner is not None and reachable(owner) else []
    return list(dict.fromkeys([*own, *everybody])) if late or not own else own


def _key(review: ReviewDue, reached: str) -> str:
    return f"review:{review.item}:{review.due_on.isoformat()}:{reached}"


def _facts(review: ReviewDue, today: date, *, escalated: bool) -> Mapping[str, Any]:
    return {
        "title": review.title,
        "days_left": review.days_left(today),
        "days_late": -review.days_left(today),
        "due_on": {language: spelled(review.due_on.isoformat(), language) for language in LANGUAGES},
        "owner": review.owner.get_full_name() or review.owner.get_username() if review.owner else "",
        "escalated": escalated,
        "shortened": review.is_shortened,
        "path": f"/admin/reviews/{review.kind}/{review.item}/",
    }
