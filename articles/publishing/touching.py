"""Triggers that write down every row that anybody changes and that a gist may have read.

Whoever writes, by a form, a loader, a bulk update or SQL by hand, cannot forget it, and it is written in the same
transaction. A table remake on SQLite drops triggers without a word, so they are installed after every migrate, and
where one was lacking every gist is made anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from articles.content.aggregates import AGGREGATES, ROWS
from articles.editions.shelf import Standing
from articles.editorial.confirmations import Confirmation
from articles.editorial.part_confirmations import PartConfirmation, PartRevocation
from articles.editorial.signoffs import Revocation, SignOff
from articles.editorial.transitions import Transition
from articles.publishing.gists import GistState, Touched

_FUNCTION = "articles_touched"
# PostgreSQL cuts longer names, and two that are cut alike would be one.
_LONGEST = 63


@dataclass(frozen=True)
class Watched:
    """A table, and the column that names the row whose readers a change in it concerns.

    No trigger looks into another table: SQLite could not make that one anew while it does.
    """

    table: str
    column: str


def watched() -> list[Watched]:
    """Return every table that gists are read from, found in the models, so that a kind or a relation that is added is
    watched without being listed here."""
    models: list[type[Model]] = list(AGGREGATES.values())
    rows: list[type[Model]] = [model for one in ROWS.values() for model in one.models]
    found = [_by(model, "id") for model in models]
    found += [_by(row, "parent") for row in rows]
    found += [_by(model, "item") for model in (Standing, Confirmation, Transition, SignOff, Revocation)]
    found += [_by(model, "part") for model in (PartConfirmation, PartRevocation)]
    for model in [*models, *rows]:
        found += [Watched(many.m2m_db_table(), many.m2m_column_name()) for many in model._meta.many_to_many]
    # A row's own readers too: an option of an evidence table has sources of its own.
    found += [_by(row, "id") for row in rows]
    return list(dict.fromkeys(found))


def _by(model: type[Model], field: str) -> Watched:
    return Watched(model._meta.db_table, str(model._meta.get_field(field).column))  # type: ignore[union-attr]


def install_touching(using: str = "default") -> None:
    """Install what is lacking and remove triggers of older code; where one was lacking, every gist is old."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        if not {Touched._meta.db_table, GistState._meta.db_table} <= existing:
            return
        wanted = _wanted(connection, existing)
        present = _present(connection)
        lacking = wanted.keys() - present.keys()
        for name in present.keys() - wanted.keys():
            on = f' ON "{present[name]}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')
        if lacking and connection.vendor == "postgresql":
            cursor.execute(_function())
        for name in sorted(lacking):
            cursor.execute(f'CREATE TRIGGER "{name}" {wanted[name]}')
    if lacking:
        GistState.objects.using(using).update(recipe="")


def missing_touching(using: str = "default") -> list[str]:
    """Return the names of triggers that should be in the database and are not; none where gists have no tables yet."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
    if not {Touched._meta.db_table, GistState._meta.db_table} <= existing:
        return []
    return sorted(_wanted(connection, existing).keys() - _present(connection).keys())


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers of this module that are in the database, each with its table."""
    query = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table for name, table in cursor.fetchall() if name.startswith("touch_")}


def _wanted(connection: BaseDatabaseWrapper, existing: set[str]) -> Mapping[str, str]:
    """Name to definition. A name says what is defined, so that a trigger of older code is known by it."""
    define, function = (_of_postgres, _function()) if connection.vendor == "postgresql" else (_of_sqlite, "")
    found = {}
    for one in watched():
        for event, definition in define(one) if one.table in existing else ():
            name = f"touch_{sha256((definition + function).encode()).hexdigest()[:8]}_{event}_{one.table}_{one.column}"
            found[name[:_LONGEST].lower()] = definition
    return found


def _of_sqlite(one: Watched) -> Iterator[tuple[str, str]]:
    for event, sides in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        # A revocation from before it named its item has none.
        columns = [f'{side}."{one.column}"' for side in sides]
        rows = " UNION ".join(f"SELECT {column} WHERE {column} IS NOT NULL" for column in columns)
        into = f'INSERT INTO "{Touched._meta.db_table}" ("row") {rows}'
        yield event, f'AFTER {event} ON "{one.table}" BEGIN {into}; END'


def _of_postgres(one: Watched) -> Iterator[tuple[str, str]]:
    for event in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
        level = "STATEMENT" if event == "TRUNCATE" else "ROW"
        call = f"EXECUTE FUNCTION {_FUNCTION}('{one.column}')"
        yield event, f'AFTER {event} ON "{one.table}" FOR EACH {level} {call}'


def _function() -> str:
    into = f'INSERT INTO "{Touched._meta.db_table}" ("row")'
    sides = "".join(
        f"IF TG_OP <> '{other}' AND to_jsonb({side}) ->> TG_ARGV[0] IS NOT NULL THEN "
        f"{into} VALUES ((to_jsonb({side}) ->> TG_ARGV[0])::uuid); END IF; "
        for side, other in (("OLD", "INSERT"), ("NEW", "DELETE"))
    )
    return (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'TRUNCATE' THEN UPDATE \"{GistState._meta.db_table}\" SET recipe = ''; RETURN NULL; END IF; "
        f"{sides}RETURN NULL; END $$"
    )
