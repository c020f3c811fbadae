"""The two engines: FTS5 of SQLite and `tsvector` of PostgreSQL. They find candidates; nothing depends on their ranks.

Both keep of each text its keys, each with a letter at its end that says in which of sixteen classes it is, by how much
the text is about it (`impacts`). So both answer the same question in the same way: which texts have any of these keys,
those that are most about them first; and none is looked at for a class that it is not in. Keys are made of letters and
digits alone, so no query can hold the syntax of an engine. What the engines need beside Django's tables is made in the
migrations `0004_search` and `0013_keys_with_their_class`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from articles.editions.shelf import Edition, Standing
from articles.search.impacts import LEVELS

TEXTS = "articles_indexedtext"
WORDS = "articles_search_words"
_STANDINGS = Standing._meta.db_table
_EDITIONS = Edition._meta.db_table
_AND = {"postgresql": " & ", "sqlite": " AND "}
# What is asked of a candidate is in an index of its own: rows of texts are long and lie far apart. SQLite would take
# the one of the key, which leads to them.
_JOINED = f"CROSS JOIN {TEXTS} t INDEXED BY candidate_by_text ON t.id = f.id"

# Rows of one word that are looked at: of a word that more texts have, those that are most about it. Whatever the shelf
# holds, no question takes longer than this many rows.
MOST = 1000
# So many texts are counted one by one: how many more there are is known to about two hundredths. And the largest key
# that a text can have (`IndexedText.key`).
_COUNTED = 4_000
_LARGEST = (1 << 63) - 1


class About(NamedTuple):
    """What is alike in very many candidates: the best of what their keys are worth, each by its weight and class, and
    whether one of them is the word itself."""

    kind: str
    language: str
    worth: float
    is_own: bool


class IndexedRow(NamedTuple):
    """What the index holds of a text, and which edition is live; `item` is only good for being compared."""

    id: int
    item: object
    kind: str
    language: str
    sizes: str
    stretches: str
    postings: str
    edition: int
    live: int


class LiveRow(NamedTuple):
    """What a result is made of: a live item in a language, and the document of its edition as it is stored."""

    item: UUID
    kind: str
    language: str
    slug: str
    document_json: str


class _Rank(NamedTuple):
    """Keys of one weight in one class, and what a text is worth that has one of them."""

    worth: float
    weight: float
    level: str
    keys: tuple[str, ...]


def put(id: int, keys: Mapping[str, Iterable[str]]) -> None:
    """Keep the keys of a text by class, in place of those that it had; its row is there already."""
    held = [f"{key}{level}" for level in LEVELS for key in keys[level]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"UPDATE {TEXTS} SET words = array_to_tsvector(%s) WHERE id = %s", [held, id])
            return
        cursor.execute(f"DELETE FROM {WORDS} WHERE rowid = %s", [id])
        cursor.execute(f"INSERT INTO {WORDS} (rowid, keys) VALUES (%s, %s)", [id, " ".join(held)])


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


class Found(NamedTuple):
    """The keys of candidates by what is told of them. `texts` counts those that have the word itself, else one of its
    keys; None where `candidates` are all of them."""

    candidates: Mapping[About, Sequence[int]]
    texts: int | None


def candidates(keys: Mapping[str, float]) -> Found:
    """Return the texts that have one of the keys, in no order, each worth what its best key is; one query, two for
    a word that very many have, of which the best thousand are returned.

    `keys` are given with their weights; those that weigh 1 are the word itself, and a text that has one is its own.
    """
    if not keys:
        return Found({}, None)
    by_weight = {weight: tuple(sorted(key for key in keys if keys[key] == weight)) for weight in set(keys.values())}
    # What is worth most comes first, so the first that holds is the best.
    ranks = sorted(
        (
            _Rank(weight * value, weight, level, held)
            for weight, held in by_weight.items()
            for level, value in LEVELS.items()
        ),
        key=lambda rank: (-rank.worth, -rank.weight),
    )
    rows = _ranked(ranks)
    own = {id for id, _, _, rank in rows if ranks[rank].weight == 1}
    seen: set[int] = set()
    alike: dict[tuple[str, str, int, bool], list[int]] = defaultdict(list)
    for id, kind, language, rank in rows:
        if id not in seen:
            seen.add(id)
            alike[kind, language, rank, id in own].append(id)
    found: dict[About, list[int]] = {}
    for (kind, language, rank, is_own), ids in alike.items():
        # Two ranks may be worth the same.
        found.setdefault(About(kind, language, ranks[rank].worth, is_own), []).extend(ids)
    own_keys = [key for key, weight in keys.items() if weight == 1]
    return Found(found, _counted([own_keys or list(keys)]) if len(rows) > MOST else None)


def having_all(words: Sequence[Collection[str]]) -> list[tuple[int, str, str]]:
    """Return texts that have a key of each of these words, with kind and language; one query, a thousand at most."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            found = f"SELECT id, kind, language FROM {TEXTS} WHERE words @@ %s::tsquery ORDER BY id LIMIT %s"
        else:
            some = f"SELECT rowid AS id FROM {WORDS} WHERE {WORDS} MATCH %s LIMIT %s"
            found = f"SELECT {_packed('f.id', 't.kind', 't.language')} FROM ({some}) f {_JOINED}"
        cursor.execute(found, [_all_of(words), MOST])
        if connection.vendor == "postgresql":
            return cursor.fetchall()
        ids, kinds, languages = _unpacked(cursor.fetchone())
        return list(zip(map(int, ids), kinds, languages, strict=True))


def texts(ids: Sequence[int]) -> list[IndexedRow]:
    """Return what the index holds of those of these texts that are live, in no order; one query."""
    if not ids:
        return []
    columns = "t.id, t.item, t.kind, t.language, t.sizes, t.stretches, t.postings, t.edition_id, s.edition_id"
    standing = f"{_STANDINGS} s ON s.item = t.item AND s.language = t.language AND s.state = 'live'"
    with connection.cursor() as cursor:
        # They are numbers of ours; as parameters they would be too many, and slow to bind.
        some = ", ".join(map(str, map(int, ids)))
        cursor.execute(f"SELECT {columns} FROM {TEXTS} t JOIN {standing} WHERE t.id IN ({some})")
        return [IndexedRow._make(row) for row in cursor.fetchall()]


def live(editions: Sequence[int]) -> dict[int, LiveRow]:
    """Return those of these editions that are live, by their keys; one query."""
    if not editions:
        return {}
    columns = "s.edition_id, s.item, s.kind, s.language, s.slug, e.document_json"
    joined = f"{_STANDINGS} s JOIN {_EDITIONS} e ON e.id = s.edition_id"
    with connection.cursor() as cursor:
        some = ", ".join(map(str, map(int, editions)))
        cursor.execute(f"SELECT {columns} FROM {joined} WHERE s.state = 'live' AND s.edition_id IN ({some})")
        # SQLite keeps ids as text.
        return {edition: LiveRow(UUID(str(item)), *row) for edition, item, *row in cursor.fetchall()}


def texts_by_language() -> dict[str, int]:
    """Return how many texts each language has: of very many, as many as the first ones say; one query."""
    table = TEXTS if connection.vendor == "postgresql" else f"{TEXTS} INDEXED BY candidate_by_text"
    some = f"SELECT id, language FROM {table} ORDER BY id LIMIT {_COUNTED}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT language, COUNT(*), MAX(id) FROM ({some}) looked_at GROUP BY language")
        rows = cursor.fetchall()
    if sum(number for _, number, _ in rows) < _COUNTED:
        return {language: number for language, number, _ in rows}
    last = max(last for _, _, last in rows)
    return {language: number * _LARGEST // last for language, number, _ in rows}


def _counted(words: Sequence[Collection[str]]) -> int:
    """How many texts have a key of each word: of very many, as many as the first ones say. Keys of texts are digests,
    so they lie evenly between nothing and the largest one, whatever the texts are."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            some = f"SELECT id FROM {TEXTS} WHERE words @@ %s::tsquery ORDER BY id LIMIT {_COUNTED}"
        else:
            some = f"SELECT rowid AS id FROM {WORDS} WHERE {WORDS} MATCH %s ORDER BY rowid LIMIT {_COUNTED}"
        cursor.execute(f"SELECT COUNT(*), MAX(id) FROM ({some}) looked_at", [_all_of(words)])
        number, last = cursor.fetchone()
    return number if number < _COUNTED else number * _LARGEST // last


def _all_of(words: Sequence[Collection[str]]) -> str:
    """The question for texts that have a key of each word, in whatever class."""
    return _AND[connection.vendor].join(
        f"({_any_of(f'{key}{level}' for key in keys for level in LEVELS)})" for keys in words
    )


def _any_of(held: Iterable[str]) -> str:
    if connection.vendor == "postgresql":
        return " | ".join(f"'{one}'" for one in held)
    return " OR ".join(f'"{one}"' for one in held)


def _ranked(ranks: Sequence[_Rank]) -> list[tuple[int, str, str, int]]:
    """Rows of text, kind, language and rank, the best rank first: one more than are wanted, if there are so many. One
    rank is read after the other, and the end of it may be left unread."""
    is_postgresql = connection.vendor == "postgresql"
    texts = f"SELECT id, kind, language, {{}} FROM {TEXTS} WHERE words @@ %s::tsquery ORDER BY id LIMIT {MOST + 1}"
    keys = f"SELECT rowid AS id, {{}} FROM {WORDS} WHERE {WORDS} MATCH %s"
    parts = [(f"({texts})" if is_postgresql else keys).format(f"{number} AS rank") for number, rank in enumerate(ranks)]
    found = f"SELECT * FROM ({' UNION ALL '.join(parts)}) ranked LIMIT {MOST + 1}"
    if not is_postgresql:
        found = f"SELECT {_packed('f.id', 't.kind', 't.language', 'f.rank')} FROM ({found}) f {_JOINED}"
    with connection.cursor() as cursor:
        cursor.execute(found, [_any_of(f"{key}{rank.level}" for key in rank.keys) for rank in ranks])
        if is_postgresql:
            return sorted(cursor.fetchall(), key=itemgetter(3))
        ids, kinds, languages, numbers = _unpacked(cursor.fetchone())
    return sorted(zip(map(int, ids), kinds, languages, map(int, numbers), strict=True), key=itemgetter(3))


def _packed(*columns: str) -> str:
    """What SQLite is asked for in place of rows with these columns: to hand over a thousand rows takes it far longer
    than to find them, so each column comes as one text. None of their values has a comma."""
    return ", ".join(f"group_concat({column})" for column in columns)


def _unpacked(row: Sequence[str | None]) -> list[list[str]]:
    """The columns of such an answer; all are empty where nothing was found."""
    return [column.split(",") if column is not None else [] for column in row]
