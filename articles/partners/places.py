"""How far in the journal each partner has come: what it has fetched, and what it says it has carried out."""

from typing import ClassVar, Literal

from django.db import models

from articles.partners.partner import Partner


class Place(models.Model):
    """From `at` on the partner stood at `sequence`: everything up to there is fetched, or carried out.

    A row for every step forward, so that it can be told later when a partner passed which line.
    """

    class Step(models.TextChoices):
        FETCHED = "fetched"
        ACKNOWLEDGED = "acknowledged"

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="places")
    step = models.CharField(max_length=20, choices=Step)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_partner_comes_to_a_line_once", fields=["partner", "step", "sequence"])
        ]

    def __str__(self) -> str:
        return f"{self.partner} {self.step} {self.sequence}"


class Reminder(models.Model):
    """Somebody reminded a partner of a line; `by` is empty where the site did it by itself."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="reminders")
    sequence = models.PositiveBigIntegerField()
    sent_at = models.DateTimeField()
    by = models.ForeignKey("auth.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(name="reminders_of_a_line", fields=["sequence", "partner"])]

    def __str__(self) -> str:
        return f"{self.partner} {self.sequence}"
