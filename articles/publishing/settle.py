"""Carrying out what has fallen due, in the order of its moments, each in a transaction of its own."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from articles.editions import journal as journals
from articles.editions import store
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from
from articles.editions.times import rfc3339
from articles.editions.withdrawals import WithdrawalReason, change_class
from articles.publishing import workflow
from articles.publishing.dues import Due
from articles.publishing.safety_gaps import settle_languages, withdraw_behind

log = logging.getLogger(__name__)


def settle(at: datetime) -> int:
    """Carry out every row whose moment has come by `at`; return how many.

    Each row is done once, whichever process comes first, and one that fails says so in its `fault`, is tried again at
    the next call, and never keeps the others waiting.
    """
    done = 0
    for key in (
        Due.objects.filter(settled_at__isnull=True, due_at__lte=at)
        .order_by("due_at", "id")
        .values_list("pk", flat=True)
    ):
        try:
            done += _settle_one(key, at)
        except Exception as fault:
            log.exception("what fell due could not be carried out", extra={"due": key})
            Due.objects.filter(pk=key, settled_at__isnull=True).update(fault=f"{type(fault).__name__}: {fault}")
    return done


def _settle_one(key: int, at: datetime) -> bool:
    # The journal before the row: whoever publishes, restores or erases holds it when it comes to these rows.
    with transaction.atomic(), journals.opened(at) as journal:
        due = Due.objects.select_for_update().filter(pk=key, settled_at__isnull=True).first()
        if due is None:
            return False
        _ACTS[Due.Act(due.act)](journal, due)
        due.settled_at = at
        due.fault = ""
        due.save(update_fields=["settled_at", "fault"])
    return True


def _withdraw(journal: Journal, due: Due) -> None:
    """A text whose time was limited leaves the shelf; the line carries the promised moment beside the real one."""
    standing = store.standing_of(str(due.item), due.language)  # type: ignore[arg-type]
    if standing is None or not standing.is_live:
        return
    code = WithdrawalReason(due.payload.get("reason_code", WithdrawalReason.EXPIRED)).value
    tombstone = {
        "id": str(due.item),
        "kind": due.kind,
        "language": due.language,
        "withdrawn_at": rfc3339(due.due_at),
        "reason_code": code,
        "reason": due.payload["reason"],
        "replaced_by": due.payload.get("replaced_by"),
    }
    store.withdraw(journal, standing, tombstone=tombstone, change_class=change_class(code), effective_at=due.due_at)
    settle_languages(journal, due.item, touched=[standing.language], by=None)  # type: ignore[list-item]
    workflow.retired([standing], by=None, at=due.due_at)


def _tell_overdue(journal: Journal, due: Due) -> None:
    """A text whose promised review is lacking says so; one that promises another day by now, or none, does not."""
    standing = store.standing_of(str(due.item), due.language)  # type: ignore[arg-type]
    if standing is None or not standing.is_live or standing.overdue_since == due.due_at:
        return
    if overdue_from(standing.edition.envelope.review, standing.edition.document.lapses_on) == due.due_at:
        store.fall_due(journal, standing)


_ACTS: Mapping[Due.Act, Callable[[Journal, Due], None]] = {
    Due.Act.WITHDRAW: _withdraw,
    Due.Act.REVIEW: _tell_overdue,
    Due.Act.FOLLOW: withdraw_behind,
}
