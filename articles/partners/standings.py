"""How far a recall has come: for one urgent line each partner's moments, for many lines how many partners have it.

Asked are those who were partners when the line was recorded. Later ones began with a copy of later.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery

from articles.editions.shelf import Change
from articles.editions.urgency import urgent
from articles.partners.deliveries import Delivery
from articles.partners.partner import Partner
from articles.partners.places import Place
from articles.partners.reminders import Reminder


@dataclass(frozen=True)
class PartnerStanding:
    """When a partner got word of a line by its webhook and by mail, when it fetched it and when it said that it has
    carried it out; None where it has not. `reminders` are the mails that people asked for, oldest first."""

    partner: Partner
    recorded_at: datetime
    told_at: datetime | None
    mailed_at: datetime | None
    fetched_at: datetime | None
    acknowledged_at: datetime | None
    reminders: Sequence[Reminder] = ()

    @property
    def has_neither(self) -> bool:
        """Whether the partner has neither fetched the line nor said that it carried it out."""
        return self.fetched_at is None and self.acknowledged_at is None

    def took(self, step: str) -> timedelta | None:
        """Return how long after the line `told`, `mailed`, `fetched` or `acknowledged` came, None where it has not."""
        moment: datetime | None = getattr(self, f"{step}_at")
        return None if moment is None else max(moment - self.recorded_at, timedelta())


@dataclass(frozen=True)
class Tally:
    """How many active partners a line concerns, and how many of them have come how far with it."""

    partners: int
    told: int
    mailed: int
    fetched: int
    acknowledged: int
    neither: int


@dataclass(frozen=True)
class Times:
    """How long it took half of those who came so far, and 95 of 100, by nearest rank; `count` is how many they are."""

    count: int
    p50: timedelta | None
    p95: timedelta | None


def urgent_lines(*, limit: int, before: int | None = None) -> list[Change]:
    """Return urgent lines, newest first, below a number of the journal; one query."""
    lines = Change.objects.filter(urgent())
    if before is not None:
        lines = lines.filter(sequence__lt=before)
    return list(lines.order_by("-sequence")[:limit])


def standings_on(line: Change) -> list[PartnerStanding]:
    """Return where each partner stands with a line, by name; two queries whatever their number.

    Who says that it carried the line out has fetched it, whichever way it came.
    """
    passed = Place.objects.filter(partner=OuterRef("pk"), sequence__gte=line.sequence)
    # Whatever its state: one that is sent again was delivered all the same.
    told = Delivery.objects.filter(endpoint__partner=OuterRef("pk"), sequence=line.sequence)
    mailed = Reminder.objects.filter(partner=OuterRef("pk"), sequence=line.sequence, sent_at__isnull=False)
    rows = Partner.objects.filter(created_at__lte=line.recorded_at).annotate(
        told_at=_first(told, "endpoint__partner", "delivered_at"),
        mailed_at=_first(mailed, "partner", "sent_at"),
        fetched_at=_first(passed, "partner", "at"),
        acknowledged_at=_first(passed.filter(step=Place.Step.ACKNOWLEDGED), "partner", "at"),
    )
    asked_for = Reminder.objects.filter(sequence=line.sequence, by__isnull=False).select_related("by")
    by_partner: dict[object, list[Reminder]] = {}
    for reminder in asked_for.order_by("asked_at"):
        by_partner.setdefault(reminder.partner_id, []).append(reminder)
    return [
        PartnerStanding(
            row, line.recorded_at, row.told_at, row.mailed_at, row.fetched_at, row.acknowledged_at,
            by_partner.get(row.pk, ()),
        )
        for row in rows.order_by("name")
    ]  # fmt: skip


def tallies(lines: Collection[Change]) -> dict[int, Tally]:
    """Return for each line, by number, how far active partners have come with it; three queries."""
    numbers = [line.sequence for line in lines]
    acknowledged = Max("places__sequence", filter=Q(places__step=Place.Step.ACKNOWLEDGED))
    active = Partner.objects.filter(state=Partner.State.ACTIVE)
    partners = list(
        active.annotate(fetched=Max("places__sequence"), acknowledged=acknowledged).values_list(
            "pk", "created_at", "fetched", "acknowledged"
        )
    )
    delivered = Delivery.objects.filter(sequence__in=numbers, delivered_at__isnull=False)
    sent = Reminder.objects.filter(sequence__in=numbers, sent_at__isnull=False)
    told = set(delivered.values_list("sequence", "endpoint__partner"))
    mailed = set(sent.values_list("sequence", "partner"))
    found: dict[int, Tally] = {}
    for line in lines:
        concerned = [row for row in partners if row[1] <= line.recorded_at]
        found[line.sequence] = Tally(
            partners=len(concerned),
            told=sum((line.sequence, key) in told for key, *_ in concerned),
            mailed=sum((line.sequence, key) in mailed for key, *_ in concerned),
            fetched=sum((fetched or 0) >= line.sequence for _, _, fetched, _ in concerned),
            acknowledged=sum((own or 0) >= line.sequence for *_, own in concerned),
            neither=sum((fetched or 0) < line.sequence for _, _, fetched, _ in concerned),
        )
    return found


def times(standings: Iterable[PartnerStanding]) -> Mapping[str, Times]:
    """Return how long `told`, `mailed`, `fetched` and `acknowledged` took those partners who came so far."""
    rows = list(standings)
    return {
        step: _times([took for row in rows if (took := row.took(step)) is not None])
        for step in ("told", "mailed", "fetched", "acknowledged")
    }


def _times(found: list[timedelta]) -> Times:
    ordered = sorted(found)
    if not ordered:
        return Times(0, None, None)
    p50, p95 = (ordered[math.ceil(len(ordered) * share / 100) - 1] for share in (50, 95))
    return Times(len(ordered), p50, p95)


def _first(rows: "QuerySet[Place] | QuerySet[Delivery] | QuerySet[Reminder]", partner: str, moment: str) -> Subquery:
    return Subquery(rows.order_by().values(partner).annotate(first=Min(moment)).values("first"))
