"""Rows of several tables in one statement: what belongs to an object lies in a dozen tables, most of them empty of it.

Each row comes as a JSON array of its columns, so the tables need not be alike. The statement is written once for each
set of tables; the models are never asked to compile a query for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection, models

# So many objects at once: each stands in the statement once for each table.
_OBJECTS = 50

_ARRAYS = {"sqlite": "json_array({})", "postgresql": "CAST(json_build_array({}) AS text)"}


class Way(NamedTuple):
    """The rows of a table whose `column` holds what stands in the column `leads` of rows found by `column_there`."""

    model: type[models.Model]
    leads: str
    column_there: str


class Asked(NamedTuple):
    """Rows of a model whose column holds one of the keys; with `through`, one that rows of another table lead to."""

    model: type[models.Model]
    column: str
    keys: Sequence[Any]
    through: Way | None = None


def rows_at_once(asked: Sequence[Asked]) -> list[list[Any]]:
    """Return the rows of each that is asked for, in no order; one query."""
    shapes = tuple((one.model, one.column, len(one.keys), one.through) for one in asked if one.keys)
    if not shapes:
        return [[] for _one in asked]
    params = [_field(one).get_db_prep_value(key, connection) for one in asked for key in one.keys]
    found: list[list[Any]] = [[] for _one in shapes]
    with connection.cursor() as cursor:
        cursor.execute(_statement(shapes, connection.vendor), params)
        for place, values in cursor.fetchall():
            found[place].append(_row(shapes[place][0], values))
    given = iter(found)
    return [next(given) if one.keys else [] for one in asked]


def rows_in_order(kinds: Sequence[type[Any]], parents: Collection[UUID]) -> dict[UUID, list[Any]]:
    """Return the rows of these kinds (`OrderedRow`) that belong to each object, in their order.

    What a row shows is asked for where there is such a row, in the way that its kind says (`get_queryset`).
    """
    found: dict[UUID, list[Any]] = {parent: [] for parent in parents}
    keys = list(found)
    for start in range(0, len(keys), _OBJECTS):
        some = keys[start : start + _OBJECTS]
        asked = [Asked(kind, "parent", some) for kind in kinds]
        for kind, rows in zip(kinds, rows_at_once(asked), strict=True):
            shows = rows and (kind.shared or kind._meta.many_to_many)
            for row in kind.get_queryset().filter(parent__in=some) if shows else rows:
                found[row.parent_id].append(row)
    for placed in found.values():
        placed.sort(key=lambda row: (row.ordering, str(row.id)))
    return found


def _row(model: type[models.Model], values: str) -> models.Model:
    names, readers = _reading(model, connection.vendor)
    read = [
        value if reader is None or value is None else reader(value)
        for reader, value in zip(readers, msgspec.json.decode(values), strict=True)
    ]
    return model.from_db(connection.alias, names, read)


def _field(one: Asked) -> models.Field[Any, Any]:
    model, column = (one.through.model, one.through.column_there) if one.through else (one.model, one.column)
    return model._meta.get_field(column)  # type: ignore[return-value]


@lru_cache(maxsize=1024)
def _statement(shapes: Sequence[tuple[type[models.Model], str, int, Way | None]], vendor: str) -> str:
    quote = connection.ops.quote_name
    selects = []
    for place, (model, column, number, through) in enumerate(shapes):
        columns = ", ".join(quote(one.column) for one in model._meta.concrete_fields)
        array, places = _ARRAYS[vendor].format(columns), ", ".join(["%s"] * number)
        keys = places
        if through:
            leads, there = _column(through.model, through.leads), _column(through.model, through.column_there)
            keys = f"SELECT {leads} FROM {quote(through.model._meta.db_table)} WHERE {there} IN ({places})"
        table = quote(model._meta.db_table)
        selects.append(f"SELECT {place}, {array} FROM {table} WHERE {_column(model, column)} IN ({keys})")
    return " UNION ALL ".join(selects)


def _column(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(str(model._meta.get_field(name).column))  # type: ignore[union-attr]


@lru_cache(maxsize=256)
def _reading(model: type[models.Model], vendor: str) -> tuple[list[str], list[Callable[[Any], Any] | None]]:
    fields = model._meta.concrete_fields
    return [field.attname for field in fields], [_reader(field, vendor) for field in fields]


def _reader(field: models.Field[Any, Any], vendor: str) -> Callable[[Any], Any] | None:
    """How a column is read out of JSON; raise TypeError for one that nobody has thought of."""
    if isinstance(field, models.ForeignKey):
        return _reader(field.target_field, vendor)
    if getattr(type(field), "from_db_value", None) not in (None, models.JSONField.from_db_value):
        raise TypeError(f"a {type(field).__name__} is read in a way of its own, and not out of JSON")
    if isinstance(field, models.JSONField):
        return json.loads if vendor == "sqlite" else None
    for kind, reader in _READERS.items():
        if isinstance(field, kind):
            return reader
    raise TypeError(f"a {type(field).__name__} is not read out of JSON")


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    # SQLite keeps moments in UTC and does not say so.
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


_READERS: dict[Any, Callable[[Any], Any] | None] = {
    models.UUIDField: UUID,
    models.BooleanField: bool,
    models.DateTimeField: _moment,
    models.DateField: date.fromisoformat,
    models.IntegerField: None,
    models.CharField: None,
    models.TextField: None,
}
