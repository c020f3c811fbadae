"""Searching without regard to case on SQLite, in Cyrillic too: SQLite itself folds the 26 Latin letters only."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

_WILD = {"%": ".*", "_": "."}


def fold_every_alphabet(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give a new SQLite connection a `LIKE` that knows Unicode; other databases have one."""
    if connection.vendor == "sqlite":
        for count in (2, 3):
            connection.connection.create_function("like", count, _like, deterministic=True)


def _like(pattern: str | None, value: Any, escape: str = "") -> bool | None:
    if pattern is None or value is None:
        return None
    return _fits(pattern, escape)(str(value).casefold())


@lru_cache(maxsize=256)
def _fits(pattern: str, escape: str) -> Callable[[str], bool]:
    """Return what says whether a folded value fits a pattern."""
    signs = iter(pattern)
    pieces: list[tuple[bool, str]] = []
    for sign in signs:
        is_escaped = bool(escape) and sign == escape
        pieces.append((not is_escaped and sign in _WILD, next(signs, "") if is_escaped else sign))
    inner = pieces[1:-1]
    # What is asked nearly always: words anywhere, with thousands of values.
    if len(pieces) > 1 and pieces[0] == pieces[-1] == (True, "%") and not any(is_wild for is_wild, _ in inner):
        words = "".join(sign for _, sign in inner).casefold()
        return lambda value: words in value
    fitting = re.compile(
        "".join(_WILD[sign] if is_wild else re.escape(sign.casefold()) for is_wild, sign in pieces), re.DOTALL
    )
    return lambda value: fitting.fullmatch(value) is not None
