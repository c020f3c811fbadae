"""An empty database gets in one step what one of before came to in twelve."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db

_APART = "went_through_every_step"

# What a schema of PostgreSQL consists of. Triggers come after every migrate, from the code and not from a migration.
_POSTGRESQL = """
SELECT 'column', relname || ' ' || attnum, concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull,
       attidentity, attgenerated, attcollation, pg_get_expr(adbin, adrelid))
  FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE relnamespace = %(of)s::regnamespace AND relkind IN ('r', 'v', 'm', 'p') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint', conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = %(of)s::regnamespace
UNION ALL
SELECT 'index', tablename || ' ' || indexname, indexdef FROM pg_indexes WHERE schemaname = %(of)s
UNION ALL
SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc
 WHERE pronamespace = %(of)s::regnamespace AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql')
UNION ALL
SELECT 'relation', relname, relkind::text FROM pg_class
 WHERE relnamespace = %(of)s::regnamespace AND relkind NOT IN ('i', 't')
"""


def test_both_ways_end_in_the_same_tables(tmp_path: Path) -> None:
    in_one_step = _schema_of(connection)
    with _empty_database(tmp_path) as empty:
        _go_through_every_step(empty)
        in_twelve = _schema_of(empty)
    assert sum(kind == "constraint" or "CONSTRAINT" in said for (kind, _), said in in_twelve.items()) > 30
    assert {key: said for key, said in in_one_step.items() if in_twelve.get(key) != said} == {}
    assert in_twelve.keys() == in_one_step.keys()


def test_a_database_of_before_needs_no_step() -> None:
    """It has applied all twelve, and is told that this is the same as the one."""
    loader = MigrationLoader(connection)
    squashed = ("articles", "0001_squashed_0012_parts_of_words")
    loader.applied_migrations.pop(squashed)
    for key in loader.disk_migrations[squashed].replaces:
        assert key in loader.applied_migrations, "a migrate records what it stands for"
    executor = MigrationExecutor(connection)
    executor.recorder.record_unapplied(*squashed)
    executor.loader.build_graph()
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert squashed in executor.recorder.applied_migrations()


@pytest.mark.parametrize("last", ["0003_the_whole_desk", "0009_workflow", "0011_lists_and_candidates"])
def test_a_database_that_was_left_in_the_middle_goes_on_from_there(last: str) -> None:
    executor = MigrationExecutor(connection)
    squashed = executor.loader.disk_migrations["articles", "0001_squashed_0012_parts_of_words"]
    steps = [name for _app, name in squashed.replaces]
    left = steps[steps.index(last) + 1 :]
    since = {name for app, name in executor.loader.disk_migrations if app == "articles"} - set(steps)
    for name in [*left, *since]:
        executor.recorder.record_unapplied("articles", name)
    executor.loader.build_graph()
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes("articles"))
    assert [one.name for one, _backwards in plan][: len(left)] == left
    assert squashed.name not in {one.name for one, _backwards in plan}


def _go_through_every_step(empty: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(empty)
    executor.loader = MigrationLoader(empty, replace_migrations=False)
    leaves = [key for key in executor.loader.graph.leaf_nodes() if not executor.loader.disk_migrations[key].replaces]
    # Of other apps first: every step of theirs would make the classes of all our models anew.
    others = [key for key in leaves if key[0] not in ("articles", "triage")]
    executor.migrate(others)
    executor.loader.build_graph()
    executor.migrate(leaves)
    assert ("articles", "0012_parts_of_words") in executor.recorder.applied_migrations()


@contextmanager
def _empty_database(tmp_path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A file of its own, or a schema of its own that is gone after the test. Migrations ask for the default database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {_APART}")
            cursor.execute(f"SET LOCAL search_path = {_APART}")
            yield connections["default"]
            cursor.execute("SET LOCAL search_path TO DEFAULT")
        return
    usual: Any = connections["default"]
    apart = usual.copy()
    apart.settings_dict["NAME"] = str(tmp_path / "empty.sqlite3")
    connections["default"] = apart
    try:
        yield apart
    finally:
        connections["default"] = usual
        apart.close()


def _schema_of(one: BaseDatabaseWrapper) -> dict[tuple[str, str], str]:
    with one.cursor() as cursor:
        if one.vendor == "sqlite":
            cursor.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE type <> 'trigger'")
            return {(kind, name): said for kind, name, said in cursor.fetchall()}
        cursor.execute("SELECT current_schema()")
        [schema] = cursor.fetchone()
        cursor.execute(_POSTGRESQL, {"of": schema})
        return {(kind, name): said.replace(f"{schema}.", "") for kind, name, said in cursor.fetchall()}
