"""How much a partner asks. Counted in memory and written down now and then: a request waits for no row."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from django.db import models

from articles.partners.keys import Key
from articles.partners.partner import Partner


class UsageDay(models.Model):
    """Requests with one key on one day (UTC): how many, of them answered with 304, and of them refused."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    key = models.ForeignKey(Key, models.CASCADE, related_name="usage")
    day = models.DateField()
    requests = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_count_per_key_and_day", fields=["key", "day"])]

    def __str__(self) -> str:
        return f"{self.key} {self.day:%Y-%m-%d}"


def days_of(partner: Partner, since: date) -> Mapping[UUID, list[UsageDay]]:
    """Return by key what was written down from a day on, the newest day first; one query."""
    found: dict[UUID, list[UsageDay]] = {}
    for row in UsageDay.objects.filter(key__partner=partner, day__gte=since).order_by("-day"):
        found.setdefault(row.key_id, []).append(row)
    return found
