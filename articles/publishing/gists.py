"""What lists need to know of an item, kept so that no list composes: the tables, and what may be read from them.

A gist follows from rows of the desk and of the shelf, so it can be dropped and made anew at any time. Triggers write
down every row that anybody changes (`touching`), `Reading` says which items read that row, and `gist_following` makes
their gists anew. Until it has, those gists are known to be old, and nobody is told what they say.
"""

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import ClassVar, Literal
from uuid import UUID

from django.db import models
from django.db.models import Exists, Q

from articles.canonical.languages import LANGUAGES, Language

_CHOICES = [(language, language) for language in LANGUAGES]
# Rooms whose code says what a gist is. Any change in them makes every gist anew: too often rather than too seldom.
_ROOMS = ("canonical", "content", "editions", "editorial", "publishing")


class Gist(models.Model):
    """An item in one language. `frame` and `parts` are what signatures cover (see `substance`), `outline_json` are its
    parts in order, `words` how many it has with all that it shows.

    `state` is that towards readers, `stage` that on the way to them, with the moment of the last step (`stage_since`);
    `missing`, `behind` and `ahead` count parts of a translation that are not in step; `drifts` says that parts of the
    live text are otherwise at the desk. Nothing of an old gist (`is_old`) is true.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=_CHOICES)
    is_old = models.BooleanField(default=True)
    content_digest = models.CharField(max_length=64, blank=True)
    frame = models.CharField(max_length=64, blank=True)
    parts = models.JSONField(default=dict)
    outline_json = models.TextField(blank=True)
    state = models.CharField(max_length=10, blank=True)
    stage = models.CharField(max_length=10, blank=True)
    stage_since = models.DateTimeField(null=True)
    words = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    behind = models.PositiveIntegerField(default=0)
    ahead = models.PositiveIntegerField(default=0)
    drifts = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="an_item_has_one_gist_per_language", fields=["item", "language"])]
        indexes = [
            models.Index(name="gists_by_state", fields=["language", "state"]),
            models.Index(name="gists_by_stage", fields=["stage", "stage_since"]),
            models.Index(name="gists_that_are_old", fields=["item"], condition=Q(is_old=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language}"


class Reading(models.Model):
    """A row that was read for an item's gist, or that was looked for and not found."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField()
    row = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_row_is_read_once_for_an_item", fields=["row", "item"])]
        indexes = [models.Index(name="readings_of_an_item", fields=["item"])]

    def __str__(self) -> str:
        return f"{self.item} {self.row}"


class DriftingPart(models.Model):
    """A shared part that an item's live text shows otherwise than the desk holds it."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField()
    language = models.CharField(max_length=2, choices=_CHOICES)
    part_kind = models.CharField(max_length=20)
    part = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(name="drift_by_part", fields=["part_kind", "part"]),
            models.Index(name="drift_by_item", fields=["item"]),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.language} {self.part_kind} {self.part}"


class Touched(models.Model):
    """A row that somebody wrote since gists were last made; triggers write it, in the writer's own transaction.

    One row for every time, and never one for several: whoever makes gists removes those that it has seen, and a writer
    that relied on a row that is just being removed would not be noticed.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    row = models.UUIDField()

    class Meta:
        indexes = [models.Index(name="touched_rows", fields=["row"])]

    def __str__(self) -> str:
        return str(self.row)


class GistState(models.Model):
    """By which code the gists were made. One row: locking it orders all who write gists."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    recipe = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_state_of_gists", condition=Q(id=1))]

    def __str__(self) -> str:
        return self.recipe


def true_gists(items: Collection[UUID]) -> dict[tuple[UUID, Language], Gist]:
    """Return the gists of these items that say what is so now, and none that may be old; two queries."""
    if not items:
        return {}
    old = _touched_since(items)
    keys = [item for item in items if item not in old]
    found = Gist.objects.filter(Exists(_OF_THIS_CODE), item__in=keys, is_old=False) if keys else ()
    return {(gist.item, gist.language): gist for gist in found}  # type: ignore[misc]


def are_behind() -> bool:
    """Return whether some gist may be old, so that what is asked of all of them is not known; one query."""
    return not _OF_THIS_CODE.filter(~Exists(Touched.objects.all()), ~Exists(Gist.objects.filter(is_old=True))).exists()


def _touched_since(items: Collection[UUID]) -> set[UUID]:
    """Which of these items somebody has written, or what they read, since their gists were made."""
    read = Reading.objects.filter(item__in=list(items), row__in=Touched.objects.values("row"))
    own = Touched.objects.filter(row__in=list(items))
    return set(read.values_list("item", flat=True).union(own.values_list("row", flat=True)))


def how_many_behind() -> int:
    """Return how many items wait for their gist, those excepted that nobody has traced yet; one query."""
    return Gist.objects.filter(is_old=True).values("item").distinct().count()


def _recipe() -> str:
    made = sha256()
    rooms = Path(__file__).resolve().parents[1]
    for module in sorted(path for room in _ROOMS for path in (rooms / room).glob("*.py")):
        made.update(module.read_bytes())
    triage = rooms.parent / "triage"
    for module in sorted(path for room in ("engine", "protocols") for path in (triage / room).glob("*.py")):
        made.update(module.read_bytes())
    return made.hexdigest()[:20]


RECIPE = _recipe()
_OF_THIS_CODE = GistState.objects.filter(id=1, recipe=RECIPE)
