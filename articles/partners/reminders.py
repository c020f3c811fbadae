"""Mails about lines that partners must act on at once: which are owed to whom, and when each was sent.

A mail is a row before it is sent. So no request and no press waits for a mail server, one that is away costs nobody the
word, and a worker that is killed leaves the row to the next one: it is sent at least once.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q

from articles.editions import queries
from articles.editions.shelf import Change
from articles.editions.urgency import urgent
from articles.partners.deliveries import Delivery
from articles.partners.partner import Partner
from articles.partners.replaying import replay_one

# Who was written to about a line is left alone about it for so long, whoever asks.
REST = timedelta(minutes=10)

# Lines that are looked at in one transaction.
_LINES = 1_000


class Reminder(models.Model):
    """A mail to a partner about a line; `by` is empty where the site does it by itself, once per line and partner.

    `next_attempt_at` is when it is tried (again); empty once it was sent or given up.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="reminders")
    sequence = models.PositiveBigIntegerField()
    by = models.ForeignKey("auth.User", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="the_site_writes_of_a_line_once", fields=["sequence", "partner"], condition=Q(by=None)
            )
        ]
        indexes = [
            models.Index(name="reminders_of_a_line", fields=["sequence", "partner"]),
            models.Index(name="waiting_reminders", fields=["next_attempt_at"], condition=Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.sequence}"


class Heralded(models.Model):
    """The line up to which mails have been made. One row."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="mails_are_made_up_to_one_line", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.sequence)


def herald(*, at: datetime) -> int:
    """Make the mails of every urgent line that has come since the last time; return how many. Two queries if none has.

    Everybody who was a partner when the line was recorded gets one, suspended or not: the copy may be there still.
    """
    made = 0
    head = queries.head().sequence
    while (reached := Heralded.objects.filter(id=1).values_list("sequence", flat=True).first() or 0) < head:
        made += _herald_from(reached, at)
    return made


def remind(partners: Collection[UUID], line: Change, *, by: User, at: datetime) -> list[Partner]:
    """Make a mail about a line for each of these partners, let their webhooks be told once more, and return whom.

    Left out is whoever was written to about this line within `REST`, or is about to be.
    """
    with transaction.atomic():
        # Behind the partners' locks, so that two clicks at once are told apart.
        rows = Partner.objects.select_for_update().filter(pk__in=partners).order_by("pk")
        found = {partner.pk: partner for partner in rows}
        recently = Q(asked_at__gt=at - REST) | Q(sent_at__gt=at - REST)
        resting = Reminder.objects.filter(recently, sequence=line.sequence, partner__in=found)
        rested = set(resting.values_list("partner", flat=True))
        chosen = [partner for key, partner in found.items() if key not in rested]
        Reminder.objects.bulk_create(
            Reminder(partner=partner, sequence=line.sequence, by=by, asked_at=at, next_attempt_at=at)
            for partner in chosen
        )
        told = Delivery.objects.filter(endpoint__partner__in=chosen, sequence=line.sequence)
        for delivery in told.exclude(endpoint__url=""):  # of a deleted webhook
            replay_one(delivery, at=at)
    return sorted(chosen, key=lambda partner: partner.name)


def _herald_from(reached: int, at: datetime) -> int:
    """Go on by some lines, unless another worker has done so meanwhile."""
    with transaction.atomic():
        Heralded.objects.get_or_create(id=1)
        own = Heralded.objects.select_for_update().get(id=1)
        if own.sequence != reached:
            return 0
        upto = min(queries.head().sequence, reached + _LINES)
        lines = Change.objects.filter(urgent(), sequence__gt=reached, sequence__lte=upto)
        found = list(lines.order_by("sequence").values_list("sequence", "recorded_at"))
        partners = list(Partner.objects.values_list("pk", "created_at")) if found else []
        owed = [
            Reminder(partner_id=partner, sequence=sequence, by=None, asked_at=at, next_attempt_at=at)
            for sequence, recorded_at in found
            for partner, since in partners
            if since <= recorded_at
        ]
        Reminder.objects.bulk_create(owed, ignore_conflicts=True, batch_size=500)
        own.sequence = upto
        own.save(update_fields=["sequence"])
    return len(owed)
