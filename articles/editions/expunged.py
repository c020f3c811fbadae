"""What was erased for good: the record that stays, and what is answered in the place of an edition without words."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import override

from articles.canonical.languages import Language
from articles.editions.immutability import ImmutableModel
from articles.editions.shelf import Edition
from articles.editions.wording import ERASED


def sentence(language: Language) -> str:
    """Return what readers and partners are told in the place of what was erased."""
    with override(language):
        return str(ERASED)


class Expunged(ImmutableModel):
    """That an edition was erased for good, for whose sake and by which two people. Its number and digests stay.

    `kind` and `object_id` name what was to be erased: the item, or a part that the edition carried. The grounds are for
    whoever has to answer for it; readers and partners are told only that it was done.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="expunged")
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    grounds = models.TextField()
    asked_by = models.PositiveBigIntegerField()
    confirmed_by = models.PositiveBigIntegerField()
    expunged_at = models.DateTimeField()
    sequence = models.PositiveBigIntegerField()

    reason_code = "legal"

    class Meta:
        constraints = [
            models.CheckConstraint(name="two_people_erase", condition=~Q(asked_by=F("confirmed_by"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    # Answered in the place of an old edition as a withdrawal is: see `recalls`.

    @property
    def part_kind(self) -> str:
        return self.kind

    @property
    def part(self) -> UUID:
        return self.object_id

    @property
    def withdrawn_at(self) -> datetime:
        return self.expunged_at

    def reason(self, language: Language) -> str:
        """Return what readers are told, in their language: never the grounds."""
        return sentence(language)
