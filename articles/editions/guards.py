"""Database guards: no row of an immutable model is changed or removed, whoever asks.

A table remake on SQLite drops triggers without a word, so they are installed after every migrate, and a system check,
readiness and a test ask whether they are there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

_FUNCTION = "articles_refuse_change"

# On PostgreSQL the guards ask this setting which tables are being erased from; it ends with its transaction.
_SETTING = "articles.erasing"

# Returns rows of a model past its manager, which refuses every change.
Rows = Callable[[type[Model]], QuerySet[Any]]


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
    """Remove every guard: for the reset between tests, nothing else."""
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


@contextmanager
def erasing(*models: type[Model], using: str = "default") -> Iterator[Rows]:
    """Let this transaction, and no other, update rows of these tables: the way past the guards for `expunge`.

    Nothing may be deleted even so. On PostgreSQL the guards stay and let through who has said what is erased, until the
    transaction ends. On SQLite the transaction already keeps every other writer out; the UPDATE guard is taken away
    and put back before anybody else can write. A fault in the block undoes both. Raises TransactionManagementError
    outside a transaction.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("erasing happens inside the transaction of its journal lines")
    tables = [model._meta.db_table for model in models]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config(%s, %s, true)", [_SETTING, ",".join(tables)])
            yield lambda model: QuerySet(model, using=using)
            cursor.execute("SELECT set_config(%s, '', true)", [_SETTING])
        else:
            for table in tables:
                cursor.execute(f'DROP TRIGGER "{table}_never_updated"')
            yield lambda model: QuerySet(model, using=using)
            for statement in _statements(connection, tables):
                cursor.execute(statement)


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
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = ANY (string_to_array(current_setting('{_SETTING}', true), ',')) "
            "THEN RETURN NEW; END IF; "
            "RAISE EXCEPTION 'rows of % are written for good', TG_TABLE_NAME USING ERRCODE = '23514'; END $$"
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
