"""What a webhook is told: one delivery per journal line and address, with every attempt, kept for thirty days."""

import uuid
from datetime import timedelta
from typing import ClassVar, Literal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.partners.endpoints import Endpoint

KEPT = timedelta(days=30)


class Delivery(models.Model):
    """One message to one address. Its id is the `webhook-id`: the same over all attempts, so a receiver may drop
    repetitions. `sequence` and `item` are empty for a test.

    What is sent is made from the line of the journal each time and kept nowhere: of a text that is erased by law, no
    copy may lie here. `step` counts the attempts of the present round of the schedule, `attempts` all of them. Until
    `leased_until` the message is in the hands of a worker. `delivered_at` is the first time,
    also of what is sent again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("delivery", "waiting")
        DELIVERED = "delivered", pgettext_lazy("delivery", "delivered")
        FAILED = "failed", pgettext_lazy("delivery", "given up")

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    sequence = models.PositiveBigIntegerField(_("line"), null=True)
    item = models.UUIDField(null=True)
    type = models.CharField(_("event"), max_length=40)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    step = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    attempted_at = models.DateTimeField(_("last attempt"), null=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(_("made on"))
    delivered_at = models.DateTimeField(_("delivered on"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                name="a_line_is_told_once", fields=["endpoint", "sequence"], condition=Q(sequence__isnull=False)
            ),
            models.CheckConstraint(
                name="what_waits_has_its_time", condition=~Q(state="waiting") | Q(next_attempt_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="waiting_deliveries", fields=["next_attempt_at"], condition=Q(state="waiting")),
            models.Index(
                name="waiting_in_order", fields=["endpoint", "item", "sequence"], condition=Q(state="waiting")
            ),
            models.Index(name="deliveries_newest_first", fields=["endpoint", "-created_at", "-id"]),
            models.Index(name="deliveries_by_age", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.sequence or ''} → {self.endpoint_id}"


class Attempt(models.Model):
    """One request of a delivery: the answer's status or, where there was none, the kind of fault (a member of
    `faults.WORDS`); and how long it took."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveIntegerField(null=True)
    fault = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="attempts_are_numbered", fields=["delivery", "number"])]
        indexes = [models.Index(name="attempts_by_age", fields=["at"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.status or self.fault}"
