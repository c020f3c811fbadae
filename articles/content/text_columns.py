"""Every column with words that editors type, kind by kind, and the words of what is stored in it.

Read from the models, so that a kind or a column that is added is searched and counted without being listed here.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.db import models

from articles.canonical.languages import LANGUAGES
from articles.canonical.stored_words import stored_words, typed_in_attributes
from articles.content.aggregates import plain_fields
from articles.content.fields import RichTextField, TableField

# Between cells, or a sign of its own that was written so.
_BAR = re.compile(r"\\?\|")


@dataclass(frozen=True)
class TextColumn:
    """`field` is the name without a language; `language` is empty where there is but one column."""

    column: models.Field
    field: str
    language: str
    is_internal: bool

    @property
    def name(self) -> str:
        return self.column.name


@cache
def text_columns(model: type[models.Model]) -> tuple[TextColumn, ...]:
    """Return the model's columns with words, in the order of its fields, notes for colleagues last.

    A column with choices holds codes and not words; one that is not editable holds what the program wrote.
    """
    internal: frozenset[str] = getattr(model, "internal", frozenset())
    found = [
        TextColumn(column, name, language, name in internal)
        for name, columns, translated in plain_fields(model)
        for language, column in zip(LANGUAGES if translated else ("",), columns, strict=True)
        if isinstance(column, models.CharField | models.TextField) and not column.choices and column.editable
    ]
    return tuple(sorted(found, key=lambda one: one.is_internal))


def plain_words(column: models.Field, value: str | None) -> str:
    """Return the words that readers of a column meet: no markup, no separators of cells."""
    if not value:
        return ""
    if isinstance(column, RichTextField):
        return stored_words(value)
    return _BAR.sub(" ", value) if isinstance(column, TableField) else value


def typed_words(column: models.Field, value: str | None) -> str:
    """Return everything that was typed into a column: its words, and the addresses and places that markup holds."""
    words = plain_words(column, value)
    if value and isinstance(column, RichTextField) and (typed := typed_in_attributes(value)):
        return f"{words}\n{typed}"
    return words
