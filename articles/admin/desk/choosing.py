"""Choosing another object by typing: the stock autocomplete, without a query for each field of a long form."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.forms import BaseForm


class _Known:
    """Mixed into a stock picker: `known` holds names by id that are at hand; others are asked for, as in stock."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        own: Any = self
        chosen = [str(one) for one in value if str(one) not in own.choices.field.empty_values]
        if not all(one in self.known for one in chosen):
            return super().optgroups(name, _well_formed(value), attr)  # type: ignore[misc]
        stock = [] if own.is_required or own.allow_multiple_selected else [own.create_option(name, "", "", False, 0)]
        options = [own.create_option(name, one, self.known[one], True, number) for number, one in enumerate(chosen)]
        return [(None, [*stock, *options], 0)]


class ChosenOne(_Known, AutocompleteSelect):
    """Chooses one object."""


class ChosenSeveral(_Known, AutocompleteSelectMultiple):
    """One after another is taken out; a single press that clears all of them loses more than it helps."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


def already_known(form: BaseForm, field: str, *objects: models.Model) -> None:
    """Tell the field's picker the names of the objects that the row shows, which came with the row."""
    widget = form.fields[field].widget
    picker = getattr(widget, "widget", widget)
    if isinstance(picker, ChosenOne | ChosenSeveral):
        picker.known |= {str(obj.pk): str(obj) for obj in objects}


def _well_formed(value: Sequence[str]) -> list[str]:
    """Only ids: a tampered value is an error at its field, while the stock widget answers it with a crash."""
    kept = []
    for one in value:
        try:
            kept.append(str(UUID(str(one))))
        except ValueError:
            continue
    return kept
