"""Finding words in everything at the desk: every kind, every row that belongs to it, every column that holds words.

All of it is read and looked through in this process: the words of stored rich text are in no column as they are read
(markup may break them), е must find ё, and SQLite and PostgreSQL must answer alike. A desk of some thousand objects is
a few megabytes of text, which is quicker to read than an index would be to keep right. Of a larger one the caller says
which objects are worth it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import models

from articles.canonical.folding import Piece, excerpt, fold, found, holds
from articles.content.aggregates import AGGREGATES, ROWS
from articles.content.text_columns import TextColumn, text_columns, typed_words

_BETWEEN = "\x1f"


@dataclass(frozen=True)
class FoundRow:
    """An object's own fields, or one of its rows, that hold a word; `number` is the row's place, 0 for the object."""

    model: type[models.Model]
    id: UUID
    texts: tuple[str, ...]
    words: frozenset[str]
    number: int = 0

    def places(self, words: Sequence[str]) -> list[tuple[TextColumn, list[Piece]]]:
        """Return the columns that hold any of the words, those with most of them first, each with its excerpt."""
        held = [(column, text, found(text, words)) for column, text in self._read()]
        some = sorted((one for one in held if one[2]), key=lambda one: -len(one[2]))
        return [(column, excerpt(text, words)) for column, text, _words in some]

    def is_named_so(self, words: Sequence[str]) -> bool:
        """Whether one column that readers see holds every word."""
        return any(holds(fold(text), words) for column, text in self._read() if not column.is_internal)

    def _read(self) -> Iterator[tuple[TextColumn, str]]:
        return zip(text_columns(self.model), self.texts, strict=True)


@dataclass
class FoundItem:
    """An object; `rows` hold the words between them, those with most words first, else in reading order."""

    kind: str
    id: UUID
    rows: list[FoundRow] = field(default_factory=list)

    def holds(self, words: Sequence[str]) -> bool:
        return set(words) <= {word for row in self.rows for word in row.words}

    def rank(self, words: Sequence[str]) -> int:
        """0 for what is named so, 1 where one row holds every word, 2 where they are in several."""
        if self.rows[0].number == 0 and self.rows[0].is_named_so(words):
            return 0
        return 1 if any(len(row.words) == len(words) for row in self.rows) else 2


def find(
    words: Sequence[str], kinds: Collection[str], among: Mapping[str, Collection[UUID]] = MappingProxyType({})
) -> dict[str, list[FoundItem]]:
    """Return, kind by kind, the objects that hold every one of the folded words, in their own fields or their rows.

    They come by rank, and in the order of their lists within it. The number of queries depends on how many models
    there are and on nothing else. Of a kind that is in `among` only these objects are looked through.
    """
    items: dict[UUID, FoundItem] = {}
    for kind in kinds if words else ():
        model = AGGREGATES[kind]
        some = {"pk__in": among[kind]} if kind in among else {}
        for id, *values in _stored(model, some, "pk"):
            items[id] = item = FoundItem(kind, id)
            if row := _found(model, id, values, words):
                item.rows.append(row)
    if words:
        _find_rows(words, kinds, items, among)
    matching = [item for item in items.values() if item.rows and item.holds(words)]
    groups: dict[str, list[FoundItem]] = {}
    for item in sorted(matching, key=lambda one: one.rank(words)):
        item.rows.sort(key=lambda row: (-len(row.words), row.number))
        groups.setdefault(item.kind, []).append(item)
    return {kind: groups[kind] for kind in kinds if kind in groups}


def _find_rows(
    words: Sequence[str], kinds: Collection[str], items: Mapping[UUID, FoundItem], among: Collection[str]
) -> None:
    """Add the rows that hold a word to their objects; rows of objects that are not looked through are left out."""
    orders: dict[UUID, list[tuple[int, str]]] = {}
    rows: list[tuple[UUID, tuple[int, str], FoundRow]] = []
    for model in dict.fromkeys(model for kind, one in ROWS.items() if kind in kinds for model in one.models):
        is_bounded = any(kind in among and model in ROWS[kind].models for kind in kinds if kind in ROWS)
        some = {"parent_id__in": list(items)} if is_bounded else {}
        for id, parent, ordering, *values in _stored(model, some, "pk", "parent_id", "ordering"):
            if parent in items:
                place = (ordering, str(id))
                orders.setdefault(parent, []).append(place)
                if row := _found(model, id, values, words):
                    rows.append((parent, place, row))
    numbers: dict[UUID, dict[tuple[int, str], int]] = {}
    for parent, place, row in rows:
        if parent not in numbers:
            numbers[parent] = {one: number for number, one in enumerate(sorted(orders[parent]), start=1)}
        items[parent].rows.append(FoundRow(row.model, row.id, row.texts, row.words, numbers[parent][place]))


def _stored(model: type[models.Model], some: Mapping[str, Any], *first: str) -> Iterator[tuple[Any, ...]]:
    columns = [column.name for column in text_columns(model)]
    return model._default_manager.filter(**some).values_list(*first, *columns).iterator(chunk_size=2000)


def _found(model: type[models.Model], id: UUID, values: Sequence[str | None], words: Sequence[str]) -> FoundRow | None:
    columns = text_columns(model)
    texts = tuple([typed_words(one.column, value) for one, value in zip(columns, values, strict=True)])
    held = found(_BETWEEN.join(texts), words)
    return FoundRow(model, id, texts, held) if held else None
