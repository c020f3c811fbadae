"""What an object itself says to readers in one language, and in which languages a save changed it.

Taken from the plain data in which objects are kept, so every kind and every column that has two languages is known
here without being named.
"""

from collections.abc import Mapping

from django.db import models

from articles.canonical.canonical_json import digest
from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import AGGREGATES, ROWS, Data, plain_fields
from articles.content.texts import CREDITS

# Row id (empty for the object itself) to field to words; rows without a word are left out.
Words = Mapping[str, Mapping[str, str]]

# Has two languages, but says nothing that could be translated.
_NO_WORDS = frozenset({"slug"}) | CREDITS


def own_words(kind: str, data: Data | None, language: Language) -> Words:
    """Return what the object and its rows say in a language; nothing of what they refer to."""
    if data is None:
        return {}
    found = {"": _words(AGGREGATES[kind], data, language)}
    if rows := ROWS.get(kind):
        known = rows.by_kind
        found |= {row["id"]: _words(known[row["kind"]], row, language) for row in data[rows.name]}
    return {id: words for id, words in found.items() if any(words.values())}


def words_digest(kind: str, data: Data, language: Language) -> str:
    """Return the digest of what the object and its rows say in a language."""
    return digest(own_words(kind, data, language))


def reworded(kind: str, before: Data | None, after: Data) -> set[tuple[str, Language]]:
    """Return (row id, language) wherever the words are not what they were; the object itself has an empty id."""
    found: set[tuple[str, Language]] = set()
    for language in LANGUAGES:
        was, now = own_words(kind, before, language), own_words(kind, after, language)
        found |= {(id, language) for id in was.keys() | now.keys() if was.get(id) != now.get(id)}
    return found


def _words(model: type[models.Model], data: Data, language: Language) -> dict[str, str]:
    hidden = model.internal | _NO_WORDS  # type: ignore[attr-defined]
    return {
        name: (data.get(name) or {}).get(language) or ""
        for name, _columns, translated in plain_fields(model)
        if translated and name not in hidden
    }
