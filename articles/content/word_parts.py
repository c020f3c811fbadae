"""The index of parts of words, by which an editor finds a text or a source by any stretch of its title.

PostgreSQL has an index over an expression, made in the migration `0012_parts_of_words`, and keeps it itself. On SQLite
an FTS5 table with trigrams is kept by triggers, in the transaction of whoever writes. They are SQL alone, so nobody who
writes can pass them by, whatever the program. A table remake drops triggers without a word, so they are installed after
every migrate, and where one was lacking the index is made anew.

FTS5 keeps no text, only trigrams with the number of their row, which stands in a table of ours: numbers of SQLite's own
may be dealt out anew by VACUUM.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from articles.content.sources import Source
from articles.content.texts import Text

TRIGRAMS, TERMS, ROWS = "articles_word_parts", "articles_word_parts_terms", "articles_word_parts_rows"

# Between columns, so that no word begins in one and ends in the next, and behind the last one, so that every letter
# begins a trigram. No text can hold it.
BETWEEN = "\x1f"
# Characters whose capitals FTS5 and Python bring into one letter each, and the same one; a test asks every one of them.
# Of ß, of ligatures and of alphabets that were encoded lately they make different things. Rows that have such
# characters are always looked through.
ALIKE = (
    "\t-ÞàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀ-įıĲ-ňŊ-ǯǱ-ɏΑ-ΡΣ-Ωά-ία-ώЀ-ԧ֐-႟Ḁ-ẕẠ-ỿ\u2000-\u2bff\u2e00-\ua63f"
    "\uac00-\ud7a3\uf900-\ufaff\ufe00-\ufeff\uff00-\uffef\U0001f000-\U0001faff\U00020000-\U0002fa1f"
)


@dataclass(frozen=True)
class Searched:
    """A table and its columns that are searched. `kind` is its column that says what a row is, where kinds share it."""

    model: type[Model]
    columns: tuple[str, ...]
    kind: str = ""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def kinds(self) -> str:
        """What a row is, as SQL."""
        return f'"{self.kind}"' if self.kind else f"'{self.model._meta.model_name}'"

    def kind_of(self, model: type[Model]) -> str:
        """Return what rows of this model are, a proxy of the table's own; empty for rows of all kinds."""
        return str(getattr(model, "kind", "")) if self.kind else str(model._meta.model_name)


# What grows with the site. Of other kinds there are hundreds, which are compared one by one.
TEXTS = Searched(Text, ("title_ru", "title_en", "slug_ru", "slug_en", "summary_ru", "summary_en"), "text_kind")
SOURCES = Searched(
    Source,
    ("authors", "issued", "title", "translated_title_ru", "translated_title_en", "publisher", "container", "doi",
     "pmid"),
)  # fmt: skip
SEARCHED = (TEXTS, SOURCES)


def install_word_parts(using: str = "default") -> None:
    """Install triggers that are lacking and remove those of older code; where one was lacking, make the index anew."""
    connection = connections[using]
    if not _has_index(connection):
        return
    wanted, present = _wanted(), _present(connection)
    if wanted.keys() == present:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name in present - wanted.keys():
            cursor.execute(f'DROP TRIGGER "{name}"')
        for name in wanted.keys() - present:
            cursor.execute(f'CREATE TRIGGER "{name}" {wanted[name]}')
        cursor.execute(f"INSERT INTO {TRIGRAMS} ({TRIGRAMS}) VALUES ('delete-all')")
        cursor.execute(f"DELETE FROM {ROWS}")
        for one in SEARCHED:
            cursor.execute(
                f'INSERT INTO {ROWS} (item, kind, is_odd) SELECT id, {one.kinds}, {_is_odd(one)} FROM "{one.table}"'
            )
            cursor.execute(
                f"INSERT INTO {TRIGRAMS} (rowid, words) SELECT r.id, {_words(one)}"
                f' FROM "{one.table}" s JOIN {ROWS} r ON r.item = s.id'
            )


def missing_word_parts(using: str = "default") -> list[str]:
    """Return the names of triggers that should be in the database and are not; none where there is no index yet."""
    connection = connections[using]
    return sorted(_wanted().keys() - _present(connection)) if _has_index(connection) else []


def _has_index(connection: BaseDatabaseWrapper) -> bool:
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_master WHERE name IN (%s, %s)", [TRIGRAMS, ROWS])
        return cursor.fetchone() == (2,)


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall() if name.startswith("parts_")}


def _wanted() -> Mapping[str, str]:
    """Name to definition. A name says what is defined, so that a trigger of older code is known by it."""
    return {
        f"parts_{sha256(definition.encode()).hexdigest()[:8]}_{event}_{one.table}": definition
        for one in SEARCHED
        for event, definition in _triggers(one)
    }


def _triggers(one: Searched) -> Iterator[tuple[str, str]]:
    number = f"SELECT id, {{words}} FROM {ROWS} WHERE item = {{side}}.id"
    old, new = (number.format(words=_words(one, f"{side}."), side=side) for side in ("OLD", "NEW"))
    put = (
        f"INSERT INTO {ROWS} (item, kind, is_odd) VALUES (NEW.id, {_of(one.kinds, 'NEW')}, {_is_odd(one, 'NEW.')});"
        f" INSERT INTO {TRIGRAMS} (rowid, words) {new};"
    )
    drop = (
        f"INSERT INTO {TRIGRAMS} ({TRIGRAMS}, rowid, words) SELECT 'delete', {old.removeprefix('SELECT ')};"
        f" DELETE FROM {ROWS} WHERE item = OLD.id;"
    )
    names = ["id", *one.columns, *([one.kind] if one.kind else [])]
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in names)
    yield "insert", f'AFTER INSERT ON "{one.table}" BEGIN {put} END'
    yield "delete", f'AFTER DELETE ON "{one.table}" BEGIN {drop} END'
    yield "update", f'AFTER UPDATE ON "{one.table}" WHEN {changed} BEGIN {drop} {put} END'


def _of(kinds: str, side: str) -> str:
    return f"{side}.{kinds}" if kinds.startswith('"') else kinds


def _words(one: Searched, side: str = "") -> str:
    """What of a row is searched, as SQL; `side` stands before each column."""
    return " || ".join(f"coalesce({side}\"{name}\", '') || '{BETWEEN}{BETWEEN}'" for name in one.columns)


def _is_odd(one: Searched, side: str = "") -> str:
    return f"({_words(one, side)}) GLOB '*[^{ALIKE}]*'"
