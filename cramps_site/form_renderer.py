"""Labels and plain widgets of forms, written as Django's own templates have them.

A long form of the desk has hundreds, and walking a template for each took a third of the time of the whole page.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize

from articles.reader.templating import shown

_Values = Mapping[str, Any]


class FormRenderer(DjangoTemplates):
    """Everything that is not in the table is made by its template, as in stock."""

    def render(self, template_name: str, context: Any, request: Any = None) -> str:
        written = _WRITTEN.get(template_name)
        return written(context) if written else super().render(template_name, context, request)


def _attributes(attrs: _Values | None) -> str:
    return "".join(
        f" {shown(name)}" if value is True else f' {shown(name)}="{shown(value)}"'
        for name, value in (attrs or {}).items()
        if value is not False
    )


def _label(context: _Values) -> str:
    words = shown(context["label"])
    tag = context["tag"]
    return f"<{tag}{_attributes(context['attrs'])}>{words}</{tag}>" if context["use_tag"] else words.strip()


def _input(context: _Values) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{shown(widget["value"])}"'
    name = shown(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{_attributes(widget["attrs"])}>'


def _textarea(context: _Values) -> str:
    widget = context["widget"]
    words = shown(widget["value"]) if widget["value"] else ""
    # The first line break belongs to the markup: without it one that was typed would be lost.
    return f'<textarea name="{shown(widget["name"])}"{_attributes(widget["attrs"])}>\n{words}</textarea>'


def _select(context: _Values) -> str:
    widget = context["widget"]
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{shown(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: Any, options: list[dict[str, Any]]) -> str:
    written = "".join(f"\n{_option(one)}" for one in options)
    return f'\n<optgroup label="{shown(name)}">{written}\n</optgroup>' if name else written


def _option(option: _Values) -> str:
    words = shown(localize(option["label"]))
    return f'<option value="{shown(option["value"])}"{_attributes(option["attrs"])}>{words}</option>'


_WRITTEN: Mapping[str, Callable[[_Values], str]] = {
    "django/forms/label.html": _label,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    **{
        f"django/forms/widgets/{kind}.html": _input
        for kind in ("checkbox", "date", "email", "hidden", "number", "password", "text", "time", "url")
    },
}
