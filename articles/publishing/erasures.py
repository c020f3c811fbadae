"""Requests to erase something for good: what, why, who asked, and how it ended."""

from collections.abc import Iterable
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ErasureRequest(models.Model):
    """One person asks, another one confirms or declines. The grounds must not repeat what is to be erased."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("waiting for a second person")
        DONE = "done", _("erased")
        DECLINED = "declined", _("declined")

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    grounds = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_erasure_is_asked_for_once", fields=["kind", "object_id"], condition=Q(outcome="open")
            ),
            models.CheckConstraint(
                name="nobody_confirms_their_own_erasure",
                condition=~Q(outcome="done") | (Q(settled_by__isnull=False) & ~Q(settled_by=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="what_is_settled_says_by_whom_and_when",
                condition=Q(outcome="open", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(outcome="open") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.outcome}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN


def any_expunged(ids: Iterable[UUID | str]) -> bool:
    """Return whether any of these objects was erased for good; behind the journal's lock the answer is final."""
    return ErasureRequest.objects.filter(object_id__in=list(ids), outcome=ErasureRequest.Outcome.DONE).exists()
