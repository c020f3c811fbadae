"""The worker says every few seconds that it is there, so that somebody notices when it is not."""

from datetime import datetime, timedelta
from typing import ClassVar, Literal

from django.db import models
from django.db.models import Q

# How often the worker says so, and after how long a silence nobody should wait any longer for what falls due.
EVERY = timedelta(seconds=5)
SILENT = timedelta(minutes=1)


class Heartbeat(models.Model):
    """One row: when the worker last ran."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_heartbeat", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"


def beat(at: datetime) -> None:
    """Say that the worker runs, unless it said so a moment ago; then nothing is written."""
    if not Heartbeat.objects.filter(id=1, at__gt=at - EVERY, at__lte=at).exists():
        Heartbeat.objects.update_or_create(id=1, defaults={"at": at})


def last_beat() -> datetime | None:
    """Return when the worker last ran; None if it never did. One query."""
    return Heartbeat.objects.filter(id=1).values_list("at", flat=True).first()


def is_silent(last: datetime | None, at: datetime) -> bool:
    """Return whether the worker is silent for too long at this moment."""
    return last is None or at - last > SILENT
