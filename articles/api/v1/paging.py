"""How lists go on: how many they hold, and from where."""

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext

from articles.answers import cursors
from articles.answers.problems import type_url
from articles.api.v1.parameters import Parameter, opaque, refuse, whole_number

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200

LIMIT = Parameter(
    "limit",
    whole_number(1, LARGEST_LIMIT),
    {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
    "How many items one answer holds at most.",
    default=DEFAULT_LIMIT,
)
CURSOR = Parameter(
    "cursor", opaque, {"type": "string"}, "Where the list goes on. Comes from `next` and is not made by hand."
)

K = TypeVar("K")


def key_in(cursor: str | None, scope: str, decode: Callable[[str, str], K]) -> K | None:
    """Return the key in a cursor, None without one; raise RefusedError for one that this list did not give out."""
    if cursor is None:
        return None
    try:
        return decode(scope, cursor)
    except cursors.BadCursorError:
        detail = gettext("It belongs to another list or language, or was changed on the way.")
        refuse([{"parameter": "cursor", "type": type_url("invalid-cursor"), "detail": detail, "hint": ""}])
