"""When which live text is to be reviewed again, and who sees to it: for the desk's lists and for reminders."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q

from articles.canonical.languages import Language
from articles.editions.shelf import Standing
from articles.editorial.review_plans import MONTHS, Plan, ReviewPlan, Risk, plans
from articles.publishing.dues import Due

# What the desk calls soon, and when owners are reminded first.
SOON = timedelta(days=30)

# Each risk with those that allow more time.
_MILDER = {risk: [one for one in Risk if MONTHS[one] > MONTHS[risk]] for risk in Risk}


@dataclass(frozen=True)
class ReviewDue:
    """A live text whose review was promised by a day; `languages` are those with this promise or a later one.

    With `is_shortened` it is the day by which its risk asks for the review, and readers are promised a later one.
    """

    kind: str
    item: UUID
    languages: tuple[Language, ...]
    title: str
    due_on: date
    plan: Plan
    is_shortened: bool = False

    @property
    def owner(self) -> User | None:
        return self.plan.owner

    def days_left(self, today: date) -> int:
        """Return how many days are left, 0 on the promised day itself, less once it is over."""
        return (self.due_on - today).days


def overdue_reviews(at: datetime, *, owner: User | None = None, most: int | None = None) -> list[ReviewDue]:
    """Return the texts whose promised review is lacking, longest first, of one owner or of all; three queries.

    Also those that only the worker has not told readers of yet.
    """
    return _listed(Q(due_at__lte=at), overdue=True, owner=owner)[:most]


def due_soon(
    at: datetime, *, within: timedelta = SOON, owner: User | None = None, most: int | None = None
) -> list[ReviewDue]:
    """Return the texts whose review was promised by a day that comes within so long, soonest first; three queries."""
    # The row waits for the moment after the promised day.
    until = datetime.combine(at.date() + within + timedelta(days=1), time(), UTC)
    return _listed(Q(due_at__gt=at, due_at__lte=until), overdue=False, owner=owner)[:most]


def shortened_reviews(at: datetime, *, within: timedelta = SOON) -> list[ReviewDue]:
    """Return the texts whose risk was raised since their review, and which by that are to be reviewed before they
    promise it, by a day that is near or over, soonest first; three queries.

    `due_on` is that day. Readers go on seeing the later one: it was promised them, and this is not overdue to them.
    """
    earlier = ReviewPlan.objects.filter(item=OuterRef("item"), pk__lt=OuterRef("pk"))
    raised = Q()
    for risk, milder in _MILDER.items():
        raised |= Q(Exists(earlier.filter(risk__in=milder)), risk=risk)
    items = ReviewPlan.objects.filter(raised).values("item")
    rows = Standing.objects.filter(item__in=items, state=Standing.State.LIVE, overdue_since=None)
    rows = rows.select_related("edition").order_by(F("language").desc())
    own = plans({row.item for row in rows})
    found: dict[UUID, ReviewDue] = {}
    for row in rows:
        review = row.edition.envelope.review
        if review.state != "reviewed" or not review.next_on:
            continue
        day = own[row.item].latest(date.fromisoformat(review.on))
        if day < date.fromisoformat(review.next_on) and day <= at.date() + within:
            _join(found, row, datetime.combine(day + timedelta(days=1), time(), UTC))
    listed = [replace(one, plan=own[one.item], is_shortened=True) for one in found.values()]
    return sorted(listed, key=lambda one: (one.due_on, one.title, str(one.item)))


def _listed(waiting: Q, *, overdue: bool, owner: User | None) -> list[ReviewDue]:
    moments: dict[tuple[UUID, str], datetime] = {}
    rows = Due.objects.filter(waiting, act=Due.Act.REVIEW, settled_at__isnull=True)
    for item, language, due_at in rows.values_list("item", "language", "due_at"):
        moments[item, language] = due_at
    live = Standing.objects.filter(state=Standing.State.LIVE)
    wanted = Q(item__in={item for item, _ in moments})
    if overdue:
        wanted |= Q(overdue_since__isnull=False)
    stands = (
        live.filter(wanted).order_by(F("language").desc()).only("kind", "item", "language", "title", "overdue_since")
    )
    found: dict[UUID, ReviewDue] = {}
    for row in stands:
        moment = (row.overdue_since if overdue else None) or moments.get((row.item, row.language))
        if moment:
            _join(found, row, moment)
    own = plans(found)
    listed = [replace(one, plan=own.get(one.item, Plan())) for one in found.values()]
    return sorted(_of(listed, owner), key=lambda one: (one.due_on, one.title, str(one.item)))


def _join(found: dict[UUID, ReviewDue], row: Standing, moment: datetime) -> None:
    """Both languages of a text are one line: with the earlier day, and the title that readers of Russian see."""
    day = (moment - timedelta(days=1)).date()
    language: Language = row.language  # type: ignore[assignment]
    if known := found.get(row.item):
        found[row.item] = replace(known, languages=(*known.languages, language), due_on=min(known.due_on, day))
    else:
        found[row.item] = ReviewDue(row.kind, row.item, (language,), row.title, day, Plan())


def _of(rows: Iterable[ReviewDue], owner: User | None) -> list[ReviewDue]:
    return [row for row in rows if owner is None or row.owner == owner]
