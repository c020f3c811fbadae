"""A local copy of the shelf for one test, and what stands in it beside what stands in the shared database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from articles.editions import mirror_place, shared_database
from articles.editions.mirror_place import ALIAS, TABLES
from cramps_site.settings import environment


@contextmanager
def a_local_copy(directory: Path) -> Iterator[Path]:
    """Keep a local copy in this directory within the block; it holds nothing before somebody catches up."""
    path = directory / "shelf.sqlite3"
    given = {DEFAULT_DB_ALIAS: connections.settings[DEFAULT_DB_ALIAS], ALIAS: environment.local_copy(str(path))}
    connections.settings[ALIAS] = connections.configure_settings(given)[ALIAS]
    # Django lets a test connect only to what it rolls back afterwards. A copy is thrown away with its directory.
    otherwise = DatabaseWrapper.ensure_connection

    def ensure_connection(self: DatabaseWrapper) -> None:
        if self.alias != ALIAS:
            otherwise(self)
        elif self.connection is None:
            with self.wrap_database_errors:
                self.connect()

    try:
        with mock.patch.object(DatabaseWrapper, "ensure_connection", ensure_connection):
            yield path
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]
        shared_database.unwatch()


def differences() -> list[str]:
    """Every table that is not the same in the copy, with the first row that differs; empty where all are."""
    assert mirror_place.attached(), "there is no copy"
    found = []
    for model in TABLES:
        there, here = _rows(model, DEFAULT_DB_ALIAS), _rows(model, ALIAS)
        if there != here:
            apart = sorted(str(row) for row in {*there.items()} ^ {*here.items()})
            found.append(f"{model.__name__}: {len(there)} there, {len(here)} here; {apart[0][:300]}")
    return found


def _rows(model: Any, using: str) -> dict[Any, tuple[Any, ...]]:
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(using).values_list("pk", *columns)
    return {row[0]: row[1:] for row in rows}


def bytes_of(path: Path) -> bytes:
    """Everything that lies in the directory of a copy, in whatever file."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()) if file.is_file())
