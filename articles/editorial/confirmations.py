"""Somebody read both languages and said: this part of the translation says what the original says."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models


class Confirmation(models.Model):
    """The wording of the original (its digest) against which one part of a translation was last confirmed."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField()
    part = models.CharField(max_length=36)
    language = models.CharField(max_length=2)
    source_digest = models.CharField(max_length=64)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_part_is_confirmed_once_per_language", fields=["item", "part", "language"])
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.part} {self.language}"


def confirm(item: UUID | str, language: str, parts: Mapping[str, str], *, by: User | None, at: datetime) -> None:
    """Record that parts of the translation into `language` say what the original says (part id to its digest)."""
    for part, digest in parts.items():
        Confirmation.objects.update_or_create(
            item=item,
            part=part,
            language=language,
            defaults={"source_digest": digest, "confirmed_by": by, "confirmed_at": at},
        )


def confirmed(item: UUID | str, language: str) -> dict[str, str]:
    """Return part id to the digest of the original's wording it was last confirmed against."""
    return dict(Confirmation.objects.filter(item=item, language=language).values_list("part", "source_digest"))


def carry(item: UUID | str, moved: Mapping[str, tuple[str, str]]) -> None:
    """Follow an amendment that exchanged shared parts in both languages: what said the same still does.

    `moved` is part id to the digest of the original's wording before and after.
    """
    for part, (before, after) in moved.items():
        Confirmation.objects.filter(item=item, part=part, source_digest=before).update(source_digest=after)


def forget(item: UUID | str, parts: Iterable[str], *, language: str = "") -> None:
    """Nobody vouches any longer that these parts of the translation (into any language, or this one) say the same."""
    found = Confirmation.objects.filter(item=item, part__in=list(parts))
    (found.filter(language=language) if language else found).delete()
