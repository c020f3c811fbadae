"""Objects of the desk as plain data and back: one format for export, history and comparison.

An aggregate is an object with everything that is saved with it; a text has its blocks, an evidence table its rows.
Rich text is Markdown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from articles.canonical.html_reading import read_html
from articles.canonical.html_writing import editor_html
from articles.canonical.languages import LANGUAGES
from articles.canonical.markdown import from_markdown, to_markdown
from articles.content.accounts import Accounts, AccountsEntry
from articles.content.blocks import BLOCKS
from articles.content.care import CareBox, CareService
from articles.content.desk_object import DeskObject
from articles.content.evidence import EvidenceRow, EvidenceTable
from articles.content.experts import Expert
from articles.content.fields import RichTextField
from articles.content.ordered_row import OrderedRow
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.rows_at_once import Asked, rows_at_once
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry, Page
from articles.content.topics import Topic
from articles.content.words import sentence

Data = dict[str, Any]

# In the order in which they can be loaded: what is referred to comes first. Other apps add theirs behind.
AGGREGATES: dict[str, type[DeskObject]] = {
    "organisation": Organisation,
    "source": Source,
    "expert": Expert,
    "quote": Quote,
    "topic": Topic,
    "term": Term,
    "care_service": CareService,
    "care_box": CareBox,
    "evidence_table": EvidenceTable,
    "accounts": Accounts,
    "picture": Picture,
    "faq": FaqEntry,
    "page": Page,
    "article": Article,
}


@dataclass(frozen=True)
class Rows:
    """The rows that belong to an aggregate: under which name they are dumped, and their models."""

    name: str
    models: tuple[type[OrderedRow], ...]

    @property
    def by_kind(self) -> dict[str, type[OrderedRow]]:
        return {model.kind: model for model in self.models}


_BLOCKS = Rows("blocks", BLOCKS)
ROWS: dict[str, Rows] = {
    "article": _BLOCKS,
    "faq": _BLOCKS,
    "page": _BLOCKS,
    "evidence_table": Rows("rows", (EvidenceRow,)),
    "accounts": Rows("entries", (AccountsEntry,)),
}


def register(kind: str, model: type[DeskObject], rows: Rows | None = None) -> None:
    """Add an object of another app with its rows, at start-up; raise ValueError if its kind is taken."""
    if kind in AGGREGATES:
        raise ValueError(f"the kind {kind} is registered already")
    AGGREGATES[kind] = model
    if rows:
        ROWS[kind] = rows


# Never dumped: they say how often something was saved, or follow from the place in the list.
_SKIPPED = {"version", "parent", "region", "ordering", "text_kind"}


class LoadError(ValueError):
    """Raised when data cannot be loaded; `problems` are sentences, each with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def kind_of(obj: DeskObject) -> str:
    """Return the name of the aggregate's kind, such as `quote`."""
    return next(kind for kind, model in AGGREGATES.items() if isinstance(obj, model))


def rows_of(obj: DeskObject) -> list[OrderedRow]:
    """Return the rows that belong to the object, in their order."""
    rows = ROWS.get(kind_of(obj))
    asked = [Asked(model, "parent", [obj.pk]) for model in rows.models] if rows else []
    found = [row for placed in rows_at_once(asked) for row in placed]
    return sorted(found, key=lambda row: (row.ordering, str(row.id)))


def dump(obj: DeskObject, placed: Iterable[OrderedRow] | None = None) -> Data:
    """Return the object with all that belongs to it as plain data in the order of its fields.

    `placed` are its rows in their order, where they are at hand already.
    """
    data = _dump_fields(obj)
    if rows := ROWS.get(kind_of(obj)):
        data[rows.name] = [
            {"id": str(row.id), "kind": row.kind} | {k: v for k, v in _dump_fields(row).items() if k != "id"}
            for row in (rows_of(obj) if placed is None else placed)
        ]
    return data


def plain_fields(model: type[models.Model]) -> Iterator[tuple[str, list[models.Field], bool]]:
    """Yield each dumped field's name, its columns (one, or one per language), and whether it has languages."""
    concrete = {field.name: field for field in model._meta.concrete_fields}
    for name, field in concrete.items():
        if name in _SKIPPED or getattr(field, "translated_field", None):
            continue
        columns = [concrete[f"{name}_{language}"] for language in LANGUAGES if f"{name}_{language}" in concrete]
        yield name, columns or [field], bool(columns)
    for many in model._meta.many_to_many:
        yield many.name, [many], False


def _dump_fields(obj: models.Model) -> Data:
    data: Data = {}
    for name, columns, translated in plain_fields(type(obj)):
        values = [_dump_value(obj, column) for column in columns]
        data[name] = dict(zip(LANGUAGES, values, strict=True)) if translated else values[0]
    return data


def _dump_value(obj: models.Model, column: models.Field) -> Any:
    if isinstance(column, models.ManyToManyField):
        return sorted(str(other.pk) for other in getattr(obj, column.name).all())
    value = getattr(obj, column.attname)
    if isinstance(column, RichTextField):
        return to_markdown(read_html(value)[0])
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def uuid_of(value: Any) -> UUID | None:
    """Return the id that the value writes, None if it is no UUID."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def read_value(column: models.Field, value: Any, where: str, found: list[str]) -> Any:
    """Return what a column holds for a value of plain data; what is wrong with it is added to `found`."""
    if isinstance(column, RichTextField):
        body, problems = from_markdown(value or "")
        found.extend(f"{where}: {sentence(problem)}" for problem in problems)
        return editor_html(body)
    if isinstance(column, models.CharField | models.TextField):
        return value if value not in (None, "") else column.get_default() or ""
    if value in (None, ""):
        return column.get_default()
    try:
        return column.to_python(value)
    except ValidationError as errors:
        found.extend(f"{where}: {message}" for message in errors.messages)
        return None
