"""The words of an item as the checklist reads them: passage by passage in both languages, each with its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.plain_writing import plain_text
from articles.content.accounts import Accounts
from articles.content.blocks import (
    Block,
    HeadingBlock,
    KeyPointsBlock,
    NoteBlock,
    RelatedBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)
from articles.content.care import CareBox
from articles.content.completeness import is_withdrawn
from articles.content.desk_object import DeskObject
from articles.content.evidence import EvidenceRow, EvidenceTable, EvidenceVerdict
from articles.content.experts import Expert
from articles.content.pictures import Picture
from articles.content.problems import Where
from articles.content.quotes import Quote, Verdict
from articles.content.terms import Term
from articles.content.texts import Text
from articles.content.topics import Topic


@dataclass(frozen=True)
class Passage:
    """One field of an object that readers see; `texts` are its words as plain text, without sources.

    `is_prose` tells running text from headings, cells and names; `may_be_sure` that it claims nothing that evidence
    beside it does not bear out; `verbatim` is the language in which they are somebody else's very words.
    """

    where: Where
    texts: Mapping[Language, str]
    is_prose: bool = True
    may_be_sure: bool = False
    verbatim: str = ""


# Model to its fields and whether each is running text.
_FIELDS: Mapping[type[models.Model], Mapping[str, bool]] = {
    Text: {"title": False, "summary": True},
    Term: {"title": False, "definition": True},
    Topic: {"title": False, "summary": True},
    Expert: {"biography": True},
    HeadingBlock: {"text": False},
    TextBlock: {"text": True},
    KeyPointsBlock: {"text": True},
    StepsBlock: {"title": False, "text": True},
    NoteBlock: {"title": False, "text": True},
    TableBlock: {"caption": False, "cells": False, "note": True},
    RelatedBlock: {"title": False},
    CareBox: {"title": False, "triggers": True, "advice": True},
    Quote: {"text": True, "verdict_note": True, "reply": True},
    EvidenceTable: {"title": False, "note": True},
    EvidenceRow: {"option": False, "finding": True, "conclusion": True},
    Accounts: {"title": False, "note": True},
    Picture: {"alt": True, "caption": True},
}


def passages(item: DeskObject, placed: Sequence[Block]) -> list[Passage]:
    """Return the passages of an item in reading order, those of the objects that it places too, each object once."""
    found = list(_of(item))
    for block in placed:
        if is_withdrawn(block):
            continue
        found += _of(block)
        if block.shared:
            found += _of_placed(getattr(block, block.shared))
    return list({passage.where: passage for passage in found}.values())


def _of_placed(part: models.Model) -> Iterator[Passage]:
    yield from _of(part)
    if isinstance(part, EvidenceTable):
        for row in part.rows.all():
            yield from _of(row)
    elif isinstance(part, Accounts):
        for entry in part.entries.all():
            if entry.quote.withdrawn_at is None:
                yield from _of(entry.quote)


def _of(obj: models.Model) -> Iterator[Passage]:
    fields = next((fields for model, fields in _FIELDS.items() if isinstance(obj, model)), {})
    for field, is_prose in fields.items():
        texts = {language: _text(obj, field, language) for language in LANGUAGES}
        if any(texts.values()):
            where = Where(obj._meta.model_name or "", str(obj.pk), field)
            yield Passage(where, texts, is_prose, _may_be_sure(obj, field), _verbatim(obj, field))


def _text(obj: models.Model, field: str, language: Language) -> str:
    if isinstance(obj, Block) and field in obj.rich:
        return plain_text(obj.body(field, language))
    return getattr(obj, f"{field}_{language}") or ""


def _may_be_sure(obj: models.Model, field: str) -> bool:
    # What a reader may notice is no claim: «сводит всегда одну и ту же ногу».
    if isinstance(obj, CareBox):
        return field == "triggers"
    if isinstance(obj, Quote):
        return field == "text" and obj.verdict == Verdict.SUPPORTED
    if isinstance(obj, EvidenceRow):
        return obj.verdict in (EvidenceVerdict.HELPS, EvidenceVerdict.HARMFUL)
    return False


def _verbatim(obj: models.Model, field: str) -> str:
    is_spoken = isinstance(obj, Quote) and (field == "reply" or obj.obtained == Quote.Obtained.VERBATIM)
    return obj.original_language if is_spoken and field != "verdict_note" else ""  # type: ignore[attr-defined]
