"""What many items would be if they were published now, in short, for lists: constant queries, little work.

Composing is the dear part, so what a list needs is remembered under a fingerprint of every row that composing reads. A
row that any writer changed gives another fingerprint; version numbers would miss what was loaded past the forms. The
memory is this process's own, so it never outlives the code that composed.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.content.blocks import BLOCKS, Block
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.part_completeness import sources_of
from articles.content.sources import Source
from articles.content.texts import Text
from articles.publishing.compose import document_of
from articles.publishing.desks import foreign_desk
from articles.publishing.outline import Outline, outline
from articles.publishing.substance import Substance, substance

Digests = Mapping[tuple[UUID, Language], str]

_CITED = re.compile(r'data-source="([0-9a-f-]{36})"')
_REMEMBERED_AT_MOST = 10_000
_remembered: dict[tuple[str, Language], "_InShort"] = {}


@dataclass(frozen=True)
class _InShort:
    substance: Substance
    outline: Outline


def content_digests(items: Collection[DeskObject]) -> Digests:
    """Return the content digest that each item would have in each language; the same few queries for any number."""
    return {place: known.substance.content_digest for place, known in _in_short(items).items()}


def substances(items: Collection[DeskObject]) -> Mapping[tuple[UUID, Language], Substance]:
    """Return what a signature on each item in each language would cover; the same few queries for any number."""
    return {place: known.substance for place, known in _in_short(items).items()}


def outlines(items: Collection[DeskObject]) -> Mapping[tuple[UUID, Language], Outline]:
    """Return the parts that each item would have in each language; the same few queries for any number."""
    return {place: known.outline for place, known in _in_short(items).items()}


def _in_short(items: Collection[DeskObject]) -> Mapping[tuple[UUID, Language], _InShort]:
    models.prefetch_related_objects([item for item in items if isinstance(item, Text)], "topics", "conditions")
    models.prefetch_related_objects([item for item in items if isinstance(item, Expert)], "organisation")
    foreign = {item.pk: desk for item in items if (desk := foreign_desk(item))}
    for desk in set(foreign.values()):
        models.prefetch_related_objects([item for item in items if foreign.get(item.pk) is desk], *desk.reads)
    placed = _placed(items)
    sources = _sources(block for rows in placed.values() for block in rows)
    found: dict[tuple[UUID, Language], _InShort] = {}
    for item in items:
        rows = placed[item.pk]
        fingerprint = _fingerprint(item, rows, sources)
        for language in LANGUAGES:
            key = (fingerprint, language)
            if key not in _remembered:
                document = (
                    foreign[item.pk].document(item, language)  # type: ignore[misc]
                    if item.pk in foreign
                    else document_of(item, rows, language, sources=lambda ids: sources)
                )
                _remember(key, _InShort(substance(document), outline(document)))
            found[item.pk, language] = _remembered[key]
    return found


def _remember(key: tuple[str, Language], value: _InShort) -> None:
    if len(_remembered) >= _REMEMBERED_AT_MOST:
        _remembered.clear()
    _remembered[key] = value


def _placed(texts: Collection[DeskObject]) -> dict[UUID, list[Block]]:
    placed: dict[UUID, list[Block]] = {text.pk: [] for text in texts}
    keys = [text.pk for text in texts if isinstance(text, Text)]
    for model in BLOCKS if keys else ():
        for block in model.get_queryset().filter(parent__in=keys):
            placed[block.parent_id].append(block)
    for rows in placed.values():
        rows.sort(key=lambda block: (block.ordering, str(block.id)))
    return placed


def _sources(blocks: Iterable[Block]) -> dict[str, Source]:
    ids = {UUID(id) for block in blocks for id in _cited(block)}
    return {str(source.pk): source for source in Source.objects.filter(pk__in=ids)} if ids else {}


def _fingerprint(item: DeskObject, placed: Sequence[Block], sources: Mapping[str, Source]) -> str:
    rows: list[object] = [type(item).__name__, rows_behind(item)]
    cited: set[str] = set()
    for block in placed:
        rows.append((block.kind, rows_behind(block)))
        cited.update(_cited(block))
    rows += [raw_row(sources[id]) for id in sorted(cited) if id in sources]
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _cited(block: Block) -> list[str]:
    if block.shared:
        return [str(source.pk) for source, _ in sources_of(getattr(block, block.shared))]
    texts = (block.__dict__.get(f"{column}_{language}") for column in block.rich for language in LANGUAGES)
    return [id for text in texts for id in _CITED.findall(text or "")]


def rows_behind(obj: models.Model | None, holder: models.Model | None = None) -> list[object]:
    """Return the raw columns of a row and of every row that freezing it reads: what was loaded with it.

    `holder` is what the row was loaded with; a key that leads back there adds nothing.
    """
    if obj is None or obj is holder:
        return []
    rows: list[object] = [raw_row(obj)]
    for field in obj._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(obj) and field.name != "parent":
            rows.append(rows_behind(getattr(obj, field.name), holder))
    for name in sorted(getattr(obj, "_prefetched_objects_cache", {})):
        rows.append((name, [rows_behind(row, obj) for row in obj._prefetched_objects_cache[name]]))  # type: ignore[attr-defined]
    return rows


def raw_row(obj: models.Model | None) -> list[object]:
    """Return the raw columns, past the descriptors that would answer in the interface language."""
    return [obj.__dict__.get(field.attname) for field in obj._meta.concrete_fields] if obj else []
