"""Rows of several tables in one statement: what belongs to an object lies in a dozen tables, most of them empty of it.

Each row comes as a JSON array of its columns, so the tables need not be alike. The statement is written once for each
set of tables; the models are never asked to compile a query for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, runtime_checkable
from uuid import UUID

import msgspec
from django.db import connection, models

_ARRAYS = {"sqlite": "json_array({})", "postgresql": "CAST(json_build_array({}) AS text)"}


@runtime_checkable
class OutOfJson(Protocol):
    """A field with JSON in it that is read in a way of its own."""

    def out_of_json(self, stored: Any) -> Any:
        """Return the value of the field, given what its column holds."""


class Way(NamedTuple):
    """The rows of a table whose `column` holds what stands in the column `leads` of rows found by `column_there`."""

    model: type[models.Model]
    leads: str
    column_there: str


class Asked(NamedTuple):
    """Rows of a model whose column holds one of the keys; with `through`, one that rows of another table lead to.

    Of several ways the first leads to these rows, each to those of the one before it, and the keys stand in the
    `column_there` of the last. `in_order`: the rows come in the order of their model.
    """

    model: type[models.Model]
    column: str
    keys: Sequence[Any]
    through: tuple[Way, ...] = ()
    in_order: bool = False


def rows_at_once(asked: Sequence[Asked]) -> list[list[Any]]:
    """Return the rows of each that is asked for, in no order where none is asked for; one query."""
    shapes = tuple(_Shape(one.model, one.column, len(one.keys), one.through, one.in_order) for one in asked if one.keys)
    if not shapes:
        return [[] for _one in asked]
    params = [_field(one).get_db_prep_value(key, connection) for one in asked for key in one.keys]
    found: list[list[Any]] = [[] for _one in shapes]
    with connection.cursor() as cursor:
        cursor.execute(_statement(shapes, connection.vendor), params)
        for place, values, turn in cursor.fetchall():
            found[place].append((turn, values))
    for shape, rows in zip(shapes, found, strict=True):
        if shape.in_order:
            rows.sort(key=lambda row: row[0])
        rows[:] = [_row(shape.model, values) for _turn, values in rows]
    given = iter(found)
    return [next(given) if one.keys else [] for one in asked]


class _Shape(NamedTuple):
    """What the statement follows from: all of `Asked` but the keys themselves."""

    model: type[models.Model]
    column: str
    number: int
    through: tuple[Way, ...]
    in_order: bool


def _row(model: type[models.Model], values: str) -> models.Model:
    names, readers = _reading(model, connection.vendor)
    read = [
        value if reader is None or value is None else reader(value)
        for reader, value in zip(readers, msgspec.json.decode(values), strict=True)
    ]
    return model.from_db(connection.alias, names, read)


def _field(one: Asked) -> models.Field[Any, Any]:
    model, column = (one.through[-1].model, one.through[-1].column_there) if one.through else (one.model, one.column)
    return model._meta.get_field(column)  # type: ignore[return-value]


@lru_cache(maxsize=1024)
def _statement(shapes: Sequence[_Shape], vendor: str) -> str:
    quote = connection.ops.quote_name
    selects = []
    for place, (model, column, number, through, in_order) in enumerate(shapes):
        columns = ", ".join(quote(one.column) for one in model._meta.concrete_fields)
        array, keys = _ARRAYS[vendor].format(columns), ", ".join(["%s"] * number)
        for way in reversed(through):
            leads, there = _column(way.model, way.leads), _column(way.model, way.column_there)
            keys = f"SELECT {leads} FROM {quote(way.model._meta.db_table)} WHERE {there} IN ({keys})"
        turn = f"ROW_NUMBER() OVER (ORDER BY {_order(model)})" if in_order else "0"
        table = quote(model._meta.db_table)
        selects.append(f"SELECT {place}, {array}, {turn} FROM {table} WHERE {_column(model, column)} IN ({keys})")
    return " UNION ALL ".join(selects)


def _order(model: type[models.Model]) -> str:
    """The order of a model as the database itself sorts: only it knows how its text is compared."""
    names = [str(name) for name in model._meta.ordering or ()]
    return ", ".join(f"{_column(model, name.removeprefix('-'))}{' DESC' * name.startswith('-')}" for name in names)


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
    if isinstance(field, OutOfJson):
        inner = json.loads if vendor == "sqlite" else None
        return lambda value: field.out_of_json(inner(value) if inner else value)
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
