"""Somebody read both languages and said: this part of the translation says what the original says."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from articles.editorial.translation_tasks import moved

# The part under which an object that several texts share is confirmed by itself: what it says, wherever it stands.
WORDS = "words"


class Confirmation(models.Model):
    """The wording of the original (its digest) against which one part of a translation was last confirmed.

    `source_words` are that wording as plain text, to show what the original said then; empty where it is not known.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField()
    part = models.CharField(max_length=36)
    language = models.CharField(max_length=2)
    source_digest = models.CharField(max_length=64)
    source_words = models.TextField(blank=True, default="")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_part_is_confirmed_once_per_language", fields=["item", "part", "language"])
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.part} {self.language}"


def confirm(
    item: UUID | str,
    language: str,
    parts: Mapping[str, str],
    *,
    words: Mapping[str, str] = MappingProxyType({}),
    by: User | None,
    at: datetime,
) -> None:
    """Record that parts of the translation into `language` say what the original says (part id to its digest).

    `words` are what the original says there, as plain text.
    """
    confirm_all({item: parts}, language, words=words, by=by, at=at)


def confirm_all(
    items: Mapping[UUID | str, Mapping[str, str]],
    language: str,
    *,
    words: Mapping[str, str] = MappingProxyType({}),
    by: User | None,
    at: datetime,
) -> None:
    """Record the same of parts of several items; two queries, whatever their number. `words` are those of any part.

    Rows are written in one order for everybody: two texts may show the same objects, each in an order of its own.
    """
    Confirmation.objects.bulk_create(
        [
            Confirmation(
                item=item,
                part=part,
                language=language,
                source_digest=digest,
                source_words=words.get(part, ""),
                confirmed_by=by,
                confirmed_at=at,
            )
            for item, parts in sorted(items.items(), key=lambda said: str(said[0]))
            for part, digest in sorted(parts.items())
        ],
        update_conflicts=True,
        unique_fields=["item", "part", "language"],
        update_fields=["source_digest", "source_words", "confirmed_by", "confirmed_at"],
    )
    moved(items)


def confirmed(item: UUID | str, language: str) -> dict[str, str]:
    """Return part id to the digest of the original's wording it was last confirmed against."""
    return dict(Confirmation.objects.filter(item=item, language=language).values_list("part", "source_digest"))


def confirmations(items: Iterable[UUID | str]) -> list[Confirmation]:
    """Return the confirmations of these items in every language, with who made them; one query."""
    return list(Confirmation.objects.filter(item__in=list(items)).select_related("confirmed_by"))


def carry(
    item: UUID | str, went: Mapping[str, tuple[str, str]], *, words: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Follow a change that was made in both languages, or that changed no meaning: what said the same still does.

    `went` is part id to the digest of the original's wording before and after; `words` are that wording after it.
    """
    for part, (before, after) in went.items():
        Confirmation.objects.filter(item=item, part=part, source_digest=before).update(
            source_digest=after, source_words=words.get(part, "")
        )
    moved([item])


def forget(item: UUID | str, parts: Iterable[str], *, language: str = "") -> None:
    """Nobody vouches any longer that these parts of the translation (into any language, or this one) say the same."""
    found = Confirmation.objects.filter(item=item, part__in=list(parts))
    (found.filter(language=language) if language else found).delete()
    moved([item])


def forget_words() -> None:
    """Empty every remembered wording, as an erasure needs it; what was confirmed against which digest stays."""
    Confirmation.objects.exclude(source_words="").update(source_words="")
