"""Carrying out what has fallen due, in the order of its moments, each in a transaction of its own."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min

from articles.content.problems import DeskProblem
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.journal import Journal
from articles.editions.overdue import overdue_from
from articles.editions.times import rfc3339
from articles.editions.withdrawals import WithdrawalReason, change_class
from articles.publishing import workflow
from articles.publishing.dues import Due
from articles.publishing.going_out import broke, go_out, lock_texts, refuse
from articles.publishing.problems import RefusedError
from articles.publishing.safety_gaps import settle_languages, withdraw_behind

log = logging.getLogger(__name__)


def settle(at: datetime) -> int:
    """Carry out every row whose moment has come by `at`; return how many.

    Each row is done once, whichever process comes first, and one that fails says so in its `fault`, is tried again at
    the next call, and never keeps the others waiting. One that the press refuses is done with: nothing of it happened,
    why is kept, and somebody has to look at it.
    """
    done = 0
    for key in (
        Due.objects.filter(settled_at__isnull=True, due_at__lte=at)
        .order_by("due_at", "id")
        .values_list("pk", flat=True)
    ):
        try:
            done += _settle_one(key, at)
        except RefusedError as refusal:
            _apart(_refuse, key, refusal, at)
        except Exception as fault:
            log.exception("what fell due could not be carried out", extra={"due": key})
            _apart(_broke, key, fault, at)
    return done


def _apart(keep: Callable[[int, Any, datetime], None], key: int, fault: Exception, at: datetime) -> None:
    """Keep what went wrong. Where even that fails, the log has it, and the rows behind this one have their turn."""
    try:
        keep(key, fault, at)
    except Exception:
        log.exception("why it could not be carried out was not kept", extra={"due": key})


def next_due() -> datetime | None:
    """Return the moment of the first row that waits, None if none does; one indexed query."""
    found: datetime | None = Due.objects.filter(settled_at__isnull=True).aggregate(first=Min("due_at"))["first"]
    return found


def _settle_one(key: int, at: datetime) -> bool:
    with transaction.atomic():
        if waiting := Due.objects.filter(pk=key, settled_at__isnull=True).first():
            _FIRST.get(Due.Act(waiting.act), _nothing)(waiting)
        # The journal before the row: whoever publishes, restores or erases holds it when it comes to these rows.
        with journals.opened(at) as journal:
            due = _waiting(key, at)
            if due is None:
                return False
            _ACTS[Due.Act(due.act)](journal, due)
            _done(due, "", at)
    return True


def _refuse(key: int, refusal: RefusedError, at: datetime) -> None:
    """Keep why the press refused, in a transaction of its own: that of the act was rolled back whole."""
    with transaction.atomic(), journals.opened(at):
        if due := _waiting(key, at):
            _REFUSED[Due.Act(due.act)](due, refusal.problems, at)
            _done(due, str(refusal), at)


def _broke(key: int, fault: Exception, at: datetime) -> None:
    with transaction.atomic():
        rows = Due.objects.filter(pk=key, settled_at__isnull=True)
        rows.update(fault=f"{type(fault).__name__}: {fault}")
        if due := rows.first():
            _BROKEN.get(Due.Act(due.act), _told_nobody)(due, at)


def _told_nobody(due: Due, at: datetime) -> None:
    """Of most acts the desk's own page says that they failed."""


def _waiting(key: int, at: datetime) -> Due | None:
    """The row, locked, if it still waits: its moment may have been moved since it was read."""
    return Due.objects.select_for_update().filter(pk=key, settled_at__isnull=True, due_at__lte=at).first()


def _done(due: Due, fault: str, at: datetime) -> None:
    due.settled_at, due.fault = at, fault
    due.save(update_fields=["settled_at", "fault"])


def _nothing(due: Due) -> None:
    """Most acts lock nothing before the journal."""


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
    Due.Act.RELEASE: go_out,
    Due.Act.FOLLOW: withdraw_behind,
}

# What is locked before the journal is.
_FIRST: Mapping[Due.Act, Callable[[Due], None]] = {Due.Act.RELEASE: lock_texts}

# What the press may refuse, and who keeps why.
_REFUSED: Mapping[Due.Act, Callable[[Due, Sequence[DeskProblem], datetime], None]] = {Due.Act.RELEASE: refuse}

# Who is told of a fault of the program.
_BROKEN: Mapping[Due.Act, Callable[[Due, datetime], None]] = {Due.Act.RELEASE: broke}
