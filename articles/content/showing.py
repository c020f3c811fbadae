"""Which parts of which texts show the words of an object, and which objects' words stand inside another.

Found by walking the relations that are saved with an object, so a new kind needs no entry here.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Q

from articles.canonical.languages import Language
from articles.content.addressed import Addressed
from articles.content.aggregates import AGGREGATES, ROWS, plain_fields
from articles.content.blocks import BLOCKS, Block
from articles.content.desk_object import DeskObject
from articles.content.sources import Source

# The words of an item that belong to none of its blocks.
HEAD = "head"

# Referred to without a word of theirs in the part: sources stand in a list of their own, items are linked to.
_REFERRED_TO = (Source, Addressed)


class PartRef(NamedTuple):
    """A part of an item: `head` or the id of a block."""

    item: UUID
    part: str


def translation_language(obj: models.Model) -> Language | None:
    """Return the language that an item is translated into part by part.

    None for what is no item, and for an item whose languages go out together, as a whole.
    """
    return getattr(obj, "translation_language", None)


def inner_paths(model: type[models.Model]) -> Iterator[tuple[str, type[DeskObject]]]:
    """Yield the way to, and the class of, each object whose words stand inside those of an object of this class."""
    kinds = [kind for kind, one in AGGREGATES.items() if one is model]
    ways: list[tuple[str, type[models.Model]]] = [("", model)]
    for rows in (ROWS[kind] for kind in kinds if kind in ROWS):
        ways += [(f"{_accessor(row)}__", row) for row in rows.models if not issubclass(row, Block)]
    for prefix, holder in ways:
        for name, columns, _translated in plain_fields(holder):
            inner: Any = columns[0].related_model
            if inner in AGGREGATES.values() and not issubclass(inner, _REFERRED_TO):
                yield f"{prefix}{name}", inner
                yield from ((f"{prefix}{name}__{path}", one) for path, one in inner_paths(inner))


def objects_within(obj: DeskObject) -> list[DeskObject]:
    """Return the object and every object whose words stand inside it, each once; a query for each way that leads in."""
    found: list[DeskObject] = [obj]
    for path, model in inner_paths(type(obj)):
        ids = type(obj)._default_manager.filter(pk=obj.pk).values(path)
        found += model._default_manager.filter(pk__in=ids)
    return list(dict.fromkeys(found))


def loaded_within(obj: DeskObject) -> list[DeskObject]:
    """Return what `objects_within` does by following what was loaded with the object; no query where all of it was."""
    found: list[DeskObject] = [obj]
    for path, _model in inner_paths(type(obj)):
        reached: list[Any] = [obj]
        for name in path.split("__"):
            reached = [one for holder in reached for one in _led_to(holder, name)]
        found += reached
    return list(dict.fromkeys(found))


def _led_to(holder: models.Model, name: str) -> list[models.Model]:
    there = getattr(holder, name)
    if isinstance(there, models.Manager):
        return list(there.all())
    return [] if there is None else [there]


def blocks_showing(obj: DeskObject) -> list[Block]:
    """Return the blocks in which texts show the object, by itself or inside another; queries do not grow with them."""
    found: list[Block] = []
    for model in BLOCKS:
        leading = [Q(**{way: obj.pk}) for way, inner in _ways_in(model) if isinstance(obj, inner)]
        if leading:
            keys = model._default_manager.filter(reduce(or_, leading)).values("pk")
            found += model.get_queryset().select_related("parent").filter(pk__in=keys)
    return found


def heads_showing(obj: DeskObject) -> list[DeskObject]:
    """Return the items whose head shows the object: itself, if it is one, and those whose head it stands inside."""
    found = [obj] if translation_language(obj) else []
    for model in AGGREGATES.values():
        if getattr(model, "translation_language", None) is None:
            continue
        ways = [path for path, inner in inner_paths(model) if isinstance(obj, inner)]
        if ways:
            keys = model._default_manager.filter(reduce(or_, (Q(**{way: obj.pk}) for way in ways))).values("pk")
            found += model._default_manager.filter(pk__in=keys)
    return found


def parts_showing(obj: DeskObject) -> list[tuple[PartRef, Language]]:
    """Return each part that shows the object, with the language that its item is translated into."""
    heads = [(PartRef(item.pk, HEAD), translation_language(item)) for item in heads_showing(obj)]
    placed = [(part_of(block), translation_language(block.parent)) for block in blocks_showing(obj)]
    return [*heads, *placed]  # type: ignore[list-item]


def part_of(block: Block) -> PartRef:
    """Return the part that a block is in its text."""
    return PartRef(block.parent_id, str(block.pk))


def is_shown(obj: DeskObject) -> bool:
    """Return whether objects of this kind can stand in a text, by themselves or inside another object."""
    return isinstance(obj, _shown(tuple(AGGREGATES)))


@lru_cache(maxsize=8)
def _shown(_kinds: Sequence[str]) -> tuple[type[DeskObject], ...]:
    """The classes that stand in texts, for these kinds of objects: other apps add theirs at start-up."""
    return tuple({inner for model in BLOCKS for _way, inner in _ways_in(model)})


def _ways_in(model: type[Block]) -> list[tuple[str, type[DeskObject]]]:
    if not model.shared:
        return []
    placed: Any = model._meta.get_field(model.shared).related_model
    return [(model.shared, placed), *((f"{model.shared}__{path}", inner) for path, inner in inner_paths(placed))]


def _accessor(row: type[models.Model]) -> str:
    return str(row._meta.get_field("parent").remote_field.get_accessor_name())  # type: ignore[union-attr]
