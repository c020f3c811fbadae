"""A saved version as objects again, without saving anything: for whoever has to look at it as at the desk itself."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, ROWS, Data, plain_fields, read_value, uuid_of
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow


def rebuilt(kind: str, data: Data) -> tuple[DeskObject, list[OrderedRow]]:
    """Return the object that plain data says, and the rows that belong to it, in order; none of them is saved.

    What it refers to is as it is now. What is gone is left out, and so is a row that places it.
    """
    rows = ROWS.get(kind)
    own = {name: value for name, value in data.items() if not (rows and name == rows.name)}
    obj = _filled(AGGREGATES[kind], own)
    made = [_filled(rows.by_kind[row["kind"]], row) for row in _known(rows, data)] if rows else []
    for number, row in enumerate(made, start=1):
        row.ordering = number * 10
    return obj, [row for row in made if _is_whole(row)]


def _known(rows: Any, data: Data) -> Iterator[Data]:
    return (row for row in data.get(rows.name) or [] if row.get("kind") in rows.by_kind)


def _filled(model: type[models.Model], data: Data) -> Any:
    obj = model(pk=uuid_of(data.get("id")))
    cached: dict[str, list[models.Model]] = {}
    for name, columns, translated in plain_fields(model):
        if name == "id" or name not in data:
            continue
        value = data[name]
        for language, column in zip(LANGUAGES if translated else ("",), columns, strict=True):
            given = (value or {}).get(language) if translated else value
            if isinstance(column, models.ManyToManyField):
                cached[column.name] = _present(column.related_model, given or [])
            else:
                setattr(obj, column.attname, read_value(column, given, name, []))
    obj._prefetched_objects_cache = cached  # type: ignore[attr-defined]
    return obj


def _present(model: Any, keys: list[str]) -> list[models.Model]:
    ids = [key for one in keys if (key := uuid_of(one))]
    found: dict[UUID, models.Model] = model._default_manager.in_bulk(ids)
    return [found[key] for key in ids if key in found]


def _is_whole(row: models.Model) -> bool:
    """Whether everything that the row leads to is still there; what need not be there is taken out of it."""
    for field in row._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or field.name == "parent" or getattr(row, field.attname) is None:
            continue
        if not field.related_model._default_manager.filter(pk=getattr(row, field.attname)).exists():  # type: ignore[union-attr]
            return False
    return True
