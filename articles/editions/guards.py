"""Database guards: no row of an immutable model is changed or removed, whoever asks.

A table remake on SQLite drops triggers without a word, so they are installed after every migrate, and a system check,
readiness and a test ask whether they are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

_FUNCTION = "articles_refuse_change"


def immutable_models() -> list[type[Model]]:
    """Return every installed model that declares itself immutable."""
    return [model for model in apps.get_models() if getattr(model, "mutability", None) == "immutable"]


def install_guards(using: str = "default") -> None:
    """Install every guard anew; tables that do not exist yet are left for the migrate that makes them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        tables = [model._meta.db_table for model in immutable_models() if model._meta.db_table in existing]
        for statement in _statements(connection, tables):
            cursor.execute(statement)


def remove_guards(using: str = "default") -> None:
    """Remove every guard: for `expunge` and for the reset between tests, nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for model in immutable_models():
            table = model._meta.db_table
            if table in existing:
                for name, _ in _guards(connection):
                    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_{name}"{on}')


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Run a block without guards and put them back whatever happens."""
    remove_guards(using)
    try:
        yield
    finally:
        install_guards(using)


def missing_guards(using: str = "default") -> list[str]:
    """Return the names of guards that should be in the database and are not."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = [f"{model._meta.db_table}_{name}" for model in immutable_models() for name, _ in _guards(connection)]
    return [name for name in wanted if name not in present]


def _guards(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    guards = [("never_updated", "BEFORE UPDATE"), ("never_deleted", "BEFORE DELETE")]
    return [*guards, ("never_truncated", "BEFORE TRUNCATE")] if connection.vendor == "postgresql" else guards


def _statements(connection: BaseDatabaseWrapper, tables: list[str]) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of % are written for good', TG_TABLE_NAME USING ERRCODE = '23514'; END $$"
        )
    for table in tables:
        for name, moment in _guards(connection):
            trigger = f'"{table}_{name}"'
            if connection.vendor == "postgresql":
                level = "STATEMENT" if "TRUNCATE" in moment else "ROW"
                yield f'DROP TRIGGER IF EXISTS {trigger} ON "{table}"'
                yield f'CREATE TRIGGER {trigger} {moment} ON "{table}" FOR EACH {level} EXECUTE FUNCTION {_FUNCTION}()'
            else:
                yield f"DROP TRIGGER IF EXISTS {trigger}"
                yield (
                    f'CREATE TRIGGER {trigger} {moment} ON "{table}" '
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are written for good'); END"
                )
