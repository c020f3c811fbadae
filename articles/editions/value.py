"""Immutable values that are compared by what they hold, and their canonical bytes. Plain Python."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args

import msgspec

from articles.canonical import canonical_json

Body = list[dict[str, Any]]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An immutable value. Reading is strict, so an unknown key is a fault and never lost."""


_V = TypeVar("_V", bound=Value)


def inner_values(value: Value) -> Iterator[Value]:
    """Yield the values directly inside a value, in the order of its fields; running text has none."""
    for name in _holders(type(value)):
        held = getattr(value, name)
        if isinstance(held, Value):
            yield held
        elif held:
            # Lists are of one class each.
            yield from held


def exchanged(value: _V, exchange: Callable[[Any], Any]) -> _V:
    """Return the value with every value directly inside it exchanged; the same object if none of them was."""
    changed: dict[str, Any] = {}
    for name in _holders(type(value)):
        held = getattr(value, name)
        if isinstance(held, Value):
            new: Any = exchange(held)
            differs = new is not held
        elif held:
            new = [exchange(one) for one in held]
            differs = any(one is not other for one, other in zip(new, held, strict=True))
        else:
            continue
        if differs:
            changed[name] = new
    return msgspec.structs.replace(value, **changed) if changed else value


def plain(value: Value) -> dict[str, Any]:
    """Return the value as JSON objects."""
    return msgspec.to_builtins(value)


def encoded(value: Value) -> bytes:
    """Return the canonical bytes (RFC 8785) of a document, an envelope or a part."""
    return canonical_json.dumps(plain(value))


def digest(value: Value) -> str:
    """Return SHA-256 of the canonical bytes; of a whole document this is its `content_digest`."""
    return canonical_json.digest_of_bytes(encoded(value))


@cache
def _holders(shape: type[Value]) -> tuple[str, ...]:
    """The fields of a class in which values stand, alone or in a list: a text is asked again and again, and most of
    its blocks have none."""
    return tuple(field.name for field in msgspec.structs.fields(shape) if _may_be_values(field.type))


def _may_be_values(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return True
    return any(_may_be_values(one) for one in get_args(annotation))
