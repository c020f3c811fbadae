"""A medical reviewer has read what changed in one shared part, and stands by it for every text that carries it.

Both tables are written once: whoever takes a confirmation back adds a row.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical.languages import Language
from articles.content.fields import LineField
from articles.editorial import audit
from articles.editorial.roles import NotAllowedError, may

LONGEST_REASON = 300


class PartConfirmation(models.Model):
    """One shared part in one language went from one wording (its digest) to another, and a reviewer confirmed that.

    `before` is empty where the part came anew with a confirmed change of what holds it. `is_own` says that the
    reviewer had a hand in the change: then it does not count until somebody else confirms it too.
    """

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    kind = models.CharField(max_length=20)
    part = models.UUIDField()
    language = models.CharField(max_length=2)
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64)
    is_own = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(name="confirmations_of_a_part", fields=["part", "language"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.part} {self.language} {self.before[:12]} {self.after[:12]}"


class PartRevocation(models.Model):
    """A confirmation counts no more, and why: for colleagues only. `part` is that of the confirmation."""

    mutability: ClassVar[Literal["immutable"]] = "immutable"

    confirmation = models.OneToOneField(PartConfirmation, models.PROTECT, related_name="revocation")
    part = models.UUIDField()
    reason = LineField(max_length=LONGEST_REASON)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.confirmation_id}"


def confirm_difference(
    kind: str,
    part: UUID | str,
    language: Language,
    before: str,
    after: str,
    *,
    is_own: bool,
    by: User,
    at: datetime,
) -> PartConfirmation:
    """Record that the reviewer stands by the difference; a second time changes nothing while the first one counts."""
    what = {"part": part, "language": language, "before": before, "after": after, "confirmed_by": by}
    if made := PartConfirmation.objects.filter(**what, revocation=None).first():
        return made
    audit.record("part-confirmed", by=by, at=at, kind=kind, about=part, detail=language)
    return PartConfirmation.objects.create(**what, kind=kind, is_own=is_own, confirmed_at=at)


def revoke_confirmation(row: PartConfirmation, *, reason: str, by: User, at: datetime) -> PartRevocation:
    """Take a confirmation back for good; a second time changes nothing. The same person may confirm it anew.

    Where they confirmed the same twice at once, all of it is taken back.

    Raises NotAllowedError for all but whoever confirmed it and administrators, ValueError without a reason.
    """
    if not may_revoke(row, by):
        raise NotAllowedError("revoke")
    if not reason.strip():
        raise ValueError("whoever takes a confirmation back says why")
    said = {"part": row.part, "reason": reason, "revoked_by": by, "revoked_at": at}
    what = {"part": row.part, "language": row.language, "before": row.before, "after": row.after}
    same = PartConfirmation.objects.filter(**what, confirmed_by=row.confirmed_by_id, revocation=None)
    with transaction.atomic():
        made, is_new = PartRevocation.objects.get_or_create(confirmation=row, defaults=said)
        for twin in same if is_new else ():
            PartRevocation.objects.get_or_create(confirmation=twin, defaults=said)
    if is_new:
        audit.record("part-unconfirmed", by=by, at=at, kind=row.kind, about=row.part, detail=row.language)
    return made


def may_revoke(row: PartConfirmation, user: User) -> bool:
    """Return whether the person may take a confirmation back: their own, or as an administrator anybody's."""
    return user.is_active and (row.confirmed_by_id == user.pk or may(user, "expunge"))


def confirmed_differences(parts: Iterable[UUID | str]) -> list[PartConfirmation]:
    """Return what is confirmed of these parts in every language, oldest first, with who did it; one query."""
    rows = PartConfirmation.objects.filter(part__in=list(set(parts)), revocation=None).select_related("confirmed_by")
    return list(rows.order_by("confirmed_at", "pk"))


def history(part: UUID | str) -> list[PartConfirmation]:
    """Return everything that was ever confirmed of a part, what was taken back too, newest first; one query."""
    rows = PartConfirmation.objects.filter(part=part).select_related("confirmed_by", "revocation__revoked_by")
    return list(rows.order_by("-pk"))
