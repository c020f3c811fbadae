"""Where a query goes: the shelf of a reader's answer to the local copy, everything else to the shared database."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.models import Model

from articles.editions import mirror_place, shared_database
from articles.editions.mirror_place import ALIAS, TABLES
from cramps_site.at_work import AT_WORK

_COPIED = frozenset(TABLES)


class ShelfRouter:
    """Django asks it of every query that names no database."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return the copy within `mirror_place.reading()`, for what it has. What it has not is never waited for: raises
        OperationalError while the shared database is away, or silent while many wait."""
        if not mirror_place.reads_here():
            return None
        if model in _COPIED:
            return ALIAS
        if shared_database.is_away() or AT_WORK.is_crowded():
            raise OperationalError("the shared database is away")
        return DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """Nothing is ever written to the copy, not even what was read from it."""
        return DEFAULT_DB_ALIAS if mirror_place.is_on() else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """The copy's tables are made with it."""
        return False if db == ALIAS else None
