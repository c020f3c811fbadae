"""Filling a database with published texts."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from articles.content.texts import Text
from articles.editions import journal as journals
from articles.editions.shelf import Change, Edition
from articles.publishing.gists import Touched
from articles.search import engines
from articles.search import rows as index_rows
from articles.search.tables import IndexedText, IndexState
from tests.bench.making import moulds, words
from tests.bench.making.casting import Mould, insert, listening, written

_MOULDS = 12
_BATCH = 500
_APART = timedelta(seconds=60)
# Paragraphs of a mould: a page of 8 to 10 KB.
_PARAGRAPHS = (1, 2, 3)
# As a language has it, few words are in many texts, and the more texts the more words: so many, and so many a text.
_FREQUENT = 400
_WORDS_A_TEXT = 0.3

Tell = Callable[[int], None]


def _tell_nobody(made: int) -> None:
    pass


def make_corpus(
    number: int, *, paragraphs: Sequence[int] = _PARAGRAPHS, moulds_at_most: int = _MOULDS, tell: Tell = _tell_nobody
) -> None:
    """Bring the site to `number` generated articles, published in both languages, and `tell` how many there are.

    It works as the press does, only that it is alone: nobody else may write meanwhile. A site that has some already
    gets those that are missing, with as many `paragraphs` as this says.
    """
    by = moulds.somebody()
    moulds.ground(by)
    start = Text.objects.filter(slug_en__startswith="generated-text-").count()
    cast = _moulds(min(moulds_at_most, number - start), start, paragraphs, by) if number > start else []
    tell(start + len(cast))
    vocabulary = list(islice(words.invented(), _FREQUENT + int(number * _WORDS_A_TEXT)))
    with _hurrying():
        for first in range(start + len(cast), number, _BATCH):
            until = min(first + _BATCH, number)
            _batch(range(first, until), cast, vocabulary)
            tell(until)
    _set_counters()


@contextmanager
def _hurrying() -> Iterator[None]:
    """Within the block SQLite has room for the indexes that are written everywhere at once, and waits for no disk.

    The index of words is left as it is after a long time of merging: in one piece.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    names = ("cache_size", "synchronous", "wal_autocheckpoint")
    with connection.cursor() as cursor:
        before = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
        for name, value in zip(names, (-400_000, 0, 50_000), strict=True):
            cursor.execute(f"PRAGMA {name} = {value}")
        cursor.execute(f"INSERT INTO {engines.WORDS} ({engines.WORDS}, rank) VALUES ('hashsize', 33554432)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {engines.WORDS} ({engines.WORDS}, rank) VALUES ('hashsize', 1048576)")
            cursor.execute(f"INSERT INTO {engines.WORDS} ({engines.WORDS}) VALUES ('optimize')")
            for name, value in zip(names, before, strict=True):
                cursor.execute(f"PRAGMA {name} = {value}")


def _moulds(many: int, start: int, paragraphs: Sequence[int], by: User) -> list[Mould]:
    """Publish texts that hold the places which casts fill in, take their rows, and give them words of their own."""
    found = []
    for one in range(many):
        number = words.NUMBER + start + one
        at = moulds.last_moment() + _APART
        with listening() as heard:
            [item] = moulds.press([("article", _article(number, one, paragraphs))], by=by, at=at)
        found.append(Mould(item, number, at, heard))
    return found


def _article(number: int, one: int, paragraphs: Sequence[int]) -> dict[str, Any]:
    """The first mould of a small site says what the first one of a large site says, so their lists are alike."""
    title = {
        "ru": f"Составленный текст {number}: {words.PLACES[0]}",
        "en": f"Generated text {number}: {words.PLACES[0]}",
    }
    slug = {"ru": f"sostavlennyy-tekst-{number}", "en": f"generated-text-{number}"}
    mark, many = f"mould {number}", paragraphs[one % len(paragraphs)]
    return words.article(mark, many, title=title, slug=slug, like=f"mould {one} of {many}", topic=one)


def _batch(numbers: range, cast: list[Mould], vocabulary: list[str]) -> None:
    with transaction.atomic():
        touched = Touched.objects.aggregate(last=Max("id"))["last"] or 0
        at = moulds.last_moment()
        edition = (Edition.objects.aggregate(last=Max("id"))["last"] or 0) + 1
        writing: dict[str, list[list[Any]]] = {}
        counts: dict[str, Counter[str]] = {"ru": Counter(), "en": Counter()}
        with journals.opened(at) as journal:
            for number in numbers:
                mould = cast[number % len(cast)]
                at += _APART
                given = mould.given(_words(number, vocabulary), number + 1, _ids(mould, number), at)
                given |= {("editions", old): edition + place for place, old in enumerate(mould.editions)}
                given |= {("sequences", old): journal.sequence + 1 + place for place, old in enumerate(mould.sequences)}
                edition += len(mould.editions)
                for table in mould.tables:
                    writing.setdefault(table.statement, []).extend(table.filled(given))
                _lines(mould, given, journal, at, writing)
                _index(mould, given, writing, counts)
        with connection.cursor() as cursor:
            for statement, rows in writing.items():
                cursor.executemany(statement, rows)
        for language, counted in counts.items():
            index_rows._count(language, counted)
        IndexState.objects.filter(id=1).update(sequence=journal.sequence, hash=journal.hash)
        # What the casts have of gists says what is so; what triggers wrote down of them would have it made again.
        Touched.objects.filter(id__gt=touched).delete()


def _words(number: int, vocabulary: list[str]) -> dict[str, str]:
    """One word that nearly every tenth text has, some that few have, and some of the text's own neighbourhood."""
    dice = Random(f"words {number}")
    frequent = [vocabulary[int(_FREQUENT * dice.random() ** 3)] for _place in words.PLACES[:4]]
    rare = [vocabulary[dice.randrange(_FREQUENT, len(vocabulary))] for _place in words.PLACES[4:]]
    chosen = dict.fromkeys([*frequent, *rare])
    more = iter(vocabulary[number % len(vocabulary) :] + vocabulary)
    while len(chosen) < len(words.PLACES):
        chosen[next(more)] = None
    return dict(zip(words.PLACES, chosen, strict=True))


def _ids(mould: Mould, number: int) -> dict[str, str]:
    """Ids that are sorted as the mould's are: what is sorted by them stays sorted."""
    dice = Random(f"ids {number}")
    found = {}
    for old in mould.ids:
        new = dice.getrandbits(128).to_bytes(16, "big").hex() if old == str(mould.item) else ""
        found[old] = str(UUID(new or f"{old[:8]}{dice.getrandbits(96):024x}", version=4))
    return found


def _lines(
    mould: Mould, given: dict[Any, Any], journal: journals.Journal, at: datetime, writing: dict[str, Any]
) -> None:
    fields = list(Change._meta.concrete_fields)
    statement = insert(Change, fields)
    for open_line in mould.lines:
        line = Change(**{name: value(given) if callable(value) else value for name, value in open_line.items()})
        line.sequence, line.previous_hash = journal.sequence + 1, journal.hash
        line.hash = journals.line_hash(line)
        journal.sequence, journal.hash = line.sequence, line.hash
        journal.lines.append(line)
        writing.setdefault(statement, []).append([written(field, getattr(line, field.attname)) for field in fields])


def _index(mould: Mould, given: dict[Any, Any], writing: dict[str, Any], counts: dict[str, Counter[str]]) -> None:
    fields = list(IndexedText._meta.concrete_fields)
    for indexed in mould.index:
        language = indexed.row["language"]
        item = UUID(given[str(mould.item)])
        forms = sorted(indexed.forms(given).split(" "))
        postings = "\n" + "".join(
            f"{line}\n" for line in sorted(indexed.postings(given).strip("\n").split("\n"), key=_key)
        )
        row = indexed.row | {
            "id": IndexedText.key(item, language), "item": item, "forms": " ".join(forms), "postings": postings,
            "edition_id": given["editions", indexed.row["edition_id"]],
        }  # fmt: skip
        values = [written(field, row[field.attname]) for field in fields]
        held = indexed.words(given) if callable(indexed.words) else indexed.words
        if connection.vendor == "postgresql":
            statement = insert(IndexedText, fields).replace(") VALUES (", ", words) VALUES (", 1)
            statement = f"{statement.removesuffix(')')}, %s::tsvector)"
            writing.setdefault(statement, []).append([*values, held])
        else:
            writing.setdefault(insert(IndexedText, fields), []).append(values)
            statement = "INSERT INTO articles_search_words (rowid, keys) VALUES (%s, %s)"
            writing.setdefault(statement, []).append([row["id"], held])
        counts[language].update(forms)


def _key(line: str) -> str:
    return line.partition(" ")[0]


def _set_counters() -> None:
    """Editions were numbered here: on PostgreSQL the database's own counter is told, and the tables are looked at, as
    its autovacuum does by itself a minute later."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Edition]):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
