"""Immutable values that are compared by what they hold, and their canonical bytes. Plain Python."""

from collections.abc import Iterator
from typing import Any

import msgspec

from articles.canonical import canonical_json

Body = list[dict[str, Any]]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An immutable value. Reading is strict, so an unknown key is a fault and never lost."""


def inner_values(value: Value) -> Iterator[Value]:
    """Yield the values directly inside a value, in the order of its fields; running text has none."""
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if isinstance(held, Value):
            yield held
        elif isinstance(held, list):
            yield from (one for one in held if isinstance(one, Value))


def plain(value: Value) -> dict[str, Any]:
    """Return the value as JSON objects."""
    return msgspec.to_builtins(value)


def encoded(value: Value) -> bytes:
    """Return the canonical bytes (RFC 8785) of a document, an envelope or a part."""
    return canonical_json.dumps(plain(value))


def digest(value: Value) -> str:
    """Return SHA-256 of the canonical bytes; of a whole document this is its `content_digest`."""
    return canonical_json.digest_of_bytes(encoded(value))
