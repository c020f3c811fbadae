"""Rows that were deleted and may come back, as plain data has them."""

from django.db import models

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import Data, plain_fields, read_value
from articles.content.ordered_row import OrderedRow


def unsaved_row(model: type[OrderedRow], data: Data) -> OrderedRow:
    """Return a row of plain data as it would be saved, but for what it refers to by a table of its own."""
    row, found = model(id=data["id"]), list[str]()
    for name, columns, translated in plain_fields(model):
        for language, column in zip(LANGUAGES if translated else ("",), columns, strict=True):
            if name != "id" and not isinstance(column, models.ManyToManyField):
                value = (data.get(name) or {}).get(language) if translated else data.get(name)
                setattr(row, column.attname, read_value(column, value, name, found))
    return row
