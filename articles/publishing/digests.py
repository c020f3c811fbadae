"""What many items would be if they were published now, in short, for lists: constant queries, no composing.

Composing is the dear part, so it is done once, when something was changed, and kept as gists. What is not known to be
so now is composed here and forgotten again.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.content.blocks import Block, blocks_of
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.part_completeness import sources_of
from articles.content.sources import Source
from articles.content.texts import Text
from articles.publishing.compose import document_of
from articles.publishing.desks import foreign_desk
from articles.publishing.gists import Gist, true_gists
from articles.publishing.outline import Outline, outline, outline_of_json
from articles.publishing.substance import Substance, part_named, substance

Place = tuple[UUID, Language]
Digests = Mapping[Place, str]

_CITED = re.compile(r'data-source="([0-9a-f-]{36})"')


@dataclass(frozen=True)
class InShort:
    """An item in one language; `read` are the ids of every row that composing it read, or looked for in vain."""

    substance: Substance
    outline: Outline
    read: frozenset[UUID]

    @property
    def content_digest(self) -> str:
        return self.substance.content_digest


def content_digests(items: Collection[DeskObject]) -> Digests:
    """Return the content digest that each item would have in each language; the same few queries for any number."""
    known = true_gists([item.pk for item in items])
    made = composed([item for item in items if (item.pk, LANGUAGES[0]) not in known])
    return {place: gist.content_digest for place, gist in known.items()} | {
        place: one.content_digest for place, one in made.items()
    }


def substances(items: Collection[DeskObject]) -> Mapping[Place, Substance]:
    """Return what a signature on each item in each language would cover; the same few queries for any number."""
    known = true_gists([item.pk for item in items])
    made = composed([item for item in items if (item.pk, LANGUAGES[0]) not in known])
    return {place: substance_of(gist) for place, gist in known.items()} | {
        place: one.substance for place, one in made.items()
    }


def substance_of(gist: Gist) -> Substance:
    """Return what a signature on the text that a gist is of would cover."""
    parts = {part_named(name): digest for name, digest in gist.parts.items()}
    return Substance(gist.content_digest, gist.frame, parts)


def outlines(items: Collection[DeskObject]) -> Mapping[Place, Outline]:
    """Return the parts that each item would have in each language; the same few queries for any number."""
    known = true_gists([item.pk for item in items])
    made = composed([item for item in items if (item.pk, LANGUAGES[0]) not in known])
    return {place: outline_of_json(gist.outline_json) for place, gist in known.items()} | {
        place: one.outline for place, one in made.items()
    }


def composed(items: Collection[DeskObject]) -> Mapping[Place, InShort]:
    """Compose each item in each language; the same queries for any number."""
    if not items:
        return {}
    models.prefetch_related_objects([item for item in items if isinstance(item, Text)], "topics", "conditions")
    models.prefetch_related_objects([item for item in items if isinstance(item, Expert)], "organisation")
    foreign = {item.pk: desk for item in items if (desk := foreign_desk(item))}
    for desk in set(foreign.values()):
        models.prefetch_related_objects([item for item in items if foreign.get(item.pk) is desk], *desk.reads)
    placed = _placed(items)
    sources = _sources(block for rows in placed.values() for block in rows)
    found: dict[Place, InShort] = {}
    for item in items:
        rows = placed[item.pk]
        read = frozenset(_read(item, rows))
        for language in LANGUAGES:
            document = (
                foreign[item.pk].document(item, language)  # type: ignore[misc]
                if item.pk in foreign
                else document_of(item, rows, language, sources=lambda ids: sources)
            )
            found[item.pk, language] = InShort(substance(document), outline(document), read)
    return found


def _placed(items: Collection[DeskObject]) -> dict[UUID, list[Block]]:
    texts = [item.pk for item in items if isinstance(item, Text)]
    return {item.pk: [] for item in items} | (blocks_of(texts) if texts else {})


def _sources(blocks: Iterable[Block]) -> dict[str, Source]:
    ids = {UUID(id) for block in blocks for id in _cited(block)}
    return {str(source.pk): source for source in Source.objects.filter(pk__in=ids)} if ids else {}


def _read(item: DeskObject, placed: Sequence[Block]) -> set[UUID]:
    # A source that is cited and not there is read too: it may come.
    cited = {UUID(id) for block in placed for id in _cited(block)}
    return cited.union(ids_behind(item), *(ids_behind(block) for block in placed))


def _cited(block: Block) -> list[str]:
    if block.shared:
        return [str(source.pk) for source, _ in sources_of(getattr(block, block.shared))]
    texts = (block.__dict__.get(f"{column}_{language}") for column in block.rich for language in LANGUAGES)
    return [id for text in texts for id in _CITED.findall(text or "")]


def ids_behind(obj: models.Model | None, holder: models.Model | None = None) -> set[UUID]:
    """Return the ids of a row and of every row that freezing it reads: what was loaded with it.

    `holder` is what the row was loaded with; a key that leads back there adds nothing.
    """
    if obj is None or obj is holder:
        return set()
    found = {obj.pk}
    for field in obj._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(obj) and field.name != "parent":
            found |= ids_behind(getattr(obj, field.name), holder)
    for rows in getattr(obj, "_prefetched_objects_cache", {}).values():
        found = found.union(*(ids_behind(row, obj) for row in rows))
    return found
