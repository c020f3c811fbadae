"""Webhooks follow the journal: each line becomes one delivery per webhook that it is in the scope of.

Rows and the place up to which they were made are written in one transaction, so that a worker which is killed has
either told a line or not begun with it.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from articles.editions.shelf import Change, JournalHead
from articles.editions.urgency import is_urgent
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.locking import unless_locked

log = logging.getLogger(__name__)

# Lines that one transaction tells one webhook.
BATCH = 200


def follow(*, at: datetime) -> int:
    """Make a delivery of every line that an active webhook has not been told of; return how many were made.

    One query where there is nothing new, else a few for each webhook that is behind.
    """
    head = JournalHead.objects.filter(id=1).values_list("sequence", flat=True).first() or 0
    behind = Endpoint.objects.filter(~Q(reached=head), state=Endpoint.State.ACTIVE)
    return sum(_follow_one(key, at) for key in behind.values_list("pk", flat=True))


def deliveries_for(endpoint: Endpoint, lines: Iterable[Change], *, at: datetime) -> list[Delivery]:
    """Return the deliveries, not saved, of those lines that are in the scope of the webhook."""
    scope = endpoint.scope
    return [
        Delivery(
            endpoint=endpoint, sequence=line.sequence, item=line.item, type=f"item.{line.event}",
            is_urgent=is_urgent(line), next_attempt_at=at, created_at=at,
        )
        for line in lines
        if scope.covers(line.kind, line.language)
    ]  # fmt: skip


def _follow_one(key: UUID, at: datetime) -> int:
    made = 0
    while (some := _follow_some(key, at)) is not None:
        made += some
    return made


def _follow_some(key: UUID, at: datetime) -> int | None:
    """Tell the webhook of some lines and return how many deliveries that made; None once there is nothing to tell."""
    with transaction.atomic():
        # Whoever else follows for it at this moment has told it the same.
        active = Endpoint.objects.filter(pk=key, state=Endpoint.State.ACTIVE)
        endpoint = unless_locked(active).first()
        if endpoint is None:
            return None
        head = JournalHead.objects.filter(id=1).values_list("sequence", flat=True).first() or 0
        if endpoint.reached > head:
            # A restored backup. Where the journal is another one the partner finds out by its hashes; the lines that
            # come now must not be taken for told.
            log.warning("webhook %s was told of lines that the journal does not have", endpoint.pk)
            Endpoint.objects.filter(pk=endpoint.pk).update(reached=head)
            return None
        behind = Change.objects.filter(sequence__gt=endpoint.reached, sequence__lte=head)
        lines = list(behind.order_by("sequence")[:BATCH])
        if not lines:
            return None
        rows = deliveries_for(endpoint, lines, at=at)
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        _hurry({row.item for row in rows if row.is_urgent}, endpoint, at)
        Endpoint.objects.filter(pk=endpoint.pk).update(reached=lines[-1].sequence)
        return len(rows)


def _hurry(items: Collection[UUID | None], endpoint: Endpoint, at: datetime) -> None:
    """What stands before a line for safety about the same item is tried at once: the line waits for it."""
    if items:
        before = Delivery.objects.filter(endpoint=endpoint, item__in=items, state=Delivery.State.WAITING, step__gt=0)
        before.update(step=0, next_attempt_at=at)
