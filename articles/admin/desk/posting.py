"""What a browser sends for a field of a form."""

from typing import Any

from django.forms import BoundField, CheckboxInput, ModelMultipleChoiceField, SelectMultiple


def posted(field: BoundField) -> list[str]:
    """Return what a browser would send for the field as it stands."""
    value: Any = field.value()
    if isinstance(field.field.widget, CheckboxInput):
        return ["on"] if value else []
    if isinstance(field.field, ModelMultipleChoiceField) or isinstance(field.field.widget, SelectMultiple):
        return [str(getattr(one, "pk", one)) for one in value or []]
    written = field.field.widget.format_value(value)
    return [] if written is None else [str(written[0]) if isinstance(written, list) else str(written)]
