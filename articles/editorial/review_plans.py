"""How soon a text is reviewed again, by what could happen if it were wrong, and who sees to it.

Each setting is a row of its own, so the table is its own history; the last row of a text counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from articles.editorial.roles import require
from articles.editorial.signoffs import in_months


class Risk(models.TextChoices):
    """What may happen to somebody who acts on a text that is no longer right."""

    HIGH = "high", _("high: somebody could be harmed")
    MEDIUM = "medium", _("medium: somebody could act otherwise than is best")
    LOW = "low", _("low: nobody would act on it")


# Months from a review to the next one, at most.
MONTHS: Mapping[Risk, int] = {Risk.HIGH: 12, Risk.MEDIUM: 24, Risk.LOW: 36}

# Of a text of which nobody has said it.
UNSAID = Risk.HIGH


class ReviewPlan(models.Model):
    """What somebody has set for a text: its risk, and who sees to it that it is reviewed in time."""

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    risk = models.CharField(max_length=10, choices=Risk)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="review_plans_by_text", fields=["item", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.risk}"


@dataclass(frozen=True)
class Plan:
    """What counts for a text now. `owner` is None where nobody sees to it, or whoever did has no account any more."""

    risk: Risk = UNSAID
    owner: User | None = None
    is_set: bool = False

    def latest(self, reviewed_on: date) -> date:
        """Return the last day for which a review of this day may promise the next one."""
        return in_months(reviewed_on, MONTHS[self.risk])


def plans(items: Iterable[UUID]) -> dict[UUID, Plan]:
    """Return the plan of each of these items that has one; one query."""
    newest = ReviewPlan.objects.filter(item__in=list(items)).values("item").annotate(newest=Max("pk")).values("newest")
    rows = ReviewPlan.objects.filter(pk__in=newest).select_related("owner")
    return {
        row.item: Plan(Risk(row.risk), row.owner if row.owner and row.owner.is_active else None, is_set=True)
        for row in rows
    }


def plan_of(item: UUID | str) -> Plan:
    """Return the plan of an item: the cautious one where nobody has set any."""
    return plans([UUID(str(item))]).get(UUID(str(item)), Plan())


def history(item: UUID | str) -> list[ReviewPlan]:
    """Return everything that was set for an item, newest first; one query."""
    return list(ReviewPlan.objects.filter(item=item).select_related("owner", "set_by").order_by("-pk"))


def set_plan(kind: str, item: UUID | str, risk: Risk, owner: User | None, *, by: User, at: datetime) -> Plan:
    """Set how soon a text is reviewed again and who sees to it; setting the same again writes nothing.

    Raises NotAllowedError without the right to publish.
    """
    require(by, "publish")
    plan = Plan(risk, owner, is_set=True)
    if plan_of(item) != plan:
        ReviewPlan.objects.create(kind=kind, item=item, risk=risk, owner=owner, set_by=by, set_at=at)
    return plan
