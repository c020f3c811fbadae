"""Schemas in words: what a member is, in one line with links, and a shape as the list of its members."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from articles.api.v1.docs.markdown import inline

Schema = Mapping[str, Any]

SHAPES = "#/components/schemas/"
_CHOSEN = "Selection"


@dataclass(frozen=True)
class Member:
    name: str
    is_required: bool
    words: SafeString
    about: SafeString


@dataclass(frozen=True)
class ShapeView:
    """A component: its anchor, what it is, and its members; `words` where it has none."""

    name: str
    about: SafeString
    members: list[Member]
    words: SafeString | str


def anchor(name: str) -> str:
    """Return the anchor of a component."""
    return f"shape-{name}"


def shape(name: str, schema: Schema) -> ShapeView:
    """Return a component as the page shows it."""
    members = [
        Member(own, own in schema.get("required", ()), words(part), inline(_about(part)))
        for own, part in schema.get("properties", {}).items()
    ]
    return ShapeView(name, inline(_about(schema)), members, "" if members else words(schema))


def is_shown(name: str) -> bool:
    """Return whether a component has a place of its own: a selection is said where it is used."""
    return not name.endswith(_CHOSEN)


def words(schema: Schema) -> SafeString:
    """Return what a value is, with links to components and every limit."""
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(SHAPES)
        return format_html('<a href="#{}">{}</a>', anchor(name), name)
    if "anyOf" in schema or "oneOf" in schema:
        return _either(schema.get("anyOf") or schema["oneOf"])
    if "enum" in schema:
        return _or([_code(value) for value in schema["enum"]])
    if "const" in schema:
        return _code(schema["const"])
    kind: Any = schema.get("type")
    if isinstance(kind, list):
        return _or([_or([words({**schema, "type": one})]) for one in kind])
    if kind == "array":
        return _and(_listed(schema), _limits(schema))
    return _and(_NAMES[kind]() if kind in _NAMES else pgettext("type of a value", "anything"), _limits(schema))


def _listed(schema: Schema) -> SafeString:
    item = schema.get("items")
    if not item:
        return format_html("{}", pgettext("type of a value", "list"))
    return format_html("{} {}", pgettext("type of a value", "list of:"), words(item))


def _either(parts: list[Schema]) -> SafeString:
    chosen = [one for one in parts if str(one.get("$ref", "")).endswith(_CHOSEN)]
    told = _or([words(one) for one in parts if one not in chosen])
    return format_html("{} ({})", told, gettext("with “fields”, some of its members")) if chosen else told


_NAMES: Mapping[str, Any] = {
    "string": lambda: pgettext("type of a value", "text"),
    "integer": lambda: pgettext("type of a value", "whole number"),
    "number": lambda: pgettext("type of a value", "number"),
    "boolean": lambda: pgettext("type of a value", "true or false"),
    "object": lambda: pgettext("type of a value", "object"),
    "null": lambda: "null",
}


def _limits(schema: Schema) -> list[SafeString]:
    """What a value must keep to. Names of keywords stay as they are in JSON Schema."""
    told: list[SafeString] = []
    if "format" in schema:
        told.append(_code(schema["format"], quoted=False))
    if "minimum" in schema and "maximum" in schema:
        told.append(format_html("{}–{}", schema["minimum"], schema["maximum"]))
    elif "minimum" in schema:
        told.append(format_html("≥ {}", schema["minimum"]))
    elif "maximum" in schema:
        told.append(format_html("≤ {}", schema["maximum"]))
    if "maxLength" in schema:
        told.append(format_html(gettext("at most {} characters"), schema["maxLength"]))
    if "maxItems" in schema:
        told.append(format_html(gettext("at most {}"), schema["maxItems"]))
    if "pattern" in schema:
        told.append(_code(schema["pattern"], quoted=False))
    if "default" in schema:
        told.append(format_html("{} {}", gettext("without it:"), _code(schema["default"])))
    return told


def _about(schema: Schema) -> str:
    return " ".join(str(schema.get("description", "")).split())


def _code(value: Any, *, quoted: bool = True) -> SafeString:
    return format_html("<code>{}</code>", json.dumps(value, ensure_ascii=False) if quoted else value)


def _or(parts: Iterable[SafeString]) -> SafeString:
    between = format_html(" {} ", pgettext("type of a value", "or"))
    return format_html_join(between, "{}", ((part,) for part in parts))


def _and(first: str | Promise | SafeString, rest: Iterable[SafeString]) -> SafeString:
    return format_html_join(", ", "{}", ((part,) for part in (first, *rest)))
