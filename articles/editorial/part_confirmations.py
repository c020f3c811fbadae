"""A medical reviewer has read what changed in one shared part, and stands by it for every text that carries it."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from articles.canonical.languages import Language
from articles.editorial import audit


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
        constraints = [
            models.UniqueConstraint(
                name="a_reviewer_confirms_a_difference_once",
                fields=["part", "language", "before", "after", "confirmed_by"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.part} {self.language} {self.before[:12]} {self.after[:12]}"


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
    """Record that the reviewer stands by the difference; a second time changes nothing."""
    made, is_new = PartConfirmation.objects.get_or_create(
        part=part,
        language=language,
        before=before,
        after=after,
        confirmed_by=by,
        defaults={"kind": kind, "is_own": is_own, "confirmed_at": at},
    )
    if is_new:
        audit.record("part-confirmed", by=by, at=at, kind=kind, about=part, detail=language)
    return made


def confirmed_differences(parts: Iterable[UUID | str]) -> list[PartConfirmation]:
    """Return what was confirmed of these parts in every language, oldest first, with who did it; one query."""
    rows = PartConfirmation.objects.filter(part__in=list(set(parts))).select_related("confirmed_by")
    return list(rows.order_by("confirmed_at", "pk"))
