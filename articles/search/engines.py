"""The two engines: FTS5 of SQLite and `tsvector` of PostgreSQL. They find candidates; nothing depends on their ranks.

Both keep of each text its keys in four classes, by how much the text is about them (`impacts`): FTS5 has a column for
each, `tsvector` its weights A to D. So both answer the same question in the same way: which texts have any of these
keys, and in which class. Keys are made of letters and digits alone, so no query can hold the syntax of an engine. What
the engines need beside Django's tables is made in the migration `0004_search`.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db import connection

from articles.search.impacts import LEVELS

TEXTS = "articles_indexedtext"
WORDS = "articles_search_words"


class Candidate(NamedTuple):
    """A text that has a key: the best of what its keys are worth, each by its weight and class."""

    id: int
    kind: str
    language: str
    worth: float
    is_own: bool


def put(id: int, keys: Mapping[str, Iterable[str]]) -> None:
    """Keep the keys of a text by class, in place of those that it had; its row is there already."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            vector = " ".join(f"'{key}':1{level.upper()}" for level, held in keys.items() for key in held)
            cursor.execute(f"UPDATE {TEXTS} SET words = %s::tsvector WHERE id = %s", [vector, id])
            return
        cursor.execute(f"DELETE FROM {WORDS} WHERE rowid = %s", [id])
        columns = [" ".join(keys[level]) for level in LEVELS]
        cursor.execute(f"INSERT INTO {WORDS} (rowid, {', '.join(LEVELS)}) VALUES (%s, %s, %s, %s, %s)", [id, *columns])


def drop(ids: Collection[int]) -> None:
    """Forget the keys of texts; on PostgreSQL they go with the rows."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {WORDS} WHERE rowid = %s", [[id] for id in ids])


def clear() -> None:
    """Forget all keys; on PostgreSQL they go with the rows."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {WORDS}")


def purge() -> None:
    """Leave nothing of what was dropped: FTS5 only marks it, until its pieces are merged into one.

    PostgreSQL keeps old versions of rows until it is vacuumed, in every table: see the page about erasing.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('optimize')")


def candidates(keys: Mapping[str, float]) -> list[Candidate]:
    """Return every text that has one of the keys, by its id, worth what its best key is; one query.

    `keys` are given with their weights; those that weigh 1 are the word itself, and a text that has one is its own.
    """
    # What is worth most comes first, so the first that holds is the best.
    ranks = sorted(
        ((weight * value, weight, level) for weight in set(keys.values()) for level, value in LEVELS.items()),
        key=lambda rank: (-rank[0], -rank[1], rank[2]),
    )
    wanted = {weight: sorted(key for key in keys if keys[key] == weight) for weight in set(keys.values())}
    if not ranks:
        return []
    search = _tsvector if connection.vendor == "postgresql" else _fts5
    found: list[Candidate] = []
    for id, kind, language, rank, own in search([(wanted[weight], level) for _, weight, level in ranks], keys):
        found.append(Candidate(id, kind, language, ranks[rank][0], bool(own)))
    return sorted(found)


_Row = tuple[int, str, str, int, bool]


def _fts5(ranked: list[tuple[list[str], str]], keys: Mapping[str, float]) -> list[_Row]:
    own = {key for key, weight in keys.items() if weight == 1}
    parts, parameters = [], []
    for rank, (wanted, level) in enumerate(ranked):
        is_own = int(wanted[0] in own)
        parts.append(f"SELECT rowid AS id, {rank} AS rank, {is_own} AS own FROM {WORDS} WHERE {WORDS} MATCH %s")
        any_of = " OR ".join(f'"{key}"' for key in wanted)
        parameters.append(f"{{{level}}} : ({any_of})")
    found = f"SELECT id, MIN(rank) AS rank, MAX(own) AS own FROM ({' UNION ALL '.join(parts)}) GROUP BY id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT f.id, t.kind, t.language, f.rank, f.own FROM ({found}) f JOIN {TEXTS} t ON t.id = f.id",
            parameters,
        )
        return cursor.fetchall()


def _tsvector(ranked: list[tuple[list[str], str]], keys: Mapping[str, float]) -> list[_Row]:
    own = _any(key for key, weight in keys.items() if weight == 1)
    cases, parameters = [], []
    for rank, (wanted, level) in enumerate(ranked):
        cases.append(f"WHEN words @@ %s::tsquery THEN {rank}")
        parameters.append(_any((key for key in wanted), f":{level.upper()}"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, kind, language, CASE {' '.join(cases)} END, words @@ %s::tsquery FROM {TEXTS} "
            "WHERE words @@ %s::tsquery",
            [*parameters, own, _any(keys)],
        )
        return cursor.fetchall()


def _any(keys: Iterable[str], label: str = "") -> str:
    return " | ".join(f"'{key}'{label}" for key in sorted(keys))
