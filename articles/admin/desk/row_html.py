"""Rows of an object in its form, as HTML: blocks of a text, options of a table, answers of a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import InlineAdminForm
from django.utils.safestring import SafeString, mark_safe

from articles.admin.desk.fieldsets import fieldset_html
from articles.admin.desk.row_forms import BlankRow, PlacedRow, RowWords
from articles.admin.desk.typed import BRINGS_BACK
from articles.reader.templating import html_of

# Beside the heading of the list and those of its form's parts.
_LEVEL = 4


@dataclass(frozen=True)
class RowList:
    """What all rows of a form have in common. `first_kind` is the prefix of the first kind that can be inserted, empty
    where this person inserts none; `has_menu` says that they choose the kind. `empty` is the length of a new row, None
    where rows have no length.
    """

    words: RowWords
    first_kind: str
    has_menu: bool
    empty: Any

    @property
    def values(self) -> dict[str, Any]:
        """What templates of rows are given."""
        return {
            "words": self.words,
            "may_insert": bool(self.first_kind),
            "first_kind": self.first_kind,
            "has_menu": self.has_menu,
        }


def row_list(context: Mapping[str, Any]) -> RowList:
    """Return what the context of a form's page says of its rows."""
    blank: list[BlankRow] = context.get("blank_blocks") or []
    tools = context.get("tools") or {}
    return RowList(
        context["row_words"],
        blank[0].prefix if blank else "",
        bool(context.get("insert_menu")),
        tools.get("empty") if tools.get("length") else None,
    )


def insert_html(rows: RowList) -> SafeString:
    """Return the button that inserts the first row."""
    return mark_safe(html_of("desk/insert_row.html", rows.values | {"at_top": True}))


def row_html(row: PlacedRow | BlankRow, rows: RowList) -> SafeString:
    """Return one row: what it says while it is closed, its fields, and what colleagues say of it."""
    form = row.form
    tools = None if row.is_blank else form.instance.desk_tools
    length = tools.length if tools else rows.empty
    values = {
        "row": row,
        "form": form,
        "fieldsets": [
            fieldset_html(one, level=_LEVEL, heading=f"{form.prefix}-0-{number}-heading")
            for number, one in enumerate(row.admin_form)
        ],
        "errors": form.non_field_errors() or "",
        "unseen": _unseen(row.admin_form),
        "deletion": form["DELETE"] if "DELETE" in form.fields else "",
        "thread": tools.thread if tools else None,
        "length": length if rows.empty is not None else None,
    }
    return mark_safe(html_of("desk/row.html", rows.values | values))


def _unseen(admin_form: InlineAdminForm) -> SafeString:
    """What says whose row it is."""
    form = admin_form.form
    fields = [
        admin_form.pk_field().field if admin_form.needs_explicit_pk_field() else "",
        form[BRINGS_BACK] if BRINGS_BACK in form.fields else "",
        key.field if (key := admin_form.fk_field()) else "",
    ]
    return mark_safe("\n".join(str(one) for one in fields))
