"""The shelf as it stood at one line of the journal, read in pages by key.

What was live then follows from standings and journal at any later moment, so nothing is held between two pages: no
transaction, no list of ids. A page shows its texts as they are when it is read; who applies the journal behind that
line afterwards ends with the shelf as it is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.canonical.languages import Language, other_language
from articles.editions.queries import Head, Shelved, head
from articles.editions.shelf import Change, JournalHead, Standing

_LIVE_AFTER = ("published", "amended", "restored")
_MOVING = (*_LIVE_AFTER, "withdrawn")

Key = tuple[UUID, str]


class Stand(NamedTuple):
    """Which text, as which edition, and which line of the journal touched it last."""

    item: UUID
    language: str
    edition: int
    sequence: int

    @property
    def key(self) -> Key:
        return self.item, self.language


@dataclass(frozen=True)
class Extent:
    """Which kinds and languages of the shelf are meant; None where all are."""

    kinds: Collection[str] | None = None
    languages: Collection[Language] | None = None


@dataclass(frozen=True)
class Start:
    """Where the journal stood, and how many texts were live then."""

    head: Head
    count: int


def start(extent: Extent) -> Start:
    """Return the newest line and how many texts are live at it; one query, so that both are of one moment."""
    live = _within(extent).filter(state=Standing.State.LIVE).order_by().values("state")
    counted = Subquery(live.annotate(texts=Count("id")).values("texts"), output_field=IntegerField())
    row = JournalHead.objects.filter(id=1).annotate(texts=Coalesce(counted, 0)).first()
    return Start(Head(row.sequence, row.hash), row.texts) if row else Start(head(), 0)


def page(extent: Extent, sequence: int, *, after: Key | None, limit: int) -> list[Shelved]:
    """Return texts that were live at a line of the journal, in order of item and language, from behind `after`.

    Each is as it stands now: what was withdrawn since is withdrawn. Two queries whatever the length, one where there is
    nothing.
    """
    found = list(_live_at(extent, sequence, after).select_related("edition")[:limit])
    if not found:
        return []
    both = Standing.objects.filter(item__in=[row.item for row in found])
    standings = {(row.item, row.language): row for row in both}
    return [Shelved(row, standings.get((row.item, other_language(row.language)))) for row in found]  # type: ignore[arg-type]


def stands(extent: Extent, sequence: int, *, after: Key | None, limit: int) -> list[Stand]:
    """Return how these texts stand, without their words; one query."""
    rows = _live_at(extent, sequence, after).values_list("item", "language", "edition_id", "sequence")
    return [Stand(*row) for row in rows[:limit]]


def stand(shelved: Shelved) -> Stand:
    """Return how a text of a page stands; the next page goes on behind its key."""
    row = shelved.standing
    return Stand(row.item, row.language, row.edition_id, row.sequence)


def _live_at(extent: Extent, sequence: int, after: Key | None) -> "QuerySet[Standing]":
    rows = _within(extent).alias(event=Subquery(_last_move(sequence)))
    # A standing that has not moved since stands as it did; of the others the journal tells how they stood.
    unmoved = Q(sequence__lte=sequence, state=Standing.State.LIVE)
    rows = rows.filter(unmoved | Q(sequence__gt=sequence, event__in=_LIVE_AFTER))
    if after:
        # The first condition says nothing new, and lets the database begin at the place in its index.
        rows = rows.filter(Q(item__gte=after[0]), Q(item__gt=after[0]) | Q(language__gt=after[1]))
    return rows.order_by("item", "language")


def _within(extent: Extent) -> "QuerySet[Standing]":
    # A condition that everything fulfils would lead the database to another index, in which every page must be sorted.
    rows = Standing.objects.all()
    if extent.kinds is not None:
        rows = rows.filter(kind__in=list(extent.kinds))
    return rows if extent.languages is None else rows.filter(language__in=list(extent.languages))


def _last_move(sequence: int) -> "QuerySet[Change, str]":
    lines = Change.objects.filter(
        item=OuterRef("item"), language=OuterRef("language"), sequence__lte=sequence, event__in=_MOVING
    )
    return lines.order_by("-sequence").values_list("event", flat=True)[:1]
