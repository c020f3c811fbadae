"""What somebody typed, as the same plain data in which objects are saved, so that both can be compared.

The text is taken as it stands, also where it would be refused: this is for looking at, never for saving.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict

from articles.admin.desk.picture_uploads import opened
from articles.canonical.html_reading import read_html
from articles.canonical.languages import LANGUAGES
from articles.canonical.markdown import to_markdown
from articles.canonical.problems import Refused
from articles.content.aggregates import AGGREGATES, ROWS, Data, Rows, plain_fields
from articles.content.fields import LineField, PassageField, RichTextField, TableField
from articles.content.ordered_row import OrderedRow
from articles.content.renditions import RenditionsField

# The name of the field that says which deleted row a new one of the form is.
BRINGS_BACK = "brings_back"
# The columns that a form asked for, by the model of the object or row.
Asked = Mapping[type[models.Model], Collection[str]]


def typed(kind: str, post: QueryDict, asked: Asked | None = None, known: Data | None = None) -> Data:
    """Return the object of a posted form, its rows in the order that the form gave them.

    What the form did not ask for is taken from `known`: a column that somebody may not change is never sent, and is not
    thereby empty. Without `asked` the form asked for everything.
    """
    data = _row(AGGREGATES[kind], post, "", asked, known or {})
    if rows := ROWS.get(kind):
        known_rows = {row["id"]: row for row in (known or {}).get(rows.name, [])}
        found = _rows(rows, post, asked, known_rows)
        data[rows.name] = [row for _ordering, row in sorted(found, key=lambda one: one[0])]
    return data


def prefix_of(model: type[OrderedRow]) -> str:
    """Return the name under which a kind of row is posted: its formset's prefix."""
    parent: Any = next(field for field in model._meta.concrete_fields if field.name == "parent")
    return str(parent.remote_field.get_accessor_name())


def places(post: QueryDict, model: type[OrderedRow]) -> list[str]:
    """Return the prefix of every posted block of this kind, such as `textblock_set-3-`."""
    prefix = prefix_of(model)
    total = post.get(f"{prefix}-TOTAL_FORMS", "0")
    return [f"{prefix}-{number}-" for number in range(int(total) if total.isdecimal() else 0)]


def key_of(post: QueryDict, place: str) -> str:
    """Return the id of a posted block, or, for one that was never saved, its place in the form."""
    return post.get(f"{place}id") or post.get(place + BRINGS_BACK) or place.rstrip("-")


def _rows(rows: Rows, post: QueryDict, asked: Asked | None, known: Mapping[str, Data]) -> list[tuple[int, Data]]:
    found = []
    for model in rows.models:
        for place in places(post, model):
            if f"{place}DELETE" in post:
                continue
            id = key_of(post, place)
            block = {"id": id, "kind": model.kind} | _row(model, post, place, asked, known.get(id, {}))
            ordering = post.get(f"{place}ordering", "")
            found.append((int(ordering) if ordering.isdecimal() else 0, block))
    return found


def _row(model: type[models.Model], post: QueryDict, prefix: str, asked: Asked | None, known: Data) -> Data:
    data: Data = {}
    for name, columns, translated in plain_fields(model):
        if not any(column.editable for column in columns):
            continue
        values = [
            _value(column, post, f"{prefix}{column.name}") if asked is None or column.name in asked.get(model, ())
            else ((known.get(name) or {}).get(language) if translated else known.get(name))
            for language, column in zip(LANGUAGES if translated else ("",), columns, strict=True)
        ]  # fmt: skip
        data[name] = dict(zip(LANGUAGES, values, strict=True)) if translated else values[0]
    return data


def _value(column: models.Field, post: QueryDict, name: str) -> Any:
    if isinstance(column, models.ManyToManyField):
        return sorted(post.getlist(name))
    if isinstance(column, models.BooleanField):
        return name in post
    raw = post.get(name, "")
    if isinstance(column, PassageField):
        # A list that is chosen from instead of typed comes line by line.
        raw = "\n".join(post.getlist(name))
    if isinstance(column, RenditionsField):
        return kept.renditions if (kept := opened(raw)) else []
    if isinstance(column, RichTextField):
        return to_markdown(read_html(raw)[0])
    if isinstance(column, LineField | PassageField | TableField):
        try:
            return column.canonical(raw)
        except Refused:
            return raw
    if isinstance(column, models.DateField):
        return _day(column, raw)
    if isinstance(column, models.ForeignKey):
        return _id(raw)
    if isinstance(column, models.IntegerField):
        return int(raw) if raw.isdecimal() else raw
    return raw


def _day(column: models.DateField, raw: str) -> str | None:
    if not raw:
        return None
    try:
        return column.formfield().clean(raw).isoformat()  # type: ignore[union-attr]
    except ValidationError:
        return raw


def _id(raw: str) -> str | None:
    try:
        return str(UUID(raw))
    except ValueError:
        return raw or None
