"""A saved or typed object as lines that a person reads: one line for each field and language, each block apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.desk.languages import name_of
from articles.canonical.languages import LANGUAGES
from articles.canonical.markdown import from_markdown
from articles.canonical.plain_writing import plain_text
from articles.canonical.tree import citations
from articles.content.aggregates import AGGREGATES, ROWS, Data, plain_fields
from articles.content.fields import RichTextField
from articles.content.labels import label
from articles.content.renditions import RenditionsField, summary
from articles.content.sources import Source


@dataclass(frozen=True)
class Line:
    """`key` is `title.ru`, `issued` or `blocks.<id>.text.ru`; `part` names the block and is empty outside blocks.

    `value` is what is stored, for comparing: two sources may have one name, and a link another address.
    """

    key: str
    part: str
    label: str
    language: str
    text: str
    value: str = ""


class Names:
    """Names of objects that lines refer to; one query for each model, however many lines there are."""

    def __init__(self, kind: str, *found: Data) -> None:
        wanted: dict[type[models.Model], set[str]] = {Source: set()}
        for model, data in _rows(kind, *found):
            for name, columns, _translated in plain_fields(model):
                if related := _related(columns[0]):
                    value = data.get(name)
                    wanted.setdefault(related, set()).update(value if isinstance(value, list) else [value or ""])
                elif isinstance(columns[0], RichTextField):
                    wanted[Source] |= {source for text in _texts(data.get(name)) for source in _cited(text)}
        self._names = {
            (model, str(obj.pk)): label(obj)
            for model, ids in wanted.items()
            for obj in model._default_manager.filter(pk__in=_uuids(ids))
        }

    def of(self, model: type[models.Model], id: str) -> str:
        return self._names.get((model, id)) or _("no longer there")


def lines(kind: str, data: Data, names: Names) -> dict[str, Line]:
    """Return the lines of an object by key, in the order of its form; fields without a word are left out."""
    found = {line.key: line for line in _lines(AGGREGATES[kind], data, names, prefix="", part="")}
    for number, (model, block) in enumerate(_own_rows(kind, data), start=1):
        if model:
            part = f"{number}. {capfirst(str(model._meta.verbose_name))}"
            prefix = f"{ROWS[kind].name}.{block['id']}."
            found |= {line.key: line for line in _lines(model, block, names, prefix=prefix, part=part)}
    return found


def _lines(model: type[models.Model], data: Data, names: Names, *, prefix: str, part: str) -> Iterator[Line]:
    for name, columns, translated in plain_fields(model):
        if not any(column.editable for column in columns):
            continue
        value = data.get(name)
        for language, column in zip(LANGUAGES if translated else ("",), columns, strict=True):
            single = (value or {}).get(language) if translated else value
            if text := _text(column, single, names):
                key = f"{prefix}{name}.{language}".rstrip(".")
                yield Line(key, part, name_of(column), language, text, _stored(column, single) or text)


def _text(column: models.Field, value: Any, names: Names) -> str:
    if isinstance(column, RichTextField):
        return plain_text(from_markdown(value or "")[0], cite=lambda source, at: _citation(names, source, at))
    if isinstance(column, models.ManyToManyField):
        return "\n".join(sorted(names.of(_related(column), one) for one in value or []))
    if isinstance(column, RenditionsField):
        return summary(value or [])
    # A zero is a value: the mildest level of a triage is one.
    if value in (None, "") or value is False:
        return ""
    if isinstance(column, models.ForeignKey):
        return names.of(_related(column), str(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if value is True:
        return _("yes")
    if isinstance(column, models.DateField) and not isinstance(value, str):
        return date_format(value)
    return str(value)


def _stored(column: models.Field, value: Any) -> str:
    """What tells values apart that read the same; empty where the text does."""
    if isinstance(column, models.ManyToManyField):
        return "\n".join(sorted(str(one) for one in value or []))
    return str(value or "") if isinstance(column, RichTextField | models.ForeignKey) else ""


def _related(column: models.Field) -> type[models.Model]:
    return cast(type[models.Model], column.related_model)


def _citation(names: Names, source: str, locator: str) -> str:
    return f" [{', '.join(part for part in (names.of(Source, source), locator) if part)}]"


def _rows(kind: str, *found: Data) -> Iterator[tuple[type[models.Model], Data]]:
    for data in found:
        yield AGGREGATES[kind], data
        yield from ((model, row) for model, row in _own_rows(kind, data) if model)


def _own_rows(kind: str, data: Data) -> list[tuple[type[models.Model] | None, Data]]:
    """The rows that belong to the object, each with its model; None for a kind that is known no longer."""
    rows = ROWS.get(kind)
    return [(rows.by_kind.get(row["kind"]), row) for row in data.get(rows.name, [])] if rows else []


def _texts(value: Any) -> list[str]:
    return [text for text in (value.values() if isinstance(value, Mapping) else [value]) if text]


def _cited(text: str) -> list[str]:
    return [source for source, _locator in citations(from_markdown(text)[0])]


def _uuids(ids: set[str]) -> list[UUID]:
    found = []
    for id in ids:
        try:
            found.append(UUID(str(id)))
        except ValueError:
            continue
    return found
