"""Sending deliveries: which may go now, and what becomes of them after an attempt.

A worker takes a delivery by a lease and hands it back with what came of it. One that is killed hands nothing back, and
when the lease is over the delivery is due again: a receiver may hear of a line twice, and never not at all.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from articles.editions.shelf import Change
from articles.outgoing.client import Answer, Unanswered, ask
from articles.partners import messages
from articles.partners.deliveries import Attempt, Delivery
from articles.partners.endpoints import Endpoint, pause
from articles.partners.locking import unless_locked
from articles.partners.outgoing_policy import policy
from articles.partners.pace import Pace, asked_for

Result = Answer | Unanswered

_GONE = 410
# Answers of a server that is not well, rather than of a program that does not like what it was sent.
_NOT_WELL = frozenset({429, 502, 503, 504})
# So many refusals of an earlier line, and a line for safety about the same item waits for it no longer.
_REFUSALS_BEFORE_SAFETY = 2
# Deliveries that are looked at to find some that fit.
_LOOKED_AT = 100


@dataclass(frozen=True)
class Claim:
    """A delivery in the hands of this worker, with all that is needed to send it without asking the database."""

    delivery: UUID
    endpoint: UUID
    is_urgent: bool
    url: str
    headers: Mapping[str, str]
    body: bytes
    lease: datetime

    def send(self, pace: Pace) -> Result:
        """Make the attempt and return what came of it."""
        return ask("POST", self.url, policy=policy(), headers=self.headers, body=self.body, seconds=pace.seconds)


def due(at: datetime) -> "QuerySet[Any]":
    """Return what may go now, the longest due first: nothing before what waits about the same item.

    `hurried` is a line for safety, and whatever stands before one about the same item.
    """
    same = Delivery.objects.filter(endpoint=OuterRef("endpoint"), item=OuterRef("item"), state=Delivery.State.WAITING)
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return (
        Delivery.objects.filter(
            ~Exists(same.filter(sequence__lt=OuterRef("sequence"))),
            free,
            state=Delivery.State.WAITING,
            sequence__isnull=False,
            next_attempt_at__lte=at,
            endpoint__state=Endpoint.State.ACTIVE,
        )
        .annotate(hurried=Q(is_urgent=True) | Exists(same.filter(is_urgent=True, sequence__gt=OuterRef("sequence"))))
        .order_by("next_attempt_at", "sequence")
    )


def claim(
    fits: Callable[[Delivery], bool],
    *,
    at: datetime,
    pace: Pace,
    is_urgent: bool,
    without: Collection[UUID] = (),
    running: Collection[UUID] = (),
) -> list[Claim]:
    """Take those of the first due deliveries that `fits` takes, either urgent ones or others.

    `without` are webhooks that are not looked at; `running` are deliveries that this worker has in hand, whose lease
    may be over on a machine that was asleep.
    """
    rows = due(at).filter(hurried=is_urgent).exclude(endpoint__in=without).exclude(pk__in=running)
    rows = rows.select_related("endpoint")
    if not rows.exists():
        return []  # Without a transaction: on SQLite it would wait for whoever is writing.
    with transaction.atomic():
        chosen = [row for row in unless_locked(rows)[:_LOOKED_AT] if fits(row)]
        lease = at + pace.lease
        Delivery.objects.filter(pk__in=[row.pk for row in chosen]).update(leased_until=lease)
        lines = Change.objects.in_bulk([row.sequence for row in chosen])
    return [_claimed(row, lines[row.sequence], lease, at) for row in chosen]


def _claimed(row: Any, line: Change, lease: datetime, at: datetime) -> Claim:
    body = messages.packed(messages.message(line))
    headers = messages.headers(row.endpoint, row.pk, body, at=at)
    return Claim(row.pk, row.endpoint_id, row.hurried, row.endpoint.url, headers, body, lease)


def record(claim: Claim, result: Result, *, at: datetime, pace: Pace) -> None:
    """Write down what came of an attempt, and what is to become of the delivery and its webhook."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("endpoint")
        row = rows.filter(pk=claim.delivery).first()
        if row is None:
            return  # The webhook was deleted meanwhile.
        note(row, result, at=at)
        # Unless another worker has taken this one for dead and delivered it.
        if row.state == Delivery.State.WAITING:
            if isinstance(result, Answer) and result.is_success:
                row.state, row.next_attempt_at = Delivery.State.DELIVERED, None
                row.delivered_at = row.delivered_at or at
                _send_missed(row, at, pace)
            else:
                _failed(row, result, at, pace)
        row.leased_until = None
        row.save()


def note(row: Delivery, result: Result, *, at: datetime) -> None:
    """Add an attempt to the log; the row itself is saved by whoever asks for it."""
    row.attempts += 1
    row.step += 1
    row.attempted_at = at
    status, fault = (result.status, "") if isinstance(result, Answer) else (None, result.kind)
    Attempt.objects.create(
        delivery=row, number=row.attempts, at=at, milliseconds=result.milliseconds,
        status=status, fault=fault,
    )  # fmt: skip


def release(claims: Collection[Claim]) -> None:
    """Hand back deliveries of which nothing is known: a worker that ends lets nobody wait for its leases."""
    for lease in {claim.lease for claim in claims}:
        keys = [claim.delivery for claim in claims if claim.lease == lease]
        Delivery.objects.filter(pk__in=keys, leased_until=lease).update(leased_until=None)


def _failed(row: Delivery, result: Result, at: datetime, pace: Pace) -> None:
    status, wait = 0, None
    if isinstance(result, Answer):
        status, wait = result.status, asked_for(result.status, result.headers, at)
    row.next_attempt_at = pace.next_after(row.step, at, asked_for=wait, is_urgent=row.is_urgent)
    refused = status not in _NOT_WELL and status > 0
    if status == _GONE:
        row.next_attempt_at = at
        pause(row.endpoint, Endpoint.Pause.GONE, at=at)
    elif refused and row.step >= _REFUSALS_BEFORE_SAFETY and _safety_waits_for(row):
        # Its receiver refuses this line and not others: word of a danger must not wait until that is mended.
        row.state, row.next_attempt_at = Delivery.State.FAILED, None
    elif row.next_attempt_at is None:
        row.state = Delivery.State.FAILED
        pause(row.endpoint, Endpoint.Pause.GIVEN_UP, at=at)


def _safety_waits_for(row: Delivery) -> bool:
    return Delivery.objects.filter(
        endpoint=row.endpoint_id, item=row.item, sequence__gt=row.sequence, is_urgent=True,
        state=Delivery.State.WAITING,
    ).exists()  # fmt: skip


def _send_missed(row: Delivery, at: datetime, pace: Pace) -> None:
    """Its server answers: what failed before is tried now and not in hours, at no cost to its schedule."""
    Delivery.objects.filter(
        endpoint=row.endpoint_id, state=Delivery.State.WAITING, step__gt=0, next_attempt_at__gt=at,
        attempted_at__lte=at - pace.missed_again, leased_until=None,
    ).update(next_attempt_at=at, step=F("step") - 1)  # fmt: skip
