"""Immutable values that are compared by what they hold, and their canonical bytes. Plain Python."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from articles.canonical import canonical_json

Body = list[dict[str, Any]]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An immutable value. Reading is strict, so an unknown key is a fault and never lost."""


_V = TypeVar("_V", bound=Value)


def inner_values(value: Value) -> Iterator[Value]:
    """Yield the values directly inside a value, in the order of its fields; running text has none."""
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if isinstance(held, Value):
            yield held
        elif isinstance(held, list) and held and isinstance(held[0], Value):
            # Lists are of one class each.
            yield from held


def exchanged(value: _V, exchange: Callable[[Any], Any]) -> _V:
    """Return the value with every value directly inside it exchanged; the same object if none of them was."""
    changed: dict[str, Any] = {}
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if isinstance(held, Value):
            new: Any = exchange(held)
            differs = new is not held
        elif isinstance(held, list) and held and isinstance(held[0], Value):
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
