"""The shelf's tables. Editions, mentions and journal lines are written once; standings say what is live now.

No foreign key leads to a working table: what the shelf holds must outlive any change at the desk.
"""

from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar, Literal

import msgspec
from django.db import models
from django.db.models import Q

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.document import Document, stored_digests
from articles.editions.envelope import Envelope, read_envelope
from articles.editions.immutability import ImmutableModel
from articles.editions.kinds import kind as kind_named
from articles.editions.parts import CareService, read_service
from articles.editions.upgrades import read

_CHOICES = [(language, language) for language in LANGUAGES]


class ErasedError(LookupError):
    """Raised when somebody asks for the words of an edition that was erased for good."""


class Edition(ImmutableModel):
    """One item in one language as readers saw it: canonical JSON of its document and envelope, byte for byte."""

    item = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=_CHOICES)
    number = models.PositiveIntegerField()
    document_json = models.TextField()
    envelope_json = models.TextField()
    content_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="editions_are_numbered_per_item_and_language", fields=["item", "language", "number"]
            ),
            models.CheckConstraint(name="the_first_edition_is_number_one", condition=Q(number__gte=1)),
        ]
        indexes = [models.Index(name="edition_by_content", fields=["content_digest"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language} {self.number}"

    @property
    def is_erased(self) -> bool:
        """Whether the words were erased for good; see `erasing`. Keys are sorted, so it is the first thing written."""
        return self.document_json.startswith('{"erased":true')

    # An edition never changes, so it is decoded once.
    @cached_property
    def document(self) -> Document:
        """Return what readers saw; raise ErasedError if it was erased for good."""
        if self.is_erased:
            raise ErasedError(str(self))
        return read(self.document_json, kind_named(self.kind).document)

    @cached_property
    def envelope(self) -> Envelope:
        return read_envelope(self.envelope_json)

    @cached_property
    def block_digests(self) -> Mapping[str, str]:
        """Return block id to digest where they can be told from the stored bytes alone; else nothing."""
        return stored_digests(self.document, self.document_json)

    def parts(self) -> dict[str, str]:
        """Return part id to digest; digests outlive the words."""
        return msgspec.json.decode(self.document_json)["parts"] if self.is_erased else self.document.parts()


class Mention(ImmutableModel):
    """A part (quote, source, expert, organisation) or linked item that an edition carries."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="mentions")
    part_kind = models.CharField(max_length=20)
    part = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_edition_mentions_a_part_once", fields=["edition", "part_kind", "part"])
        ]
        # Whatever carries a part is read newest first, and the parts of a kind in their order, each without a sort.
        indexes = [models.Index(name="mention_by_part", fields=["part_kind", "part", "edition"])]

    def __str__(self) -> str:
        return f"{self.part_kind} {self.part}"


class Change(ImmutableModel):
    """A line of the journal: what was published or withdrawn, numbered without gaps in commit order and chained."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    event = models.CharField(max_length=20)
    item = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=_CHOICES)
    edition = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    change_class = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    api_url = models.CharField(max_length=500, blank=True)
    tags_json = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="the_journal_starts_at_one", condition=Q(sequence__gte=1))]
        indexes = [
            models.Index(name="journal_by_item", fields=["item", "language", "sequence"]),
            # The public log of corrections asks for one class at a time.
            models.Index(name="journal_by_class", fields=["language", "change_class", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.event}"


class WithdrawnPart(ImmutableModel):
    """A quote or source that was withdrawn. It outlives the notices in live texts, so no old edition gives it out."""

    part_kind = models.CharField(max_length=20)
    part = models.UUIDField(unique=True)
    reason_code = models.CharField(max_length=20)
    reason_ru = models.TextField()
    reason_en = models.TextField()
    withdrawn_at = models.DateTimeField()
    sequence = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.part_kind} {self.part}"

    def reason(self, language: Language) -> str:
        """Return why, in the reader's language."""
        return self.reason_ru if language == "ru" else self.reason_en


class JournalHead(models.Model):
    """The newest line's number and hash. One row: locking it orders all writers."""

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_journal", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.sequence)


class Standing(models.Model):
    """Where an item stands in one language now: live or withdrawn, with which edition, how its translation stands.

    `check_json` says that we are checking the text; new editions leave it there until somebody ends the check.
    `overdue_since` is the moment from which the promised review is lacking; see `overdue`. `gap_since` is the moment
    from which this language lacks a change for safety that the other one has; see `translations`.
    """

    class State(models.TextChoices):
        LIVE = "live"
        WITHDRAWN = "withdrawn"

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    item = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2, choices=_CHOICES)
    state = models.CharField(max_length=10, choices=State)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    slug = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    content_changed_at = models.DateTimeField()
    translation_json = models.TextField()
    tombstone_json = models.TextField(blank=True)
    check_json = models.TextField(blank=True)
    overdue_since = models.DateTimeField(null=True)
    gap_since = models.DateTimeField(null=True)
    sequence = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_item_stands_once_per_language", fields=["item", "language"]),
            models.CheckConstraint(
                name="a_withdrawal_has_its_tombstone",
                condition=Q(state="live", tombstone_json="") | (Q(state="withdrawn") & ~Q(tombstone_json="")),
            ),
            models.CheckConstraint(name="only_a_live_text_is_checked", condition=Q(state="live") | Q(check_json="")),
            models.CheckConstraint(
                name="only_a_live_text_is_overdue", condition=Q(state="live") | Q(overdue_since__isnull=True)
            ),
            models.CheckConstraint(
                name="only_a_live_text_has_a_gap", condition=Q(state="live") | Q(gap_since__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                name="standing_in_list_order", fields=["kind", "language", "state", "content_changed_at", "item"]
            ),
            models.Index(name="open_safety_gaps", fields=["gap_since"], condition=Q(gap_since__isnull=False)),
            models.Index(name="reviews_overdue", fields=["overdue_since"], condition=Q(overdue_since__isnull=False)),
            models.Index(name="texts_under_check", fields=["language", "title"], condition=~Q(check_json="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item} {self.language}: {self.state}"

    @property
    def is_live(self) -> bool:
        return self.state == self.State.LIVE

    @property
    def page_path(self) -> str:
        return kind_named(self.kind).page_path(language=self.language, slug=self.slug)

    @property
    def translation(self) -> dict[str, Any]:
        return msgspec.json.decode(self.translation_json)

    @property
    def tombstone(self) -> dict[str, Any] | None:
        return msgspec.json.decode(self.tombstone_json) if self.tombstone_json else None

    @property
    def under_check(self) -> dict[str, str] | None:
        """What readers are told while we check the text: `note` and `started_at`; None while nobody does."""
        return msgspec.json.decode(self.check_json) if self.check_json else None


class KnownService(models.Model):
    """A care service as the newest live text in a language shows it: whom pages without such a text tell to call.

    It follows from the live editions, so that a number which is changed in them changes everywhere.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    service = models.UUIDField()
    language = models.CharField(max_length=2, choices=_CHOICES)
    position = models.PositiveSmallIntegerField()
    service_json = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_service_is_known_once_per_language", fields=["service", "language"])
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.language}"

    @property
    def value(self) -> CareService:
        return read_service(self.service_json)


class Address(models.Model):
    """A slug that an item has or once had. One slug space per kind, across languages and past slugs.

    Of an item that was erased for good a digest stands in the slug's place: a name may be in it. So the address still
    says that its text is gone, and nobody else can take it.
    """

    mutability: ClassVar[Literal["mutable"]] = "mutable"

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    item = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_slug_leads_to_one_item_of_its_kind", fields=["kind", "slug"])]
        indexes = [models.Index(name=f"address_by_{name}", fields=[name]) for name in ("item", "slug")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"

    @staticmethod
    def erased(kind: str, slug: str) -> str:
        """Return what stands in the place of a slug that was erased."""
        return sha256(f"{kind}/{slug}".encode()).hexdigest()

    @classmethod
    def at(cls, kind: str, slug: str) -> "models.QuerySet[Address]":
        """Return the address with this slug, if there is or was one."""
        return cls.objects.filter(kind=kind, slug__in=[slug, cls.erased(kind, slug)])
