"""In which languages a save wrote words, and whether it touched what belongs to neither language.

Unlike `own_words`, which asks what a translation has to follow, this knows every column that readers may meet:
addresses and credits too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import AGGREGATES, ROWS, Data, plain_fields


@dataclass(frozen=True)
class Written:
    """`languages` whose words differ; `structure` says whether anything that has no language does."""

    languages: frozenset[Language]
    structure: bool

    @property
    def authored(self) -> frozenset[Language]:
        """The languages whose readers meet what was written: what stands in neither language is met in both."""
        return frozenset(LANGUAGES) if self.structure else self.languages


def written(kind: str, before: Data | None, after: Data) -> Written:
    """Return what differs between two states of an object, given as plain data; `before` is None for a new one.

    Notes for colleagues do not count.
    """
    was, now = _apart(kind, before), _apart(kind, after)
    differing = frozenset(language for language in LANGUAGES if was[language] != now[language])
    return Written(differing, was[""] != now[""])


def _apart(kind: str, data: Data | None) -> dict[str, Any]:
    """The words of each language by row and column, and under an empty name everything else, in order."""
    found: dict[str, Any] = {language: {} for language in LANGUAGES} | {"": []}
    for row, model, values in _rows(kind, data):
        rest = {}
        translated = {name for name, _columns, is_translated in plain_fields(model) if is_translated}
        for name, value in values.items():
            if name in model.internal:  # type: ignore[attr-defined]
                continue
            if name not in translated:
                rest[name] = value
                continue
            for language in LANGUAGES:
                if words := (value or {}).get(language):
                    found[language][row, name] = words
        found[""].append(rest)
    return found


def _rows(kind: str, data: Data | None) -> Iterator[tuple[str, type[models.Model], Data]]:
    if data is None:
        return
    rows = ROWS.get(kind)
    yield "", AGGREGATES[kind], {name: value for name, value in data.items() if not (rows and name == rows.name)}
    for row in data.get(rows.name, []) if rows else ():
        yield row["id"], rows.by_kind[row["kind"]], row  # type: ignore[union-attr]
