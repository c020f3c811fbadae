"""Rows of several tables in one statement: what belongs to an object lies in a dozen tables, most of them empty of it.

Each row comes as a JSON array of its columns, so the tables need not be alike. The statement is written once for each
set of tables; the models are never asked to compile a query for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, models

# A model, and the column whose values are asked for.
Asked = tuple[type[models.Model], str]

# So many keys at once: each stands in the statement once for each table.
_KEYS = 50

_ARRAYS = {"sqlite": "json_array({})", "postgresql": "CAST(json_build_array({}) AS text)"}


def rows_at_once(asked: Sequence[Asked], keys: Collection[UUID | str]) -> dict[type[models.Model], list[Any]]:
    """Return the rows of each model whose column holds one of the keys, in no order; one query for every 50 keys."""
    found: dict[type[models.Model], list[Any]] = {model: [] for model, _column in asked}
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), _KEYS):
        some = wanted[start : start + _KEYS]
        params = [field.get_db_prep_value(key, connection) for field in _fields(tuple(asked)) for key in some]
        with connection.cursor() as cursor:
            cursor.execute(_statement(tuple(asked), len(some), connection.vendor), params)
            for place, values in cursor.fetchall():
                found[asked[place][0]].append(_row(asked[place][0], values))
    return found


def rows_in_order(kinds: Sequence[type[Any]], parents: Collection[UUID]) -> dict[UUID, list[Any]]:
    """Return the rows of these kinds (`OrderedRow`) that belong to each object, in their order.

    What a row shows is asked for where there is such a row, in the way that its kind says (`get_queryset`).
    """
    found: dict[UUID, list[Any]] = {parent: [] for parent in parents}
    for model, rows in rows_at_once([(kind, "parent") for kind in kinds], found).items():
        kind: Any = model
        shows = rows and (kind.shared or kind._meta.many_to_many)
        for row in kind.get_queryset().filter(parent__in=found) if shows else rows:
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


@lru_cache(maxsize=256)
def _statement(asked: Sequence[Asked], number: int, vendor: str) -> str:
    """The statement for so many keys; bounded, as a test may make models of its own."""
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * number)
    selects = []
    for place, ((model, _column), field) in enumerate(zip(asked, _fields(asked), strict=True)):
        columns = ", ".join(quote(one.column) for one in model._meta.concrete_fields)
        array, table = _ARRAYS[vendor].format(columns), quote(model._meta.db_table)
        selects.append(f"SELECT {place}, {array} FROM {table} WHERE {quote(field.column)} IN ({places})")
    return " UNION ALL ".join(selects)


@lru_cache(maxsize=256)
def _fields(asked: Sequence[Asked]) -> list[models.Field[Any, Any]]:
    return [model._meta.get_field(column) for model, column in asked]  # type: ignore[misc]


@lru_cache(maxsize=256)
def _reading(model: type[models.Model], vendor: str) -> tuple[list[str], list[Callable[[Any], Any] | None]]:
    fields = model._meta.concrete_fields
    return [field.attname for field in fields], [_reader(field, vendor) for field in fields]


def _reader(field: models.Field[Any, Any], vendor: str) -> Callable[[Any], Any] | None:
    """How a column is read out of JSON; raise TypeError for one that nobody has thought of."""
    if isinstance(field, models.ForeignKey):
        return _reader(field.target_field, vendor)
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
