"""The checklist of words that are not the desk's: an edition, written out as rows of the desk that nobody saves.

So an old edition meets the very checks that a draft meets. What readers have in the other language stands beside it,
for it is what a translation has to agree with.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from articles.canonical.html_writing import editor_html
from articles.canonical.languages import Language, other_language
from articles.canonical.table_text import table_text
from articles.content import blocks as desk
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.problems import DeskProblem
from articles.content.terms import Term
from articles.editions import blocks as frozen
from articles.editions.document import Document
from articles.editions.parts import SharedPart
from articles.publishing.checklist import Entry, Looked, checklist, is_checked
from articles.publishing.checklist_warnings import glossary
from articles.publishing.checklist_words import TASKS
from articles.publishing.drift import frozen_parts, working_parts
from articles.publishing.passages import passages

# Kinds whose columns have other names than the frame of a document.
_HEADS: Mapping[type[DeskObject], Mapping[str, str]] = {
    Term: {"title": "title", "definition": "summary"},
    Expert: {"name": "title", "biography": "summary"},
}
_HEAD = {"title": "title", "summary": "summary"}


def edition_checklist(
    working: DeskObject,
    language: Language,
    document: Document,
    beside: Document | None,
    *,
    on: date,
    complete: Sequence[DeskProblem],
) -> list[Entry]:
    """Return the checklist of a document of an item; `beside` is what readers have in the other language.

    `complete` is what is known to be incomplete. Shared parts that the desk no longer has are not looked at. Nothing is
    saved.
    """
    if not is_checked(working):
        return []
    looked = _look(working, {language: document, other_language(language): beside})
    return checklist(looked.item, language, on=on, complete=complete, looked=looked)


def _look(working: DeskObject, texts: Mapping[Language, Document | None]) -> Looked:
    item = copy.copy(working)
    for column, field in _HEADS.get(type(item), _HEAD).items():
        for language, text in texts.items():
            setattr(item, f"{column}_{language}", _as_typed(getattr(text, field)) if text else "")
    placed = _rows(item, texts)
    return Looked(item, placed, passages(item, placed), glossary() if kind_of(item) in TASKS else {})


def _rows(item: DeskObject, texts: Mapping[Language, Document | None]) -> list[desk.Block]:
    """The blocks of the texts, each once, in the order of the first text."""
    known = working_parts({part for text in texts.values() if text for part in frozen_parts(text)})
    parts = {part.id: row for part, row in known.items()}
    models = {model.kind: model for model in desk.BLOCKS}
    rows: dict[str, desk.Block] = {}
    for language, text in texts.items():
        for block in text.blocks if text else ():
            model = models[block.kind]
            shown = _shown(block)
            if model.shared and (shown is None or shown.id not in parts):
                continue
            row = rows.setdefault(block.id, model(id=block.id, parent_id=item.pk, essential=block.required))
            if shown is not None:
                setattr(row, model.shared, parts[shown.id])
            for column, words in _words(block).items():
                setattr(row, f"{column}_{language}", _as_typed(words))
    return list(rows.values())


def _as_typed(words: str) -> str:
    """The words with the spaces that drafts have: checks know no others, and a reason given at the desk holds then."""
    return words.translate(_SPACES)


_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f"), " ")


def _shown(block: frozen.AnyBlock) -> SharedPart | None:
    return next((part for name in _PLACES if (part := getattr(block, name, None)) is not None), None)


_PLACES = ("quote", "box", "table", "accounts", "picture")


def _words(block: frozen.AnyBlock) -> dict[str, str]:
    make = _WORDS.get(type(block))
    return make(block) if make else {}


def _text(block: Any) -> dict[str, str]:
    return {"text": editor_html(block.body)}


def _titled(block: Any) -> dict[str, str]:
    return {"title": block.title, "text": editor_html(block.body)}


def _table(block: Any) -> dict[str, str]:
    return {"caption": block.caption, "cells": table_text(block.rows), "note": editor_html(block.body)}


# What a block of a document says, by the columns of its row.
_WORDS: Mapping[type[frozen.Block], Callable[[Any], dict[str, str]]] = {
    frozen.HeadingBlock: lambda block: {"text": block.text},
    frozen.TextBlock: _text,
    frozen.KeyPointsBlock: _text,
    frozen.StepsBlock: _titled,
    frozen.NoteBlock: _titled,
    frozen.TableBlock: _table,
    frozen.RelatedBlock: lambda block: {"title": block.title},
}
