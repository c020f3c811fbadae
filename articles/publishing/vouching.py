"""Somebody compared both languages and found that they say the same: what is kept of that."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models

from articles.canonical.languages import Language, other_language
from articles.content.aggregates import ROWS, dump, kind_of
from articles.content.blocks import Block, blocks
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow
from articles.content.own_words import own_words, words_digest
from articles.content.showing import is_shown, loaded_within
from articles.content.texts import Text
from articles.editions.document import Document
from articles.editions.reading import part_texts
from articles.editorial.confirmations import WORDS, confirm_all


def vouch(
    item: models.Model,
    language: Language,
    original: Document,
    parts: Iterable[str],
    *,
    placed: Sequence[Block] | None = None,
    by: User,
    at: datetime,
) -> bool:
    """Record that somebody compared these parts of an item and found that the translation says the same.

    They saw all that stands in a part, so what it shows is confirmed for other texts too. `placed` are the blocks of a
    text, where they are at hand already. Return whether any of the parts is in the original.
    """
    digests, words = original.parts(), part_texts(original)
    agreed = {part: digests[part] for part in parts if part in digests}
    if not agreed:
        return False
    said: dict[UUID | str, Mapping[str, str]] = {item.pk: agreed}
    if isinstance(item, Text):
        shown = [block for block in (blocks(item) if placed is None else placed) if str(block.pk) in agreed]
        inside = (loaded_within(getattr(block, block.shared)) for block in shown if block.shared)
        for inner in dict.fromkeys(chain.from_iterable(inside)):
            said |= own_words_said(inner, language, _loaded_rows(inner))
    confirm_all(said, language, words=words, by=by, at=at)
    return True


def own_words_said(
    obj: DeskObject, language: Language, placed: Iterable[OrderedRow] | None = None
) -> dict[UUID | str, Mapping[str, str]]:
    """Return what confirming a shared object by itself keeps: nothing where one language of it says nothing.

    `placed` are its rows, where they are at hand already.
    """
    kind, other = kind_of(obj), other_language(language)
    if not is_shown(obj):
        return {}
    data = dump(obj, placed)
    if not (own_words(kind, data, language) and own_words(kind, data, other)):
        return {}
    return {obj.pk: {WORDS: words_digest(kind, data, other)}}


def _loaded_rows(obj: DeskObject) -> list[OrderedRow] | None:
    """The rows that were loaded with an object that a block places; None where its kind has none."""
    rows = ROWS.get(kind_of(obj))
    return None if rows is None else list(getattr(obj, rows.name).all())
