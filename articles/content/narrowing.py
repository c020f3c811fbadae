"""Which rows may hold what an editor typed: found in the index of parts of words, so that few titles are compared.

Whoever searches compares words as before; here only rows are left out that cannot hold them. So nothing is found or
missed that would not be by comparing everything, whatever an index makes of a letter.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import connections
from django.db.models import BooleanField, CharField, QuerySet
from django.db.models.expressions import Func, RawSQL
from django.db.models.fields import Field
from django.db.models.lookups import Exact
from django.utils.text import smart_split, unescape_string_literal

from articles.content.word_parts import BETWEEN, ROWS, SEARCHED, TERMS, TRIGRAMS, Searched

# So many rows are read one by one. Beyond them a list is walked in its order, and its rows looked up among those that
# the index names; beyond the larger number they are compared as they come, because a page is soon full.
FEW, MANY = 500, 10_000
# A pasted sentence has many trigrams; a few of them name its rows.
_TRIGRAMS = 40
# Of so many short words it is asked which trigrams begin with them, unless that are too many to help.
_SHORT, _TERMS = 4, 500
# No text can hold it.
_NOWHERE = "\x1e\x1e\x1e"


class _Unindexed(Func):
    """A column that no index is chosen for."""

    template = "+%(expressions)s"
    arity = 1


def words_of(typed: str) -> list[str]:
    """Return the words that a list of the desk looks for: what is in quotation marks is one."""
    bits = [str(bit) for bit in smart_split(typed)]
    return [unescape_string_literal(bit) if bit[0] in "\"'" and bit[0] == bit[-1] else bit for bit in bits]


def narrowed(rows: QuerySet, words: Sequence[str]) -> QuerySet:
    """Return the rows of a list without many of those that do not hold every one of these words in some of the searched
    columns, in whatever case; never without one that does. Two queries on SQLite at most, none on PostgreSQL."""
    one = next((one for one in SEARCHED if one.table == rows.model._meta.db_table), None)
    typed = [word for word in words if word]
    if one is None or not typed or any(sign in word for word in typed for sign in ("\x00", BETWEEN)):
        return rows
    if connections[rows.db].vendor == "postgresql":
        held = f"{expression(one)} @> articles_parts_of(upper(%s), 3)"
        return rows.filter(*(RawSQL(held, [word], output_field=BooleanField()) for word in typed))
    return _on_sqlite(rows, one, typed)


def expression(one: Searched) -> str:
    """Return what the index of PostgreSQL is over."""
    columns = f" || '{BETWEEN}' || ".join(f'coalesce(upper("{one.table}"."{name}"), \'\')' for name in one.columns)
    return f"articles_parts_of({columns}, 1)"


def _on_sqlite(rows: QuerySet, one: Searched, typed: Sequence[str]) -> QuerySet:
    asked = _asked(rows, typed)
    if asked is None:
        return rows
    # In this order SQLite reads the trigrams first.
    found = f"SELECT r.item FROM {TRIGRAMS} f CROSS JOIN {ROWS} r ON r.id = f.rowid WHERE {TRIGRAMS} MATCH %s"
    odd = f"SELECT item FROM {ROWS} WHERE is_odd"
    parameters = [asked]
    if kind := one.kind_of(rows.model):
        found, odd, parameters = f"{found} AND r.kind = %s", f"{odd} AND kind = %s", [asked, kind, kind]
    some = f"{found} UNION ALL {odd}"
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"{some} LIMIT {MANY + 1}", parameters)
        items = [item for (item,) in cursor.fetchmany(FEW + 1)]
        number = len(items) + len(cursor.fetchall())
    if number <= FEW:
        return _without_index_of_kinds(rows).filter(pk__in=items)
    return rows if number > MANY else rows.filter(pk__in=RawSQL(some, parameters, output_field=Field()))


def _without_index_of_kinds(rows: QuerySet) -> QuerySet:
    """The same rows: SQLite has no statistics, and takes the index that leads to all of a kind for the shortest way."""
    found = rows.all()
    where: Any = found.query.where
    where.children = [
        Exact(_Unindexed(one.lhs, output_field=CharField()), one.rhs)
        if isinstance(one, Exact) and getattr(getattr(one.lhs, "target", None), "column", "") == "text_kind"
        else one
        for one in where.children
    ]
    return found


def _asked(rows: QuerySet, typed: Sequence[str]) -> str | None:
    """The question to FTS5: trigrams that every row has that holds the words. None: it would be of no use."""
    folded = list(dict.fromkeys(word.casefold() for word in typed))
    trigrams = dict.fromkeys(word[at : at + 3] for word in folded for at in range(len(word) - 2))
    parts = [_quoted(trigram) for trigram in islice(trigrams, _TRIGRAMS)]
    for word in islice((word for word in folded if len(word) < 3), _SHORT):
        terms = _beginning_with(rows, word)
        if len(terms) <= _TERMS:
            parts.append(f"({' OR '.join(map(_quoted, terms or [_NOWHERE]))})")
    return " AND ".join(parts) or None


def _beginning_with(rows: QuerySet, word: str) -> list[str]:
    """Trigrams of the index that begin with these letters: behind each letter of a text there are two more signs."""
    with connections[rows.db].cursor() as cursor:
        cursor.execute(
            f"SELECT term FROM {TERMS} WHERE term >= %s AND term < %s LIMIT {_TERMS + 1}", [word, f"{word}\U0010ffff"]
        )
        return [term for (term,) in cursor.fetchall()]


def _quoted(trigram: str) -> str:
    return '"' + trigram.replace('"', '""') + '"'
