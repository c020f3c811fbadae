"""How long a text is: words, characters and the time that reading takes, in each language.

A word is what stands between spaces and holds a letter or a digit, so a dash is none; characters are counted with one
space between words. `articles/static/articles/admin/tools/measures.js` counts the same while somebody types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.content.accounts import Accounts
from articles.content.blocks import BLOCKS, Block
from articles.content.care import CareBox
from articles.content.evidence import EvidenceTable
from articles.content.text_columns import plain_words, text_columns
from articles.content.texts import CREDITS, Text

# Words a minute: our own convention, on the slow side, since people who are worried or unwell read here. Russian words
# are longer, so fewer of them are read in the same time.
WORDS_A_MINUTE: Mapping[Language, int] = {"ru": 180, "en": 200}

_LETTER = re.compile(r"[^\W_]")
# An address is not read, and what stands for a picture is read by nobody who sees it.
_NOT_READ = {"slug", "alt"} | CREDITS


@dataclass(frozen=True)
class Measure:
    words: int = 0
    characters: int = 0

    def __add__(self, other: Measure) -> Measure:
        return Measure(self.words + other.words, self.characters + other.characters)

    def minutes(self, language: Language) -> int:
        """Return whole minutes of reading, rounded up; none where there is no word."""
        return -(-self.words // WORDS_A_MINUTE[language])


Measures = Mapping[Language, Measure]


def measure(text: str) -> Measure:
    """Return the length of plain text."""
    pieces = text.split()
    return Measure(sum(1 for piece in pieces if _LETTER.search(piece)), len(" ".join(pieces)))


def own_measures(obj: models.Model) -> Measures:
    """Return the length of a row's own words that readers meet, in each language; the words of one that is shared are
    not among them."""
    return {language: measure("\n".join(_own_texts(obj, language))) for language in LANGUAGES}


def shared_measures(block: Block) -> Measures:
    """Return the length of what a block shows of objects that have forms of their own; nothing for other blocks, nor in
    a language in which the object has no words: readers of it are shown neither the object nor what lies within."""
    placed = getattr(block, block.shared) if block.shared and getattr(block, f"{block.shared}_id") else None
    shown = [placed, *_WITHIN.get(type(placed), _nothing)(placed)] if placed else []
    return {
        language: measure("\n".join(text for one in shown for text in _own_texts(one, language)))
        if placed and placed.has_words(language)
        else Measure()
        for language in LANGUAGES
    }


def block_measures(block: Block) -> Measures:
    """Return the length of everything that a block shows."""
    own, shared = own_measures(block), shared_measures(block)
    return {language: own[language] + shared[language] for language in LANGUAGES}


def whole(parts: Iterable[Measures]) -> Measures:
    """Return the lengths of parts together."""
    found = {language: Measure() for language in LANGUAGES}
    for part in parts:
        found = {language: found[language] + part[language] for language in LANGUAGES}
    return found


def lengths(texts: Collection[Text]) -> dict[Any, Measures]:
    """Return the length of each text with its title, summary and blocks, by id; the same few queries for any number."""
    parts: dict[Any, list[Measures]] = {text.pk: [own_measures(text)] for text in texts}
    for model in BLOCKS if parts else ():
        for block in model.get_queryset().filter(parent__in=list(parts)):
            parts[block.parent_id].append(block_measures(block))
    return {pk: whole(found) for pk, found in parts.items()}


def _own_texts(obj: models.Model, language: Language) -> list[str]:
    return [
        plain_words(one.column, getattr(obj, one.name))
        for one in text_columns(type(obj))
        if one.language == language and not one.is_internal and one.field not in _NOT_READ
    ]


def _nothing(placed: Any) -> Iterable[models.Model]:
    return ()


# What a placed object shows beside its own words.
_WITHIN: Mapping[type, Callable[[Any], Iterable[models.Model]]] = {
    CareBox: lambda box: box.services.all(),
    EvidenceTable: lambda table: table.rows.all(),
    Accounts: lambda accounts: [entry.quote for entry in accounts.entries.all()],
}
