"""Where a list goes on: an opaque text that holds the key of the last item shown, and the list that it belongs to."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from articles.editions.times import moment, rfc3339

Key = tuple[datetime, UUID]
K = TypeVar("K")

_LONGEST = 300


class BadCursorError(ValueError):
    """Raised for a cursor that this list did not give out."""


def encode(scope: str, key: Key) -> str:
    """Return the cursor that goes on behind `key` in the list named `scope`, such as `article/ru`."""
    return _written(scope, f"{rfc3339(key[0])}~{key[1]}")


def decode(scope: str, cursor: str) -> Key:
    """Return the key in a cursor; raise BadCursorError unless `encode` wrote exactly this for the same list."""
    return _read(scope, cursor, encode, lambda words: (moment(words[0]), UUID(words[1])))


def encode_id(scope: str, id: UUID) -> str:
    """Return the cursor that goes on behind `id` in a list that is ordered by id."""
    return _written(scope, str(id))


def decode_id(scope: str, cursor: str) -> UUID:
    """Return the id in a cursor; raise BadCursorError unless `encode_id` wrote exactly this for the same list."""
    return _read(scope, cursor, encode_id, lambda words: UUID(words[0]))


def _written(scope: str, words: str) -> str:
    return base64.urlsafe_b64encode(f"{words}~{_check(scope, words)}".encode()).decode().rstrip("=")


def _read(scope: str, cursor: str, encode: Callable[[str, K], str], parse: Callable[[list[str]], K]) -> K:
    if not cursor or len(cursor) > _LONGEST or not cursor.isascii():
        raise BadCursorError(cursor[:_LONGEST])
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        *words, _ = text.split("~")
        key = parse(words)
        written = encode(scope, key)
    except (ValueError, IndexError, binascii.Error, OverflowError) as fault:
        raise BadCursorError(cursor) from fault
    if written != cursor:
        raise BadCursorError(cursor)
    return key


def _check(scope: str, words: str) -> str:
    return sha256(f"{scope}~{words}".encode()).hexdigest()[:12]
