"""Which live texts drift: what the desk holds otherwise than their readers see it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from articles.canonical.languages import Language
from articles.editions.shelf import Edition, Mention, Standing
from articles.editions.store import Part
from articles.publishing.digests import ids_behind
from articles.publishing.drift import frozen_parts, moved, working_parts
from articles.publishing.gists import DriftingPart
from articles.publishing.parts import SHARED


@dataclass(frozen=True)
class Compared:
    """A live text beside the desk: the parts that differ, and the ids of every row that was looked at."""

    standing: Standing
    differing: frozenset[Part]
    read: frozenset[UUID]


def compared(live: Collection[Standing]) -> Iterator[Compared]:
    """Compare each of these live standings with the desk; the same few queries for any number."""
    carried = _carried([standing.edition_id for standing in live])
    working = working_parts({part for parts in carried.values() for part in parts})
    behind = {part: ids_behind(obj) for part, obj in working.items()}
    editions = Edition.objects.in_bulk(list(carried))
    for standing in live:
        parts = carried.get(standing.edition_id, [])
        if not parts:
            yield Compared(standing, frozenset(), frozenset())
            continue
        language: Language = standing.language  # type: ignore[assignment]
        differing = frozenset(moved(frozen_parts(editions[standing.edition_id].document), working, language))
        # A part that is gone from the desk may come back.
        read = {UUID(part.id) for part in parts}.union(*(behind.get(part, set()) for part in parts))
        yield Compared(standing, differing, frozenset(read))


def drifting_parts(live: Collection[Standing]) -> dict[Part, list[Standing]]:
    """Return every part that differs from the desk in any of these live standings, with those it differs in."""
    found: dict[Part, list[Standing]] = {}
    for one in compared(live):
        for part in sorted(one.differing, key=lambda part: (part.kind, part.id)):
            found.setdefault(part, []).append(one.standing)
    return found


def most_drifting(most: int) -> Mapping[Part, int]:
    """Return the parts that differ in most live texts, with in how many; as far as gists are made, one query."""
    rows = DriftingPart.objects.values("part_kind", "part").annotate(texts=Count("id"))
    ordered = rows.order_by("-texts", "part_kind", "part")[:most]
    return {Part(row["part_kind"], str(row["part"])): row["texts"] for row in ordered}


def drifting_texts(parts: Collection[Part], most: int) -> dict[Part, list[tuple[UUID, str]]]:
    """Return (item, language) of the first live texts in which each of these parts differs; one query."""
    numbered = DriftingPart.objects.filter(part__in=[UUID(part.id) for part in parts]).annotate(
        place=Window(RowNumber(), partition_by=[F("part_kind"), F("part")], order_by=[F("item"), F("language")])
    )
    found: dict[Part, list[tuple[UUID, str]]] = {}
    for row in numbered.filter(place__lte=most):
        found.setdefault(Part(row.part_kind, str(row.part)), []).append((row.item, row.language))
    return found


def _carried(editions: Collection[int]) -> dict[int, list[Part]]:
    carried: dict[int, list[Part]] = {}
    mentions = Mention.objects.filter(edition__in=editions, part_kind__in=list(SHARED)).order_by("part_kind", "part")
    for edition, kind, part in mentions.values_list("edition_id", "part_kind", "part"):
        carried.setdefault(edition, []).append(Part(kind, str(part)))
    return carried
