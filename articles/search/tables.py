"""The tables of search. They follow from the shelf, so they can be dropped and made anew at any time.

Beside them stands `WORDS`, which only the database's own engine reads: see `engines`.
"""

from hashlib import sha256
from typing import ClassVar, Literal
from uuid import UUID

from django.db import models
from django.db.models import Q

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.shelf import Edition

_CHOICES = [(language, language) for language in LANGUAGES]


class IndexedText(models.Model):
    """A live item in one language: where each key stands in it. `edition` is the one that was read.

    `id` follows from item and language, so rows have the same order on every database.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.BigIntegerField(primary_key=True)
    item = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=_CHOICES)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    sizes = models.CharField(max_length=100)
    stretches = models.TextField()
    postings = models.TextField()
    forms = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_item_is_indexed_once_per_language", fields=["item", "language"])
        ]
        # What a search asks of very many texts, without their long rows.
        indexes = [models.Index(name="candidate_by_text", fields=["id", "kind", "language"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language}"

    @staticmethod
    def key(item: UUID | str, language: Language) -> int:
        """Return the `id` of an item's row in a language."""
        return int.from_bytes(sha256(f"{item}/{language}".encode()).digest()[:8]) >> 1


class IndexedWord(models.Model):
    """A form of a word as texts have it, in how many texts of a language; `keys` are those under which it is found."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    form = models.CharField(max_length=100)
    language = models.CharField(max_length=2, choices=_CHOICES)
    texts = models.IntegerField()
    keys = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_form_is_counted_once_per_language", fields=["form", "language"])]

    def __str__(self) -> str:
        return f"{self.form} {self.language}"


class IndexState(models.Model):
    """Up to which line of the journal the index has followed, and by which recipe it was made.

    One row: locking it orders all who write. A line with another hash at this number, or another recipe, means that
    the index is of another shelf or of older code, and is made anew.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    recipe = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_index", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.sequence)
