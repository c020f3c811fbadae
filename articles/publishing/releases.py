"""Releases: texts that go out together at a moment, each kept as it was approved, and who arranged what of them.

Like dues, releases and their entries are written, changed and locked behind the journal's lock alone.
"""

from typing import ClassVar, Literal
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from articles.content.fields import LineField
from articles.editions.immutability import ImmutableModel

LONGEST_NAME = 120


class Release(models.Model):
    """What goes out in one transaction at `goes_out_at`, or not at all.

    `arranged_by` answers for it: who made it, or set its moment last. `refusals` say what kept it from going out, each
    with its text and a sentence in both languages; the release waits then until somebody sets another moment.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("release", "planned")
        OUT = "out", pgettext_lazy("release", "gone out")
        REFUSED = "refused", pgettext_lazy("release", "did not go out")
        CANCELLED = "cancelled", pgettext_lazy("release", "cancelled")

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = LineField(max_length=LONGEST_NAME)
    goes_out_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    went_out_at = models.DateTimeField(null=True)
    refusals = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(name="releases_by_moment", fields=["state", "goes_out_at"])]
        constraints = [
            models.CheckConstraint(
                name="what_has_gone_out_says_when",
                condition=Q(state="out", went_out_at__isnull=False) | (~Q(state="out") & Q(went_out_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether its texts and its moment may still be changed."""
        return self.state in (self.State.PLANNED, self.State.REFUSED)


class ReleaseEntry(models.Model):
    """One language of an item within a release: the very document that was approved, and on what terms it goes out.

    `document_json` are its canonical bytes, whose digest is `content_digest`; `terms_json` those of `frozen.Kept`.
    `stood` is where the text stood on the shelf when it was kept, and `editions` the last edition of all by then: what
    has moved since is known by both.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    release = models.ForeignKey(Release, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=20)
    item = models.UUIDField()
    language = models.CharField(max_length=2)
    title = models.TextField(blank=True)
    document_json = models.TextField()
    content_digest = models.CharField(max_length=64)
    terms_json = models.TextField()
    stood = models.JSONField(default=list)
    editions = models.PositiveBigIntegerField(default=0)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "-language"]
        constraints = [
            models.UniqueConstraint(name="a_release_holds_a_text_once", fields=["release", "item", "language"])
        ]
        indexes = [models.Index(name="entries_by_text", fields=["item", "language"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language} {self.content_digest[:12]}"


class ReleaseStep(ImmutableModel):
    """What was arranged about a release, by whom and when; without a person where its moment came.

    `said` names texts by their ids, and moments: names may have to be erased, and a step is written for good.
    """

    class Act(models.TextChoices):
        MADE = "made", pgettext_lazy("release", "made")
        ADDED = "added", pgettext_lazy("release", "texts added")
        REMOVED = "removed", pgettext_lazy("release", "a text taken out")
        MOVED = "moved", pgettext_lazy("release", "another moment set")
        CANCELLED = "cancelled", pgettext_lazy("release", "cancelled")
        OUT = "out", pgettext_lazy("release", "gone out")
        REFUSED = "refused", pgettext_lazy("release", "did not go out")

    release = models.ForeignKey(Release, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=Act)
    said = models.JSONField(default=dict)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.release_id} {self.act}"


def waiting_for(item: UUID | str) -> models.QuerySet[ReleaseEntry]:
    """Return the entries of an item in releases that have not gone out and are not cancelled."""
    open_states = (Release.State.PLANNED, Release.State.REFUSED)
    return ReleaseEntry.objects.filter(item=item, release__state__in=open_states).select_related("release")
