"""How far in the journal each partner has come: what it has fetched, and what it says it has carried out."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from django.db import models
from django.db.models import Max, Q

from articles.editions import queries
from articles.editions.shelf import Change
from articles.editions.urgency import urgent
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


class BeyondHeadError(ValueError):
    """Raised when a partner says that it has come to a line that the journal does not have; `head` is the newest."""

    def __init__(self, sequence: int, head: int) -> None:
        super().__init__(f"{sequence} > {head}")
        self.sequence = sequence
        self.head = head


@dataclass(frozen=True)
class Reached:
    """The newest lines up to which a partner has fetched and carried out everything; 0 before the first."""

    fetched: int
    acknowledged: int


def note_fetched(partner: Partner, sequence: int, *, at: datetime) -> None:
    """Remember that a partner holds everything up to a line of the journal; one query where that is known already.

    Raises BeyondHeadError for a line that is not there yet.
    """
    _come_to(partner, Place.Step.FETCHED, sequence, at)


def acknowledge(partner: Partner, sequence: int, *, at: datetime) -> None:
    """Remember that a partner has carried out everything up to a line; to say less than before changes nothing.

    Raises BeyondHeadError for a line that is not there yet.
    """
    _come_to(partner, Place.Step.ACKNOWLEDGED, sequence, at)


def reached(partner: Partner) -> Reached:
    """Return how far a partner has come; one query. Who has carried a line out has fetched it too."""
    acknowledged = Max("sequence", filter=Q(step=Place.Step.ACKNOWLEDGED))
    found = partner.places.aggregate(any=Max("sequence"), acknowledged=acknowledged)
    return Reached(found["any"] or 0, found["acknowledged"] or 0)


def unacknowledged(partner: Partner, *, limit: int) -> list[Change]:
    """Return the urgent lines that a partner has not yet said it carried out, oldest first; two queries.

    What was recorded before it became a partner is no concern of it: its first copy is of later.
    """
    behind = Change.objects.filter(
        urgent(), sequence__gt=reached(partner).acknowledged, recorded_at__gte=partner.created_at
    )
    return list(behind.order_by("sequence")[:limit])


def _come_to(partner: Partner, step: Place.Step, sequence: int, at: datetime) -> None:
    if sequence < 1 or _is_known(partner, step, sequence):
        return
    # The head only grows, so what lies below it now does so for good.
    head = queries.head().sequence
    if sequence > head:
        raise BeyondHeadError(sequence, head)
    # Two requests at once may both come this far. One row too many says nothing wrong: whoever asks for the moment of a
    # line takes the first row at or beyond it, and whoever asks for the place the furthest.
    Place.objects.bulk_create([Place(partner=partner, step=step, sequence=sequence, at=at)], ignore_conflicts=True)


def _is_known(partner: Partner, step: Place.Step, sequence: int) -> bool:
    return Place.objects.filter(partner=partner, step=step, sequence__gte=sequence).exists()
