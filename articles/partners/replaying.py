"""Sending again: what waited while a webhook was paused, and what its receiver asks for once more."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.editions.shelf import Change
from articles.partners.deliveries import KEPT, Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.following import deliveries_for

# Rows written at once.
_BATCH = 500


class TooLongAgoError(ValueError):
    """Raised when lines are asked for that are older than what is kept; `after` is the earliest that may be asked."""

    def __init__(self, after: int) -> None:
        super().__init__(after)
        self.after = after


def resume(endpoint: Endpoint, *, at: datetime) -> None:
    """Let a paused webhook go on where it stood: what waited and what was given up is due now, then what came since.

    What was given up is left out where a later line about the same item has arrived: it would come in the wrong order.
    """
    with transaction.atomic():
        paused = Endpoint.objects.filter(pk=endpoint.pk, state=Endpoint.State.PAUSED)
        if paused.update(state=Endpoint.State.ACTIVE, paused_at=None, pause_reason="", pause_told_at=None):
            later = Delivery.objects.filter(
                endpoint=endpoint, item=OuterRef("item"), sequence__gt=OuterRef("sequence"),
                state=Delivery.State.DELIVERED,
            )  # fmt: skip
            own = Delivery.objects.filter(endpoint=endpoint)
            given_up = own.filter(~Exists(later), state=Delivery.State.FAILED, sequence__isnull=False)
            _send_again(own.filter(Q(state=Delivery.State.WAITING) | Q(pk__in=given_up.values("pk"))), at)
    endpoint.refresh_from_db()


def replay_one(delivery: Delivery, *, at: datetime) -> None:
    """Send a delivery once more, with the same id."""
    _send_again(Delivery.objects.filter(pk=delivery.pk), at)


def replay_after(endpoint: Endpoint, after: int, *, at: datetime) -> int:
    """Send every line behind `after` once more that the webhook was told of or would have been; return how many.

    Lines that it has not been told of yet come by themselves. Raises TooLongAgoError for lines from before `KEPT`.
    """
    lines = Change.objects.filter(sequence__gt=after, sequence__lte=endpoint.reached)
    too_old = lines.filter(recorded_at__lt=at - KEPT).order_by("-sequence").first()
    if too_old is not None:
        raise TooLongAgoError(too_old.sequence)
    with transaction.atomic():
        for batch in _batches(lines.order_by("sequence")):
            Delivery.objects.bulk_create(deliveries_for(endpoint, batch, at=at), ignore_conflicts=True)
        again = Delivery.objects.filter(endpoint=endpoint, sequence__gt=after, sequence__lte=endpoint.reached)
        return _send_again(again, at)


def _send_again(deliveries: "QuerySet[Delivery]", at: datetime) -> int:
    # `delivered_at` stays what it was: the report of a recall asks when a partner was first told.
    return deliveries.update(state=Delivery.State.WAITING, step=0, next_attempt_at=at, leased_until=None)


def _batches(lines: "QuerySet[Change]") -> Iterator[list[Change]]:
    found = list(lines[:_BATCH])
    while found:
        yield found
        found = list(lines.filter(sequence__gt=found[-1].sequence)[:_BATCH])
