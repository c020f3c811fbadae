"""Writing what the index holds of a text, and removing it; the words of all texts are counted along."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from django.db import connection
from django.db.models import F, QuerySet

from articles.editions.shelf import Standing
from articles.search import engines
from articles.search.entries import Entry, written
from articles.search.impacts import levels
from articles.search.tables import IndexedText, IndexedWord
from articles.search.words.stems import SAME_WORD, weighted_keys

# Rows of one statement: SQLite takes no more than 32,766 parameters.
_AT_ONCE = 2000

_Row = TypeVar("_Row")


def write(standing: Standing, entry: Entry) -> None:
    """Put a text into the index in place of what was there of it; inside a transaction, with the index locked."""
    key = IndexedText.key(standing.item, standing.language)  # type: ignore[arg-type]
    held = IndexedText.objects.filter(pk=key).values_list("forms", flat=True).first()
    row = IndexedText(
        id=key,
        item=standing.item,
        kind=standing.kind,
        language=standing.language,
        edition=standing.edition,
        sizes=written([entry.sizes]),
        stretches=written(entry.stretches),
        postings=entry.postings,
        forms=" ".join(sorted(entry.forms)),
    )
    row.save()
    engines.put(key, levels(entry))
    counts = Counter(entry.forms)
    counts.subtract((held or "").split())
    _count(standing.language, counts)


def remove(rows: QuerySet[IndexedText], *, all: bool = False) -> None:
    """Remove texts from the index; inside a transaction, with the index locked. With `all` nothing is left of any."""
    if all:
        engines.clear()
        rows.delete()
        IndexedWord.objects.all().delete()
        return
    gone = list(rows.values_list("id", "language", "forms"))
    for _, language, forms in gone:
        counts: Counter[str] = Counter()
        counts.subtract(forms.split())
        _count(language, counts)
    engines.drop([id for id, _, _ in gone])
    rows.delete()


def _count(language: str, counts: Counter[str]) -> None:
    """Count forms up or down; one that no text has any more goes."""
    table = IndexedWord._meta.db_table
    changed = sorted((form, number) for form, number in counts.items() if number)
    up = [(form, number) for form, number in changed if number > 0]
    for some in _some(up):
        values = ", ".join(["(%s, %s, %s, %s)"] * len(some))
        parameters = [value for form, number in some for value in (form, language, number, _keys(form))]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (form, language, texts, keys) VALUES {values} "
                f"ON CONFLICT (form, language) DO UPDATE SET texts = {table}.texts + excluded.texts",
                parameters,
            )
    down = [form for form, number in changed if number < 0]
    for forms in _some(down):
        words = IndexedWord.objects.filter(language=language, form__in=forms)
        words.filter(texts__lte=1).delete()
        words.update(texts=F("texts") - 1)


def _keys(form: str) -> str:
    return " ".join(key for key, weight in weighted_keys(form).items() if weight == SAME_WORD)


def _some(rows: list[_Row]) -> Iterable[list[_Row]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]
