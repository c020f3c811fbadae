"""Quotes and sources as live texts carry them.

They have no editions of their own: readers meet them only inside what carries them. Each function says how many queries
it makes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from articles.canonical.languages import Language
from articles.editions import linked, noting
from articles.editions.parts import SharedPart, Source
from articles.editions.queries import Shelved
from articles.editions.shelf import Edition, Mention, Standing, WithdrawnPart

# Of the texts that carry a part the newest are told. Whoever must know all of them follows the journal.
CARRIERS = 100


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
    if beside is None:
        return linked.carried_parts(kind, language, limit=limit, after=after)
    rows = _mentions(kind, language).exclude(part__in=WithdrawnPart.objects.values("part"))
    if after:
        rows = rows.filter(part__gt=after)
    rows = rows.filter(edition__in=Mention.objects.filter(part_kind=beside[0], part=beside[1]).values("edition"))
    return list(rows.order_by("part").values_list("part", flat=True).distinct()[:limit])


def carried(kind: str, ids: Collection[UUID], language: Language, *, most: int = CARRIERS) -> dict[UUID, Carried]:
    """Return each part that live texts of a language carry, in the order of `ids`; three queries whatever the length.

    What was withdrawn meanwhile is left out. Of the texts that carry it the newest `most` are told.
    """
    found = linked.newest_carriers(kind, list(ids), language, limit=most)
    rows = Standing.objects.select_related("edition").defer("edition__document_json", "edition__envelope_json")
    standings = {
        key: Shelved(row, None) for key, row in rows.in_bulk({key for keys in found.values() for key in keys}).items()
    }
    carriers = {part: [standings[key] for key in keys if key in standings] for part, keys in found.items()}
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
    with noting.reads(noting.WITHDRAWN_PARTS, f"{kind}:{part}"):
        return WithdrawnPart.objects.filter(part_kind=kind, part=part).first()


def _variants(edition: Edition, kind: str) -> dict[str, SharedPart]:
    return {part.id: part for part in edition.document.shared_parts() if part.part_kind == kind}


def _live(language: Language) -> QuerySet[Standing]:
    return Standing.objects.filter(language=language, state=Standing.State.LIVE)


def _mentions(kind: str, language: Language) -> QuerySet[Mention]:
    return Mention.objects.filter(part_kind=kind, edition__in=_live(language).values("edition"))
