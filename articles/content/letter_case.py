"""Searching without regard to case on SQLite, in Cyrillic too: SQLite itself folds the 26 Latin letters only."""

import re
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def fold_every_alphabet(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give a new SQLite connection a `LIKE` that knows Unicode; other databases have one."""
    if connection.vendor == "sqlite":
        for count in (2, 3):
            connection.connection.create_function("like", count, _like, deterministic=True)


def _like(pattern: str | None, value: Any, escape: str = "") -> bool | None:
    if pattern is None or value is None:
        return None
    return _compiled(pattern, escape).fullmatch(str(value).casefold()) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str, escape: str) -> re.Pattern[str]:
    pieces: list[str] = []
    signs = iter(pattern)
    for sign in signs:
        if escape and sign == escape:
            pieces.append(re.escape(next(signs, "").casefold()))
        else:
            pieces.append({"%": ".*", "_": "."}.get(sign) or re.escape(sign.casefold()))
    return re.compile("".join(pieces), re.DOTALL)
