"""A mould is every row that a published text has in any table, with places left open; a cast is these rows filled in.

Nothing of it names a table of its own: rows are found by the columns that name the text, digests are made anew from the
very bytes that were hashed for the mould (`listening` keeps them). So a cast is what the press would have written.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from articles.canonical import canonical_json
from articles.content.texts import Text
from articles.editions.shelf import Change, Edition
from articles.editions.times import rfc3339
from articles.publishing.gists import Touched
from articles.search import engines
from articles.search.tables import IndexedText
from tests.bench.making.words import PLACES

Bytes = dict[str, bytes]
# What a cast gives for each open place of its mould.
Given = Mapping[Any, Any]
Fill = Callable[[Given], Any]

_NAMING = ("item", "object_id", "about", "parent_id", "text_id")
# What joins a line of the journal to the one before it.
_CHAINED = ("hash", "previous_hash")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


class MouldError(RuntimeError):
    """Raised when rows hold a digest of which nobody has seen the bytes, so that casts would be wrong."""


@contextmanager
def listening() -> Iterator[Bytes]:
    """Within the block keep what is hashed: digest to bytes."""
    heard: Bytes = {}
    plain = canonical_json.digest_of_bytes

    def digest_of_bytes(data: bytes) -> str:
        found = plain(data)
        heard[found] = data
        return found

    canonical_json.digest_of_bytes = digest_of_bytes
    try:
        yield heard
    finally:
        canonical_json.digest_of_bytes = plain


@dataclass(frozen=True)
class Table:
    """Rows of one table: how they are written, and each row as its values or what fills them in."""

    model: type[models.Model]
    statement: str
    columns: list[str]
    rows: list[list[Any]]

    def filled(self, given: Given) -> list[list[Any]]:
        return [[value(given) if callable(value) else value for value in row] for row in self.rows]


class Mould:
    """The rows of one text that was just published, and the digests in them in the order in which they are made."""

    def __init__(self, item: UUID, number: int, at: datetime, heard: Bytes) -> None:
        self.item = item
        self.number = number
        self.at = at
        self.editions = list(Edition.objects.filter(item=item).order_by("pk").values_list("pk", flat=True))
        found = {model: list(_rows(model, item, self.editions)) for model in _models()}
        self.sequences = [row["sequence"] for row in sorted(found[Change], key=lambda row: row["sequence"])]
        ids = [str(row["id"]) for row in found[Text]]
        ids += [str(row["id"]) for model, rows in found.items() if "parent_id" in _names(model) for row in rows]
        self.ids = sorted(set(ids))
        plain = [*PLACES, str(number), rfc3339(at), at.date().isoformat(), *self.ids]
        self._heard = heard
        self._digests: dict[str, list[Any]] = {}
        self._open = re.compile("|".join(sorted(map(re.escape, plain), key=len, reverse=True)))
        self.index = [_indexed(row, self) for row in found.pop(IndexedText)]
        self.lines = [
            {name: "" if name in _CHAINED else self.fill(value) for name, value in row.items()}
            for row in sorted(found.pop(Change), key=lambda row: row["sequence"])
        ]
        self.tables = [self._table(model, rows) for model, rows in found.items() if rows]

    def fill(self, value: Any) -> Any:
        """Return what fills in a value for a cast, or the value itself where nothing in it is open."""
        if isinstance(value, UUID):
            return (lambda given: UUID(given[str(value)])) if str(value) in self.ids else value
        if value == self.at:
            return lambda given: given["at"]
        if isinstance(value, date) and not isinstance(value, datetime) and value == self.at.date():
            return lambda given: given["at"].date()
        if isinstance(value, str):
            pieces = self.pieces(value)
            if len(pieces) == 1 and isinstance(pieces[0], str):
                return value
            return lambda given: "".join([piece if isinstance(piece, str) else given[piece[0]] for piece in pieces])
        return value

    def pieces(self, text: str) -> list[Any]:
        """Return a text in pieces: words as they are, and each open place as a tuple of its name."""
        found: list[Any] = []
        end = 0
        for match in re.finditer(f"{_DIGEST.pattern}|{self._open.pattern}", text):
            name = match[0]
            if _DIGEST.fullmatch(name) and not self._moves(name):
                continue
            found += [text[end : match.start()], (name,)]
            end = match.end()
        return [*found, text[end:]] if found else [text]

    def _moves(self, digest: str) -> bool:
        """Whether a digest is another one in each cast; notes how it is made, what it is made from first."""
        if digest not in self._digests:
            if digest not in self._heard:
                raise MouldError(digest)
            self._digests[digest] = []
            pieces = self.pieces(self._heard[digest].decode())
            del self._digests[digest]
            self._digests[digest] = pieces if len(pieces) > 1 else []
        return bool(self._digests[digest])

    def given(self, words: Mapping[str, str], number: int, item_ids: Mapping[str, str], at: datetime) -> dict[Any, Any]:
        """Return everything that fills in a cast, its digests included."""
        given: dict[Any, Any] = {**words, str(self.number): str(number), **item_ids, "at": at}
        given[rfc3339(self.at)] = rfc3339(at)
        given[self.at.date().isoformat()] = at.date().isoformat()
        for digest, pieces in self._digests.items():
            if pieces:
                text = "".join([piece if isinstance(piece, str) else given[piece[0]] for piece in pieces])
                given[digest] = sha256(text.encode()).hexdigest()
        return given

    def _table(self, model: type[models.Model], rows: list[dict[str, Any]]) -> Table:
        fields = [field for field in model._meta.concrete_fields if not _numbered(model, field)]
        filled = [[self._column(field, row) for field in fields] for row in rows]
        return Table(model, insert(model, fields), [field.attname for field in fields], filled)

    def _column(self, field: models.Field, row: Mapping[str, Any]) -> Any:
        value = row[field.attname]
        if (field.name == "edition" and field.is_relation) or (field.model is Edition and field.primary_key):
            return lambda given: given["editions", value]
        if field.attname == "sequence" and value in self.sequences:
            return lambda given: given["sequences", value]
        made = self.fill(json.dumps(value) if isinstance(field, models.JSONField) else value)
        if not callable(made):
            return written(field, value)
        if isinstance(field, models.JSONField):
            return made
        return lambda given: written(field, made(given))


def written(field: models.Field, value: Any) -> Any:
    """Return a value as the database takes it."""
    return field.get_db_prep_save(value, connection)


def insert(model: type[models.Model], fields: list[models.Field]) -> str:
    """Return the statement that writes a row of these columns."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"


def _models() -> list[type[models.Model]]:
    """Every table that may name a text, the text's own first; proxies and what triggers write are left out."""
    found = apps.get_app_config("articles").get_models(include_auto_created=True)
    return [model for model in found if not model._meta.proxy and model is not Touched and _names(model)]


def _names(model: type[models.Model]) -> list[str]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname in _NAMING]
    names += [
        field.attname for field in model._meta.concrete_fields if field.is_relation and field.related_model is Edition
    ]
    return [*names, "id"] if model is Text else names


def _numbered(model: type[models.Model], field: models.Field) -> bool:
    """Whether the database numbers the rows by this column; editions get theirs here, for others lead to them."""
    return isinstance(field, models.AutoField) and model is not Edition


def _rows(model: type[models.Model], item: UUID, editions: list[int]) -> Iterator[dict[str, Any]]:
    asked = Q()
    for name in _names(model):
        field = model._meta.get_field(name)
        if field.is_relation and field.related_model is Edition:
            asked |= Q(**{f"{name}__in": editions})
        elif not field.is_relation or field.related_model in (Text, *Text.__subclasses__()):
            asked |= Q(**{name: str(item) if isinstance(field, models.CharField) else item})
    if asked:
        order = model._meta.pk.attname
        yield from (
            model._base_manager.filter(asked).order_by(order).values(*(f.attname for f in model._meta.concrete_fields))
        )


@dataclass(frozen=True)
class Indexed:
    """What search holds of a text in one language: its row, and its keys for the engine of the database."""

    row: dict[str, Any]
    postings: Any
    forms: Any
    words: Any


def _indexed(row: dict[str, Any], mould: Mould) -> Indexed:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT words::text FROM {engines.TEXTS} WHERE id = %s", [row["id"]])
        else:
            cursor.execute(f"SELECT keys FROM {engines.WORDS} WHERE rowid = %s", [row["id"]])
        [held] = cursor.fetchone()
    return Indexed(row, *(mould.fill(one) for one in (row["postings"], row["forms"], held)))
