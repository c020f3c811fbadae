"""Which fields exist in Russian and in English."""

from modeltranslation.translator import TranslationOptions, translator

from articles.content.accounts import Accounts
from articles.content.blocks import (
    HeadingBlock,
    KeyPointsBlock,
    NoteBlock,
    RelatedBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)
from articles.content.care import CareBox, CareService
from articles.content.evidence import EvidenceRow, EvidenceTable
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry, Page, Text
from articles.content.topics import Topic

# A source's own title is in one language and therefore not here. Proxies take the fields of their table.
_FIELDS = {
    Organisation: ("name",),
    Source: ("translated_title",),
    Expert: ("name", "slug", "biography", "credentials", "specialty", "post", "disclosed_by", "interests"),
    Quote: ("text", "verdict_note", "reply"),
    Topic: ("title", "slug", "summary"),
    Term: ("title", "slug", "synonyms", "definition", "forms_to_avoid"),
    CareService: ("name", "note"),
    CareBox: ("title", "triggers", "advice"),
    EvidenceTable: ("title", "note"),
    EvidenceRow: ("option", "finding", "conclusion"),
    Accounts: ("title", "note"),
    Picture: ("alt", "caption"),
    Text: ("title", "slug", "summary", "authors", "translators"),
    Article: (),
    FaqEntry: (),
    Page: (),
    HeadingBlock: ("text",),
    TextBlock: ("text",),
    KeyPointsBlock: ("text",),
    StepsBlock: ("title", "text"),
    NoteBlock: ("title", "text"),
    TableBlock: ("caption", "cells", "note"),
    RelatedBlock: ("title",),
}

for _model, _names in _FIELDS.items():
    translator.register(_model, TranslationOptions, fields=_names)
