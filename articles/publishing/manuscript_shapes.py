"""Whether what a file holds has the shape of an object, before its words are looked at."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, Data, plain_fields
from articles.content.articles import BLOCKS, Article


def shape_problems(kind: str, data: Data) -> list[str]:
    """Return everything that is not text, a truth, a list or a pair of languages where it should be, with its place."""
    model = AGGREGATES[kind]
    found = list(_of_row(model, data, ""))
    return [*found, *_of_blocks(data.get("blocks"))] if model is Article else found


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


def _of_blocks(rows: Any) -> Iterator[str]:
    if rows is None:
        return
    if not isinstance(rows, list):
        yield "blocks: expected a list"
        return
    by_kind = {model.kind: model for model in BLOCKS}
    for position, row in enumerate(rows):
        if not isinstance(row, dict):
            yield f"blocks[{position}]: expected fields with values"
        elif row.get("kind") in by_kind:
            yield from _of_row(by_kind[row["kind"]], row, f"blocks[{position}].")
