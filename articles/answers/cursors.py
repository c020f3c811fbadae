"""Where a list goes on: an opaque text that holds the key of the last item shown, and the list that it belongs to."""

import base64
import binascii
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from articles.editions.times import moment, rfc3339

Key = tuple[datetime, UUID]

_LONGEST = 300


class BadCursorError(ValueError):
    """Raised for a cursor that this list did not give out."""


def encode(scope: str, key: Key) -> str:
    """Return the cursor that goes on behind `key` in the list named `scope`, such as `article/ru`."""
    words = f"{rfc3339(key[0])}~{key[1]}"
    return base64.urlsafe_b64encode(f"{words}~{_check(scope, words)}".encode()).decode().rstrip("=")


def decode(scope: str, cursor: str) -> Key:
    """Return the key in a cursor; raise BadCursorError unless `encode` wrote exactly this for the same list."""
    if not cursor or len(cursor) > _LONGEST or not cursor.isascii():
        raise BadCursorError(cursor[:_LONGEST])
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        changed_at, item, _ = text.split("~")
        key = (moment(changed_at), UUID(item))
        written = encode(scope, key)
    except (ValueError, binascii.Error, OverflowError) as fault:
        raise BadCursorError(cursor) from fault
    if written != cursor:
        raise BadCursorError(cursor)
    return key


def _check(scope: str, words: str) -> str:
    return sha256(f"{scope}~{words}".encode()).hexdigest()[:12]
