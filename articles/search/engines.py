"""The two engines: FTS5 of SQLite and `tsvector` of PostgreSQL. They find candidates; nothing depends on their ranks.

Both keep of each text its keys in sixteen classes, by how much the text is about them (`impacts`): FTS5 has a column
for each wide class, `tsvector` its weights A to D, and a digit at the end of the key is the narrow one. So both answer
the same question in the same way: which texts have any of these keys, and in which class. Keys are made of letters and
digits alone, so no query can hold the syntax of an engine. What the engines need beside Django's tables is made in the
migration `0004_search`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from django.db import connection

from articles.editions.shelf import Standing
from articles.search.impacts import LEVELS

TEXTS = "articles_indexedtext"
WORDS = "articles_search_words"
_STANDINGS = Standing._meta.db_table
# What is asked of a candidate is in an index of its own: rows of texts are long and lie far apart. SQLite would take
# the one of the key, which leads to them.
_JOINED = f"CROSS JOIN {TEXTS} t INDEXED BY candidate_by_text ON t.id = f.id"


_COLUMNS = "abcd"


# Rows of one word that are looked at: of a word that more texts have, those that are most about it. Whatever the shelf
# holds, no question takes longer than this many rows.
MOST = 1000
# So many texts are counted one by one, and the largest key that a text can have (`IndexedText.key`).
_COUNTED = 10_000
_LARGEST = (1 << 63) - 1


class Candidate(NamedTuple):
    """A text that has a key: the best of what its keys are worth, each by its weight and class."""

    id: int
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


class _Rank(NamedTuple):
    """Keys of one weight in one class, and what a text is worth that has one of them."""

    worth: float
    weight: float
    level: str
    keys: tuple[str, ...]


def put(id: int, keys: Mapping[str, Iterable[str]]) -> None:
    """Keep the keys of a text by class, in place of those that it had; its row is there already."""
    held = {
        wide: [f"{key}{level[1]}" for level in LEVELS if level[0] == wide for key in keys[level]] for wide in _COLUMNS
    }
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            vector = " ".join(f"'{word}':1{wide.upper()}" for wide, words in held.items() for word in words)
            cursor.execute(f"UPDATE {TEXTS} SET words = %s::tsvector WHERE id = %s", [vector, id])
            return
        cursor.execute(f"DELETE FROM {WORDS} WHERE rowid = %s", [id])
        columns = [" ".join(words) for words in held.values()]
        cursor.execute(f"INSERT INTO {WORDS} (rowid, {', '.join(held)}) VALUES (%s, %s, %s, %s, %s)", [id, *columns])


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
    """`texts` counts those that have the word itself, else one of its keys; None where `candidates` are all of them."""

    candidates: list[Candidate]
    texts: int | None


def candidates(keys: Mapping[str, float]) -> Found:
    """Return the texts that have one of the keys, in no order, each worth what its best key is; one query, two for
    a word that very many have, of which the best thousand are returned.

    `keys` are given with their weights; those that weigh 1 are the word itself, and a text that has one is its own.
    """
    if not keys:
        return Found([], None)
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
    search = _tsvector if connection.vendor == "postgresql" else _fts5
    best: dict[int, Candidate] = {}
    rows = search(ranks)
    worths = [rank.worth for rank in ranks]
    for id, kind, language, rank, own in rows:
        known = best.get(id)
        if known is None:
            best[id] = Candidate(id, kind, language, worths[rank], bool(own))
        elif own and not known.is_own:
            best[id] = known._replace(is_own=True)
    own_keys = [key for key, weight in keys.items() if weight == 1]
    return Found(list(best.values()), _counted([own_keys or list(keys)]) if len(rows) > MOST else None)


def having_all(words: Sequence[Collection[str]]) -> list[tuple[int, str, str]]:
    """Return texts that have a key of each of these words, with kind and language; one query, a thousand at most."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            found = f"SELECT id, kind, language FROM {TEXTS} WHERE words @@ %s::tsquery ORDER BY id LIMIT %s"
        else:
            some = f"SELECT rowid AS id FROM {WORDS} WHERE {WORDS} MATCH %s LIMIT %s"
            found = f"SELECT f.id, t.kind, t.language FROM ({some}) f {_JOINED}"
        cursor.execute(found, [_all_of(words), MOST])
        return cursor.fetchall()


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
    held = [[f"{key}{narrow}" for key in keys for narrow in range(4)] for keys in words]
    if connection.vendor == "postgresql":
        return " & ".join(f"({' | '.join(chr(39) + key + chr(39) for key in keys)})" for keys in held)
    return " AND ".join(f"({' OR '.join(chr(34) + key + chr(34) for key in keys)})" for keys in held)


_Row = tuple[int, str, str, int, bool]


def _fts5(ranks: Sequence[_Rank]) -> list[_Row]:
    parts, parameters = [], []
    for number, rank in enumerate(ranks):
        own = int(rank.weight == 1)
        parts.append(f"SELECT rowid AS id, {number} AS rank, {own} AS own FROM {WORDS} WHERE {WORDS} MATCH %s")
        any_of = " OR ".join(f'"{key}{rank.level[1]}"' for key in rank.keys)
        parameters.append(f"{{{rank.level[0]}}} : ({any_of})")
    # One rank is read after the other, and what is worth most comes first: the end of it may be left unread.
    found = f"SELECT id, rank, own FROM ({' UNION ALL '.join(parts)}) LIMIT {MOST + 1}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT f.id, t.kind, t.language, f.rank, f.own FROM ({found}) f {_JOINED}", parameters)
        return sorted(cursor.fetchall(), key=itemgetter(3))


def _tsvector(ranks: Sequence[_Rank]) -> list[_Row]:
    parameters: list[str] = []
    best = _best(ranks, 0, parameters)
    parameters += [_any_of(rank for rank in ranks if rank.weight == 1), _any_of(ranks)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, kind, language, {best} AS rank, words @@ %s::tsquery FROM {TEXTS} WHERE words @@ %s::tsquery"
            f" ORDER BY rank, id LIMIT {MOST + 1}",
            parameters,
        )
        return cursor.fetchall()


def _best(ranks: Sequence[_Rank], first: int, parameters: list[str]) -> str:
    """The number of the first rank that holds, as SQL that halves them: few questions for each of many texts."""
    if len(ranks) == 1:
        return str(first)
    half = len(ranks) // 2
    parameters.append(_any_of(ranks[:half]))
    upper, lower = _best(ranks[:half], first, parameters), _best(ranks[half:], first + half, parameters)
    return f"CASE WHEN words @@ %s::tsquery THEN {upper} ELSE {lower} END"


def _any_of(ranks: Iterable[_Rank]) -> str:
    return " | ".join(f"'{key}{rank.level[1]}':{rank.level[0].upper()}" for rank in ranks for key in rank.keys)
