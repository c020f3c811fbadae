"""Quotes and sources as live texts carry them.

They have no editions of their own: readers meet them only inside what carries them. Each function says how many queries
it makes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from articles.canonical.languages import Language
from articles.editions import noting
from articles.editions.parts import SharedPart, Source
from articles.editions.queries import Shelved
from articles.editions.shelf import Edition, Mention, Standing, WithdrawnPart


@dataclass(frozen=True)
class Carried:
    """A part as the newest live edition has it, with that edition's sources by id; `carriers` are newest first.

    Of the first of them the edition is there whole, of the others its words were left on the shelf.
    """

    part: SharedPart
    sources: Mapping[str, Source]
    carriers: Sequence[Shelved]


def carried_ids(
    kind: str, language: Language, *, limit: int, after: UUID | None = None, beside: tuple[str, UUID] | None = None
) -> list[UUID]:
    """Return ids of parts that live texts of a language carry, in order of id, from behind `after`; one query.

    Withdrawn ones are left out. With `beside`, kind and id of another part, only such texts are looked at as carry that
    one too. Ask for one more than is shown to learn whether there is a next page.
    """
    rows = _mentions(kind, language).exclude(part__in=WithdrawnPart.objects.values("part"))
    if after:
        rows = rows.filter(part__gt=after)
    if beside:
        rows = rows.filter(edition__in=Mention.objects.filter(part_kind=beside[0], part=beside[1]).values("edition"))
    return list(rows.order_by("part").values_list("part", flat=True).distinct()[:limit])


def carried(kind: str, ids: Iterable[UUID], language: Language) -> dict[UUID, Carried]:
    """Return each part that live texts of a language carry, in the order of `ids`; three queries whatever the length.

    What was withdrawn meanwhile is left out.
    """
    mentions = _mentions(kind, language).filter(part__in=list(ids))
    found: defaultdict[UUID, list[int]] = defaultdict(list)
    for part, edition in mentions.values_list("part", "edition"):
        found[part].append(edition)
    rows = _live(language).filter(edition__in=mentions.values("edition")).select_related("edition")
    rows = rows.defer("edition__document_json", "edition__envelope_json")
    standings = {row.edition_id: Shelved(row, None) for row in rows}
    # Keys are given behind the journal's lock, so the largest one is the newest edition.
    carriers = {
        part: [standings[key] for key in sorted(keys, reverse=True) if key in standings] for part, keys in found.items()
    }
    newest = {shelves[0].standing.edition_id for shelves in carriers.values() if shelves}
    editions = Edition.objects.in_bulk(newest)
    variants = {key: _variants(edition, kind) for key, edition in editions.items()}
    result: dict[UUID, Carried] = {}
    for part in ids:
        shelves = carriers.get(part)
        key = shelves[0].standing.edition_id if shelves else None
        variant = variants[key].get(str(part)) if key in variants else None
        if shelves and variant and not getattr(variant, "withdrawn", None):
            shelves[0].standing.edition = editions[key]
            sources = {source.id: source for source in editions[key].document.sources}
            result[part] = Carried(variant, sources, shelves)
    return result


def languages(kind: str, part: UUID) -> list[Language]:
    """Return the languages in which a live text carries the part; one query."""
    rows = Standing.objects.filter(
        state=Standing.State.LIVE, edition__in=Mention.objects.filter(part_kind=kind, part=part).values("edition")
    )
    return sorted(set(rows.values_list("language", flat=True)), reverse=True)  # type: ignore[arg-type]


def withdrawal(kind: str, part: UUID) -> WithdrawnPart | None:
    """Return why the part was withdrawn, None if it was not; one query."""
    with noting.reads(noting.WITHDRAWN_PARTS):
        return WithdrawnPart.objects.filter(part_kind=kind, part=part).first()


def _variants(edition: Edition, kind: str) -> dict[str, SharedPart]:
    return {part.id: part for part in edition.document.shared_parts() if part.part_kind == kind}


def _live(language: Language) -> QuerySet[Standing]:
    return Standing.objects.filter(language=language, state=Standing.State.LIVE)


def _mentions(kind: str, language: Language) -> QuerySet[Mention]:
    return Mention.objects.filter(part_kind=kind, edition__in=_live(language).values("edition"))
