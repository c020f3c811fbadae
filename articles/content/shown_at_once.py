"""What rows lead to, read in one statement: `prefetch_related` asks once for each step of each way.

A way is written as Django writes it: names of relations, joined by two underscores.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from articles.content.rows_at_once import Asked, Way, rows_at_once

# So many objects at once: each stands in the statement once for each table.
_OBJECTS = 50


def rows_in_order(kinds: Sequence[type[Any]], parents: Collection[UUID]) -> dict[UUID, list[Any]]:
    """Return the rows of these kinds (`OrderedRow`) that belong to each object, in their order, with all that their
    `ways` lead to: at most two queries for every 50 objects."""
    found: dict[UUID, list[Any]] = {parent: [] for parent in parents}
    keys = list(found)
    for start in range(0, len(keys), _OBJECTS):
        some = keys[start : start + _OBJECTS]
        read = rows_at_once([Asked(kind, "parent", some) for kind in kinds])
        follow((rows, kind.ways) for kind, rows in zip(kinds, read, strict=True))
        for row in (row for rows in read for row in rows):
            found[row.parent_id].append(row)
    for placed in found.values():
        placed.sort(key=lambda row: (row.ordering, str(row.id)))
    return found


def along(model: type[models.Model], ways: Sequence[str]) -> models.QuerySet[Any]:
    """Return the rows of a model, to be read with what these ways lead to, as Django itself would read it."""
    single = {way: _to_one(model, way) for way in ways}
    rows = model._default_manager.all()
    if joined := [way for way in single.values() if way]:
        rows = rows.select_related(*joined)
    return rows.prefetch_related(*(way for way in ways if single[way] != way))


def follow(led: Iterable[tuple[Sequence[models.Model], Sequence[str]]]) -> None:
    """Read what rows lead to along these ways, and let each row know it: one query, none where nothing leads away.

    Each of the sequences has rows of one model.
    """
    begun = [(rows, _steps(_whole(rows), ways)) for rows, ways in led if rows and ways]
    every = [step for _rows, steps in begun for first in steps for step in first.all()]
    read = iter(rows_at_once([asked for step in every for asked in step.asked]))
    for step in every:
        step.found = [next(read) for _asked in step.asked]
    for rows, steps in begun:
        for step in steps:
            step.tell(rows)


@dataclass
class _Step:
    """What rows lead to by `field`: the rows there, and where many lead to many, before them the rows in between."""

    field: Any
    asked: Sequence[Asked]
    onward: Sequence["_Step"]
    found: Sequence[list[Any]] = ()

    def all(self) -> list["_Step"]:
        return [self, *(step for one in self.onward for step in one.all())]

    def tell(self, holders: Sequence[models.Model]) -> None:
        """Let these rows know what they lead to, and so on."""
        field, there = self.field, self.found[-1]
        if field.many_to_one:
            known = {row.pk: row for row in there}
            for holder in holders:
                if (key := getattr(holder, field.attname)) in known:
                    setattr(holder, field.name, known[key])
        else:
            pairs = _parents(field, there) if field.one_to_many else _between(field, *self.found)
            for holder in holders:
                _keep(holder, field.name, pairs.get(holder.pk, []))
        for step in self.onward:
            step.tell(there)


def _whole(rows: Sequence[models.Model]) -> Asked:
    """These rows, as they would be asked for."""
    return Asked(type(rows[0]), _key(type(rows[0])), [row.pk for row in rows])


def _steps(holders: Asked, ways: Iterable[str]) -> list[_Step]:
    """The first steps of these ways, from rows that are asked for so."""
    split: dict[str, list[str]] = {}
    for way in ways:
        first, _between, rest = way.partition("__")
        split.setdefault(first, []).extend([rest] if rest else [])
    found = []
    for name, onward in split.items():
        field = holders.model._meta.get_field(name)
        asked = _asked(holders, field)
        found.append(_Step(field, asked, _steps(asked[-1], onward)))
    return found


def _asked(holders: Asked, field: Any) -> list[Asked]:
    model, column, keys, through, _in_order = holders
    there, key = field.related_model, _key(field.related_model)
    if field.many_to_one:
        return [Asked(there, key, keys, (Way(model, field.name, column), *through))]
    own = through if column == _key(model) else (Way(model, _key(model), column), *through)
    if field.one_to_many:
        return [Asked(there, field.field.name, keys, own, in_order=True)]
    between, leads, back = field.remote_field.through, field.m2m_reverse_field_name(), field.m2m_field_name()
    return [
        Asked(between, back, keys, own),
        Asked(there, key, keys, (Way(between, leads, back), *own), in_order=True),
    ]


def _parents(field: Any, there: Sequence[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in there:
        found.setdefault(getattr(row, field.field.attname), []).append(row)
    return found


def _between(field: Any, between: Sequence[Any], there: Sequence[Any]) -> dict[Any, list[Any]]:
    """What each leads to, in the order of what is there."""
    back, leads = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    holders: dict[Any, list[Any]] = {}
    for row in between:
        holders.setdefault(getattr(row, leads), []).append(getattr(row, back))
    found: dict[Any, list[Any]] = {}
    for row in there:
        for holder in holders[row.pk]:
            found.setdefault(holder, []).append(row)
    return found


def _keep(holder: Any, name: str, found: list[Any]) -> None:
    """As `prefetch_related` keeps it."""
    rows = getattr(holder, name).get_queryset()
    rows._result_cache, rows._prefetch_done = found, True
    holder.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.name)


def _to_one(model: type[models.Model], way: str) -> str:
    """The part of a way that leads each row to one other at most."""
    names: list[str] = []
    for name in way.split("__"):
        field: Any = model._meta.get_field(name)
        if not field.many_to_one:
            break
        names.append(name)
        model = field.related_model
    return "__".join(names)
