"""Plain data as objects of the desk: saved with everything that belongs to them, or refused with all that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, ROWS, Data, LoadError, Rows, plain_fields, read_value, uuid_of
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow
from articles.content.rows_at_once import Asked, rows_at_once

# Data may say that something was withdrawn; data from before that never takes it back.
_FOR_GOOD = {"withdrawn_at"}


def load(kind: str, data: Data) -> DeskObject:
    """Save the data as an object of this kind, new or over the one with the same id, and return it.

    Blocks that the data does not have are removed. Raises LoadError with everything that is wrong, and then changes
    nothing.
    """
    found: list[str] = []
    rows = ROWS.get(kind)
    with transaction.atomic():
        own = {key: value for key, value in data.items() if not (rows and key == rows.name)}
        obj = _load_object(AGGREGATES[kind], own, found)
        if rows and obj is not None and not found:
            _load_rows(obj, rows, data.get(rows.name) or [], found)
        if found:
            raise LoadError(found)
    return obj  # type: ignore[return-value]


def _load_object(model: Any, data: Data, found: list[str]) -> models.Model | None:
    key = uuid_of(data.get("id"))
    if key is None:
        found.append("id: not a UUID")
        return None
    obj = model._default_manager.filter(pk=key).first()
    if obj is None and model._base_manager.filter(pk=key).exists():
        found.append("id: it belongs to something of another kind")
        return None
    return _fill(obj or model(pk=key), data, "", found)


def _load_rows(parent: models.Model, rows: Rows, given: list[Data], found: list[str]) -> None:
    by_kind = rows.by_kind
    kept: set[tuple[type[OrderedRow], UUID]] = set()
    there = _there(rows, given)
    # Loading over rows of other objects would take their words away from there.
    taken = {key for (_model, key), row in there.items() if row.parent_id != parent.pk}  # type: ignore[attr-defined]
    for position, row in enumerate(given):
        place = f"{rows.name}[{position}]."
        if (key := uuid_of(row.get("id"))) in taken:
            found.append(f"{place}id: another of them has it already")
            continue
        # Where there is but one kind of row, data need not name it.
        model = by_kind.get(row.get("kind", "")) or (
            rows.models[0] if len(by_kind) == 1 and "kind" not in row else None
        )
        if key:
            taken.add(key)
        if model is None:
            found.append(f"{place}kind: {row.get('kind')!r} is not known here")
            continue
        if key is None:
            found.append(f"{place}id: not a UUID")
            continue
        fields = {key: value for key, value in row.items() if key != "kind"}
        fixed = {"parent_id": parent.pk, "ordering": (position + 1) * 10}
        # The parent has just been saved: nobody need ask whether it is there.
        made = there.get((model, key)) or model(id=key)
        if _fill(made, fields, place, found, known=["parent"], **fixed):
            kept.add((model, key))
    _remove_others(parent, rows, kept)


def _there(rows: Rows, given: list[Data]) -> dict[tuple[type[OrderedRow], UUID], OrderedRow]:
    """Return the rows that have one of these ids, whatever their kind and whomever they belong to; one query."""
    keys = [key for row in given if (key := uuid_of(row.get("id")))]
    found = rows_at_once([Asked(model, "id", keys) for model in rows.models])
    return {(model, row.pk): row for model, placed in zip(rows.models, found, strict=True) for row in placed}


def _remove_others(parent: models.Model, rows: Rows, kept: Collection[tuple[type[OrderedRow], UUID]]) -> None:
    """Remove the rows of an object that were not loaded; one query where there is none."""
    found = rows_at_once([Asked(model, "parent", [parent.pk]) for model in rows.models])
    for model, placed in zip(rows.models, found, strict=True):
        if others := [row.pk for row in placed if (model, row.pk) not in kept]:
            model.of(parent.pk).filter(pk__in=others).delete()


def _fill(
    obj: models.Model, data: Data, place: str, found: list[str], known: Collection[str] = (), **fixed: Any
) -> models.Model | None:
    """Save an object, new or not, with what the data says; None if something is wrong, which is then in `found`.

    `known` are relations whose other end is there for certain.
    """
    before, is_new = len(found), obj._state.adding
    model = type(obj)
    many: dict[str, list[UUID]] = {}
    for name, columns, translated in plain_fields(model):
        if name == "id" or (name in _FOR_GOOD and getattr(obj, name)):
            continue
        value = data.get(name)
        for language, column in zip(LANGUAGES if translated else ("",), columns, strict=True):
            given = (value or {}).get(language) if translated else value
            where = f"{place}{name}.{language}".rstrip(".")
            if isinstance(column, models.ManyToManyField):
                many[column.name] = _existing(column.related_model, given or [], where, found)
            elif given is not None or name in data:
                setattr(obj, column.attname, read_value(column, given, where, found))
    names = {name for name, _, _ in plain_fields(model)}
    found.extend(f"{place}{name}: unknown field" for name in data if name not in names)
    for name, value in fixed.items():
        setattr(obj, name, value)
    if len(found) > before:
        return None
    if wrong := _wrong(obj, known):
        found.extend(f"{place}{name}: {text}" for name, texts in wrong.items() for text in texts)
        return None
    obj.save()
    for name, keys in many.items():
        if not is_new:
            getattr(obj, name).set(keys)
        elif keys:
            getattr(obj, name).add(*keys)
    return obj


def _wrong(obj: models.Model, known: Collection[str]) -> dict[str, list[str]]:
    """Return what `full_clean` would raise, without asking for the `known` and whether somebody has the id already."""
    errors: dict[str, Any] = {}
    steps: list[tuple[Callable[..., None], Collection[str]]] = [
        (obj.clean_fields, known),
        (lambda exclude: obj.clean(), ()),
        (obj.validate_unique, ["id"]),
        (obj.validate_constraints, ()),
    ]
    for step, unasked in steps:
        try:
            # Each step leaves out the fields of which something is known to be wrong.
            step(exclude={*unasked, *errors})
        except ValidationError as raised:
            errors = raised.update_error_dict(errors)
    return ValidationError(errors).message_dict if errors else {}


def _existing(model: Any, keys: list[str], where: str, found: list[str]) -> list[UUID]:
    try:
        wanted = {UUID(str(key)) for key in keys}
    except ValueError:
        found.append(f"{where}: not a list of UUIDs")
        return []
    present = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    found.extend(f"{where}: nothing has the id {key}" for key in sorted(wanted - present))
    return sorted(present)
