"""What would break a partner's program between two descriptions of the interface.

What we send may only gain members; what we take may only become wider. A new address, an optional parameter, a new member,
another kind of refusal or a wider limit is an addition. A new alternative in a list of kinds is one too: partners are told
to show the `html` of a block, and to fetch the item of an event, that they do not know.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

Description = Mapping[str, Any]
Way = Literal["sent", "taken"]

_METHODS = ("get", "post", "put", "patch", "delete")
# Closed lists that are told to grow.
_GROWING = {"kind", "event", "name"}


def breaking_changes(old: Description, new: Description) -> list[str]:
    """Return a sentence for everything that a program made for `old` could stumble over in `new`; empty for none."""
    return [*_paths(old, new)]


def _paths(old: Description, new: Description) -> Iterator[str]:
    for path, methods in old["paths"].items():
        for method in (name for name in _METHODS if name in methods):
            found = new["paths"].get(path, {}).get(method)
            place = f"{method.upper()} {path}"
            if found is None:
                yield f"{place} is gone"
            else:
                yield from _operation(_Pair(old, new), methods[method], found, place)


def _operation(pair: "_Pair", old: Mapping[str, Any], new: Mapping[str, Any], place: str) -> Iterator[str]:
    if old["operationId"] != new["operationId"]:
        yield f"{place} is called {new['operationId']} now"
    if _is_open(old) and not _is_open(new):
        yield f"{place} needs a key now"
    yield from _parameters(pair, old, new, place)
    yield from _body(pair, old.get("requestBody"), new.get("requestBody"), place)
    for status, answer in old["responses"].items():
        if status < "300":
            yield from _answer(pair, answer, new["responses"].get(status), f"{place} {status}")


def _is_open(operation: Mapping[str, Any]) -> bool:
    return {} in operation.get("security", [{}])


def _parameters(pair: "_Pair", old: Mapping[str, Any], new: Mapping[str, Any], place: str) -> Iterator[str]:
    known = {(one["name"], one["in"]): one for one in old["parameters"]}
    found = {(one["name"], one["in"]): one for one in new["parameters"]}
    for (name, where), one in known.items():
        if (name, where) not in found:
            yield f"{place} has no parameter {name} any more"
            continue
        here = f"{place} {name}"
        if found[name, where].get("required") and not one.get("required"):
            yield f"{here} is required now"
        yield from _compared(pair, one["schema"], found[name, where]["schema"], here, "taken", frozenset())
    for key, one in found.items():
        if key not in known and one.get("required"):
            yield f"{place} wants the new parameter {key[0]}"


def _body(pair: "_Pair", old: Any, new: Any, place: str) -> Iterator[str]:
    if old is None:
        if new is not None and new.get("required"):
            yield f"{place} wants a body now"
        return
    if new is None:
        yield f"{place} takes no body any more"
        return
    for media, one in old["content"].items():
        if media not in new["content"]:
            yield f"{place} takes no {media} any more"
        else:
            schema = new["content"][media]["schema"]
            yield from _compared(pair, one["schema"], schema, f"{place} body", "taken", frozenset())


def _answer(pair: "_Pair", old: Any, new: Any, place: str) -> Iterator[str]:
    if new is None:
        yield f"{place} is not answered any more"
        return
    after = pair.after(new).get("content", {})
    for media, one in pair.before(old).get("content", {}).items():
        if media not in after:
            yield f"{place} is no {media} any more"
        else:
            yield from _compared(pair, one["schema"], after[media]["schema"], place, "sent", frozenset())


class _Pair:
    """Follows references in both descriptions."""

    def __init__(self, old: Description, new: Description) -> None:
        self.old, self.new = old, new

    def before(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        return _followed(self.old, part)

    def after(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        return _followed(self.new, part)


def _followed(description: Description, part: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in part:
        found: Any = description
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def _compared(
    pair: _Pair, old: Mapping[str, Any], new: Mapping[str, Any], place: str, way: Way, seen: frozenset[tuple[str, str]]
) -> Iterator[str]:
    names = (str(old.get("$ref", "")), str(new.get("$ref", "")))
    if all(names):
        if names in seen:
            return
        seen |= {names}
    before, after = pair.before(old), pair.after(new)
    yield from _types(pair, before, after, place, way)
    yield from _values(before, after, place, way)
    yield from _limits(before, after, place, way)
    yield from _members(pair, before, after, place, way, seen)
    if "items" in before and "items" in after:
        yield from _compared(pair, before["items"], after["items"], f"{place}[]", way, seen)
    yield from _alternatives(pair, before, after, place, way, seen)


def _types(pair: _Pair, old: Mapping[str, Any], new: Mapping[str, Any], place: str, way: Way) -> Iterator[str]:
    before, after = _kinds(pair.old, old), _kinds(pair.new, new)
    if not before or not after:
        return
    if way == "sent" and (more := after - before):
        yield f"{place} may be {', '.join(sorted(more))} now"
    if way == "taken" and (less := before - after):
        yield f"{place} may not be {', '.join(sorted(less))} any more"


def _kinds(description: Description, schema: Mapping[str, Any]) -> set[str]:
    """The types of JSON that a value may have; empty where that is not said."""
    schema = _followed(description, schema)
    if "type" in schema:
        return {schema["type"]} if isinstance(schema["type"], str) else set(schema["type"])
    if "enum" in schema:
        return {_NAMES[type(value)] for value in schema["enum"]}
    parts = schema.get("anyOf") or schema.get("oneOf") or ()
    return {kind for part in parts for kind in _kinds(description, part)}


_NAMES = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
    list: "array",
    dict: "object",
}


def _values(old: Mapping[str, Any], new: Mapping[str, Any], place: str, way: Way) -> Iterator[str]:
    if "enum" not in old and "enum" not in new:
        return
    before, after = old.get("enum"), new.get("enum")
    last = place.rpartition(".")[2]
    if way == "sent" and before and (after is None or set(after) - set(before)) and last not in _GROWING:
        yield f"{place} may be something new: {_told(set(after or ()) - set(before))}"
    if way == "taken" and after and (before is None or set(before) - set(after)):
        yield f"{place} may not be any more: {_told(set(before or ()) - set(after))}"


def _told(values: set[Any]) -> str:
    return ", ".join(sorted(map(str, values))) or "anything"


def _limits(old: Mapping[str, Any], new: Mapping[str, Any], place: str, way: Way) -> Iterator[str]:
    for name, narrows in (("maximum", -1), ("maxLength", -1), ("maxItems", -1), ("minimum", 1), ("minLength", 1)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        # A limit that is new narrows, one that is gone widens.
        is_narrower = before is None or (after is not None and (after - before) * narrows > 0)
        if is_narrower == (way == "taken") and not (way == "sent" and before is None):
            yield f"{place} has another {name}: {after}"
    if way == "taken" and new.get("pattern") not in (None, old.get("pattern")):
        yield f"{place} has another pattern"


def _members(
    pair: _Pair, old: Mapping[str, Any], new: Mapping[str, Any], place: str, way: Way, seen: frozenset[tuple[str, str]]
) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed, wanted = set(old.get("required", ())), set(new.get("required", ()))
    for name, schema in before.items():
        here = f"{place}.{name}"
        if name not in after:
            yield f"{here} is gone"
            continue
        if way == "sent" and name in needed and name not in wanted:
            yield f"{here} may be missing now"
        if way == "taken" and name in wanted and name not in needed:
            yield f"{here} is required now"
        yield from _compared(pair, schema, after[name], here, way, seen)
    for name in wanted - set(before) if way == "taken" and before else ():
        yield f"{place}.{name} is required now"


def _alternatives(
    pair: _Pair, old: Mapping[str, Any], new: Mapping[str, Any], place: str, way: Way, seen: frozenset[tuple[str, str]]
) -> Iterator[str]:
    before, after = _parts(old), _parts(new)
    if not before or not after:
        return
    named = {_name(pair.new, part): part for part in after}
    for part in before:
        name = _name(pair.old, part)
        if name in named:
            yield from _compared(pair, part, named[name], place, way, seen)
        elif way == "taken" or name.startswith("#"):
            yield f"{place} has no alternative {name.rpartition('/')[2]} any more"


def _parts(schema: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = schema.get("anyOf") or schema.get("oneOf") or ()
    return found


def _name(description: Description, part: Mapping[str, Any]) -> str:
    """What tells an alternative apart: its reference, or its type."""
    return str(part.get("$ref") or "/".join(sorted(_kinds(description, part))))
