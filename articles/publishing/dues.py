"""What becomes true later: a desk row with its moment and everything that it needs then."""

from collections.abc import Iterable
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q


class Due(models.Model):
    """`act` happens to an item at `due_at`. Once carried out, `settled_at` says when; a fault is kept in words.

    Rows are written, changed and locked behind the journal's lock alone, so no two writers wait for each other.
    For a release, `item` is its id and there is no language.
    `arranged_by` is empty where nobody did it: an upgrade found the date in what was published before.
    """

    class Act(models.TextChoices):
        WITHDRAW = "withdraw"
        REVIEW = "review"
        RELEASE = "release"
        FOLLOW = "follow"

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    act = models.CharField(max_length=20, choices=Act)
    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    language = models.CharField(max_length=2)
    due_at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_text_waits_for_one_review",
                fields=["item", "language"],
                condition=Q(act="review", settled_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="a_text_waits_for_one_gap",
                fields=["item", "language"],
                condition=Q(act="follow", settled_at__isnull=True),
            ),
        ]
        indexes = [models.Index(name="due_and_not_settled", fields=["due_at"], condition=Q(settled_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.act} {self.kind} {self.item} {self.language} {self.due_at:%Y-%m-%d %H:%M}"


def waiting_of(item: UUID | str) -> list[Due]:
    """Return everything that waits for a moment of an item; one query."""
    return list(Due.objects.filter(item=item, settled_at__isnull=True))


def forget(dues: Iterable[Due]) -> None:
    """What these wait for is not awaited any more; no query where there are none."""
    if keys := [due.pk for due in dues]:
        Due.objects.filter(pk__in=keys).delete()
