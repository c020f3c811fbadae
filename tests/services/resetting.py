"""The database after a test that committed: what a migrate leaves in it is put back as it was, not worked out anew.

Roles, permissions and content types are hundreds of rows, the same after every test; working them out takes far longer
than most tests do.
"""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections, transaction

from articles.editions.guards import missing_guards

# Database to what it has after a migrate: its triggers, and (table, columns, rows), what is referred to first.
_LEFT: dict[str, tuple[frozenset[str], list[tuple[str, list[str], list[tuple[Any, ...]]]]]] = {}


def put_back(verbosity: int, interactive: bool, db: str, **kwargs: Any) -> None:
    """Do what `emit_post_migrate_signal` does: the first time by itself, and where triggers are not those of then."""
    if db not in _LEFT or _LEFT[db][0] != _triggers(db):
        emit_post_migrate_signal(verbosity, interactive, db, **kwargs)
        _LEFT[db] = (_triggers(db), _filled(db))
        return
    connection = connections[db]
    with transaction.atomic(using=db), connection.cursor() as cursor:
        for table, columns, rows in _LEFT[db][1]:
            _insert(cursor, connection.ops.quote_name, table, columns, rows)
    ContentType.objects.clear_cache()


def rewind(db: str) -> bool:
    """Leave in a database what a migrate leaves, without a flush; return whether that was done.

    To truncate every table takes PostgreSQL far longer than to delete the few rows that a test has written. It wants a
    superuser, for whom no trigger runs meanwhile, guards that are all in place, and one flush of this process before.
    """
    connection = connections[db]
    is_able = connection.vendor == "postgresql" and db in _LEFT and _is_superuser(db)
    if not is_able or _LEFT[db][0] != _triggers(db) or missing_guards(db):
        return False
    quote = connection.ops.quote_name
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with transaction.atomic(using=db), connection.cursor() as cursor:
        # Whoever still writes is waited for, as he is by TRUNCATE.
        cursor.execute(f"LOCK TABLE {', '.join(map(quote, tables))} IN EXCLUSIVE MODE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"SELECT {', '.join(f'EXISTS (SELECT FROM {quote(table)})' for table in tables)}")
        filled = {table for table, has_rows in zip(tables, cursor.fetchone(), strict=True) if has_rows}
        changed = [one for one in _LEFT[db][1] if not _is_as_left(cursor, quote, *one)]
        untouched = {table for table, _columns, _rows in _LEFT[db][1]} - {table for table, *_ in changed}
        for table in filled - untouched:
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table, columns, rows in changed:
            _insert(cursor, quote, table, columns, rows)
    ContentType.objects.clear_cache()
    return True


def _is_superuser(db: str) -> bool:
    with connections[db].cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _is_as_left(cursor: Any, quote: Any, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> bool:
    cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)}")
    return sorted(map(repr, cursor.fetchall())) == sorted(map(repr, rows))


def _insert(cursor: Any, quote: Any, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)


def install() -> None:
    """Let every flush of this process end so."""
    flush.emit_post_migrate_signal = put_back  # type: ignore[attr-defined]


def uninstall() -> None:
    """Let it end as Django ends it."""
    flush.emit_post_migrate_signal = emit_post_migrate_signal  # type: ignore[attr-defined]


def _filled(db: str) -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Every table that has rows, those that refer to others behind them."""
    connection = connections[db]
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    found, done = [], set()
    with connection.cursor() as cursor:
        for model in models:
            table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
            cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, columns))} FROM {table}")
            if (rows := cursor.fetchall()) and table not in done:
                done.add(table)
                refers = sum(field.is_relation for field in model._meta.concrete_fields)
                found.append((refers, table, columns, rows))
    return [(table, columns, rows) for _refers, table, columns, rows in sorted(found, key=lambda one: one[0])]


def _triggers(db: str) -> frozenset[str]:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connections[db].vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connections[db].cursor() as cursor:
        cursor.execute(query)
        # Guards are lifted while a database is flushed, and put back by whoever lifted them.
        return frozenset(row[0] for row in cursor.fetchall() if row[0].startswith("touch_"))
