"""Which translations wait for somebody, and who is to do them: one row for each item that is translated part by part.

The numbers follow what is at the desk and on the shelf, and are there so that the queue is a query, whatever number of
texts there are. Any save, confirmation or publication of an object says here that it has moved (`moved`), in its own
transaction; the press counts anew what has moved (`articles/publishing/translation_queue.py`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from articles.canonical.languages import Language


class TranslationTask(models.Model):
    """How many parts of the translation of an item into `language` are missing or behind, and since when any is.

    `rank` is the gravest change that readers of the translation lack, 0 for one for safety. Nothing waits while `since`
    is empty.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200, blank=True)
    missing = models.PositiveIntegerField(default=0)
    behind = models.PositiveIntegerField(default=0)
    lacks = models.CharField(max_length=20, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(null=True)
    translator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                name="translations_that_wait", fields=["rank", "since", "item"], condition=Q(since__isnull=False)
            ),
            models.Index(
                name="translations_of_somebody",
                fields=["translator", "rank", "since"],
                condition=Q(since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language}"


class MovedObject(models.Model):
    """An object that was saved, confirmed or published: the translations that show it are to be counted anew."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    object_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.object_id)


def moved(objects: Iterable[UUID | str]) -> None:
    """Say that these objects have moved; in the transaction that moved them, so that it is never forgotten."""
    MovedObject.objects.bulk_create(MovedObject(object_id=one) for one in objects)


def assign(items: Iterable[UUID], to: User | None, *, by: User, at: datetime) -> int:
    """Give these translations to somebody, or back to all; return how many were not theirs before."""
    rows = TranslationTask.objects.filter(item__in=list(items))
    changed = rows.exclude(translator=to) if to else rows.exclude(translator=None)
    return changed.update(translator=to, assigned_by=by, assigned_at=at)


def translators(texts: Iterable[tuple[UUID | str, Language]]) -> dict[tuple[UUID, str], User]:
    """Return to whom the translations of these texts, each an item and a language, are given; one query."""
    wanted = {(str(item), language) for item, language in texts}
    rows = TranslationTask.objects.filter(item__in=[item for item, _ in wanted], translator__is_active=True)
    found = {(row.item, row.language): row.translator for row in rows.select_related("translator")}
    return {key: user for key, user in found.items() if (str(key[0]), key[1]) in wanted and user}
