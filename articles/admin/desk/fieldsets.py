"""Fields of forms as HTML. A long text has hundreds of them, so each is asked once for what the page says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import AdminField, AdminReadonlyField, Fieldline, Fieldset
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.admin.desk.notes import Note
from articles.reader.templating import html_of


@dataclass(frozen=True, slots=True)
class _Field:
    """A field with its label and control as HTML. `id` is that of the control, empty where no label may name it."""

    name: str
    label: SafeString
    control: SafeString
    errors: SafeString | str
    help: str | Promise
    is_hidden: bool
    is_checkbox: bool
    id: str = ""
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """Fields side by side. One that is alone has its errors above the line, for its whole width."""

    fields: list[_Field]
    is_visible: bool

    @property
    def is_alone(self) -> bool:
        return len(self.fields) == 1

    @property
    def errors(self) -> SafeString | str:
        return self.fields[0].errors


def fieldset_html(fieldset: Fieldset, *, level: int, heading: str) -> SafeString:
    """Return a fieldset as HTML; `level` and `heading` are the level and the id of its heading, if it has one."""
    values = {"fieldset": fieldset, "lines": [_line(one) for one in fieldset], "level": level, "heading": heading}
    return mark_safe(html_of("desk/fieldset.html", values))


def _line(line: Fieldline) -> _Line:
    fields = [_read_only(one) if isinstance(one, AdminReadonlyField) else _field(one) for one in line]
    return _Line(fields, line.has_visible_field)


def _field(field: AdminField) -> _Field:
    bound = field.field
    errors = bound.errors
    return _Field(
        bound.name,
        field.label_tag(),
        bound.as_widget(),
        mark_safe(errors.as_ul()) if errors else "",
        bound.help_text,
        bound.is_hidden,
        field.is_checkbox,
        bound.id_for_label or "",
        getattr(bound.field, "desk_notes", ()),
    )


def _read_only(field: AdminReadonlyField) -> _Field:
    said: Any = field.field
    shown = format_html('<div class="readonly">{}</div>', field.contents())
    return _Field(said["name"], field.label_tag(), shown, "", said["help_text"], said["is_hidden"], is_checkbox=False)
