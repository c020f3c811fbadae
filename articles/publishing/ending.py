"""Texts whose time is limited: they leave the shelf at a moment that somebody has set, with a reason for readers."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical.languages import Language
from articles.content.problems import Where
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.withdrawals import WithdrawalReason
from articles.editorial import audit
from articles.editorial.roles import require
from articles.publishing.dues import Due
from articles.publishing.for_readers import for_readers
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.releases import waiting_for

FURTHEST = timedelta(days=3 * 366)


def end(
    kind: str,
    item: UUID | str,
    languages: Collection[Language],
    ends_at: datetime | None,
    *,
    reasons: Mapping[Language, str],
    by: User,
    at: datetime,
) -> list[Due]:
    """Let an item leave the shelf at a moment to come; another moment of the same language is replaced.

    `reasons` is what readers are told then. An item may be given an end while it still waits in a release.
    Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    require(by, "withdraw")
    where = Where(kind, str(item))
    words, found = for_readers(reasons, languages, where, missing="withdrawn-reason-missing")
    if not languages:
        found.append(press_problem("no-language", "", where))
    if ends_at is None or not at < ends_at <= at + FURTHEST:
        found.append(press_problem("ending-past", "", where))
    with transaction.atomic(), journals.opened(at):
        coming = set(waiting_for(item).values_list("language", flat=True))
        for language in languages:
            standing = store.standing_of(str(item), language)
            if language not in coming and not (standing and standing.is_live):
                found.append(press_problem("not-live", language, where))
        if found or ends_at is None:
            raise RefusedError(found)
        endings(item).filter(language__in=languages).delete()
        audit.record("end-set", by=by, at=at, kind=kind, about=item, detail=" ".join(languages))
        return [
            Due.objects.create(
                act=Due.Act.WITHDRAW,
                kind=kind,
                item=item,
                language=language,
                due_at=ends_at,
                payload={"reason": words[language], "reason_code": WithdrawalReason.EXPIRED.value},
                arranged_by=by,
            )
            for language in languages
        ]


def keep(item: UUID | str, language: Language, *, by: User, at: datetime) -> bool:
    """Let an item stay on the shelf after all; return whether it had an end. Raises NotAllowedError."""
    require(by, "withdraw")
    with transaction.atomic(), journals.opened(at):
        waiting = endings(item).filter(language=language)
        kind = waiting.values_list("kind", flat=True).first()
        if kind is None:
            return False
        waiting.delete()
        audit.record("end-lifted", by=by, at=at, kind=kind, about=item, detail=language)
        return True


def endings(item: UUID | str) -> models.QuerySet[Due]:
    """Return the moments at which an item leaves the shelf, Russian first."""
    waiting = Due.objects.filter(act=Due.Act.WITHDRAW, item=item, settled_at__isnull=True)
    return waiting.filter(payload__reason_code=WithdrawalReason.EXPIRED.value).order_by("-language", "due_at")
