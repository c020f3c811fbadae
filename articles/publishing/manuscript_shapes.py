"""Whether what a file holds has the shape of an object, before its words are looked at."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, ROWS, Data, Rows, plain_fields


def shape_problems(kind: str, data: Data) -> list[str]:
    """Return everything that is not text, a truth, a list or a pair of languages where it should be, with its place."""
    model = AGGREGATES[kind]
    found = list(_of_row(model, data, ""))
    rows = ROWS.get(kind)
    return [*found, *_of_rows(rows, data.get(rows.name))] if rows else found


def _of_row(model: type[models.Model], data: Data, place: str) -> Iterator[str]:
    for name, columns, translated in plain_fields(model):
        value, where = data.get(name), f"{place}{name}"
        if value is None:
            continue
        if translated:
            yield from _of_languages(value, where)
        elif isinstance(columns[0], models.ManyToManyField):
            if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
                yield f"{where}: expected a list"
        elif isinstance(columns[0], models.BooleanField):
            if not isinstance(value, bool):
                yield f"{where}: expected true or false"
        elif isinstance(columns[0], models.JSONField):
            if not isinstance(value, list):
                yield f"{where}: expected a list"
        elif isinstance(columns[0], models.IntegerField):
            if not str(value).isdecimal():
                yield f"{where}: expected a number"
        elif not isinstance(value, str):
            yield f"{where}: expected text"


def _of_languages(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict) or not value.keys() <= set(LANGUAGES):
        yield f"{where}: expected a text for each of {' and '.join(LANGUAGES)}"
        return
    for language, text in value.items():
        if text is not None and not isinstance(text, str):
            yield f"{where}.{language}: expected text"


def _of_rows(rows: Rows, given: Any) -> Iterator[str]:
    if given is None:
        return
    if not isinstance(given, list):
        yield f"{rows.name}: expected a list"
        return
    for position, row in enumerate(given):
        place = f"{rows.name}[{position}]"
        if not isinstance(row, dict):
            yield f"{place}: expected fields with values"
        elif model := rows.by_kind.get(row.get("kind", rows.models[0].kind)):
            yield from _of_row(model, row, f"{place}.")
