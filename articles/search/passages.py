"""A document as passages: every stretch of its words that can be found, in reading order, each with its place.

A quote that was withdrawn has no words left, and the notice in its place is nobody's words to look for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import singledispatch

from django.utils.translation import override

from articles.canonical.languages import Language
from articles.canonical.plain_writing import plain_text
from articles.canonical.tree import Body, Node
from articles.editions import blocks
from articles.editions.care import PLACEHOLDER, emergency_calls, in_words
from articles.editions.document import Document, ExpertDocument, TermDocument
from articles.editions.parts import CareBox, CareService, Person, Quote
from articles.editions.wording import ICD10


class Place(IntEnum):
    """Where in a document words stand, the weightiest first."""

    TITLE = 0
    NAMES = 1
    SUMMARY = 2
    HEADING = 3
    BODY = 4


@dataclass(frozen=True)
class Passage:
    """`block` is the id of the block that the passage stands in, empty in the head of a document."""

    place: Place
    text: str
    block: str = ""


def passages(document: Document, language: Language, *, codes: Iterable[str] = ()) -> list[Passage]:
    """Return the passages of a document; empty ones are left out.

    `codes` are those of the conditions that it is about: other items say them, and the document is found by them. They
    come last, so that no other passage has another number for them.
    """
    with override(language):
        found = [*_head(document), _own(document, language), *(_within(block, language) for block in document.blocks)]
        found.append(_coded(codes))
        return [passage for group in found for passage in group if passage.text.strip()]


def _head(document: Document) -> Iterator[list[Passage]]:
    yield [Passage(Place.TITLE, document.title)]
    if isinstance(document, TermDocument):
        yield [Passage(Place.NAMES, synonym) for synonym in document.synonyms]
        yield _coded(document.codes)
    if isinstance(document, ExpertDocument):
        yield [Passage(Place.NAMES, document.person.name)] if document.person.name != document.title else []
    yield [Passage(Place.SUMMARY, text) for text in _paragraphs(document.summary)]
    if isinstance(document, ExpertDocument):
        yield [Passage(Place.SUMMARY, _about(document.person))]


def _coded(codes: Iterable[str]) -> list[Passage]:
    """The codes, and what they are codes of: whoever has the one in mind often types the other too."""
    found = [Passage(Place.NAMES, code) for code in codes]
    return [*found, Passage(Place.NAMES, str(ICD10))] if found else []


def _own(document: Document, language: Language) -> list[Passage]:
    """What a kind says beside its blocks, with the numbers that it carries."""
    stretches = document.found_by()
    if not stretches:
        return []
    services = [part for part in document.shared_parts() if isinstance(part, CareService)]
    return [
        Passage(Place.HEADING if one.is_heading else Place.BODY, _numbered(one.words, services, language))
        for one in stretches
    ]


def _within(block: blocks.AnyBlock, language: Language) -> list[Passage]:
    return [Passage(place, text, block.id) for place, text in _words(block, language)]


_Words = Iterator[tuple[Place, str]]


@singledispatch
def _words(block: blocks.AnyBlock, language: Language) -> _Words:
    """The words of a block; raise TypeError for a kind that nobody has thought of here."""
    raise TypeError(f"{type(block).__name__} is not known to search")


@_words.register
def _heading(block: blocks.HeadingBlock, language: Language) -> _Words:
    yield Place.HEADING, block.text


@_words.register(blocks.TextBlock)
@_words.register(blocks.KeyPointsBlock)
def _running(block: blocks.TextBlock | blocks.KeyPointsBlock, language: Language) -> _Words:
    yield from _body(block.body)


@_words.register(blocks.StepsBlock)
@_words.register(blocks.NoteBlock)
def _titled(block: blocks.StepsBlock | blocks.NoteBlock, language: Language) -> _Words:
    yield Place.HEADING, block.title
    yield from _body(block.body)


@_words.register
def _table(block: blocks.TableBlock, language: Language) -> _Words:
    yield Place.HEADING, block.caption
    for row in block.rows:
        yield Place.BODY, " · ".join(cell for cell in row if cell)
    yield from _body(block.body)


@_words.register
def _quote(block: blocks.QuoteBlock, language: Language) -> _Words:
    if block.quote:
        yield from _said(block.quote)


@_words.register
def _care_box(block: blocks.CareBoxBlock, language: Language) -> _Words:
    box = block.box
    yield Place.HEADING, _spoken(box.title, box, language)
    for sign in box.triggers:
        yield Place.BODY, _spoken(sign, box, language)
    for advice in _paragraphs(box.advice):
        yield Place.BODY, _spoken(advice, box, language)
    for service in box.services:
        yield Place.BODY, ", ".join(part for part in (service.name, service.number, service.note) if part)


@_words.register
def _evidence(block: blocks.EvidenceTableBlock, language: Language) -> _Words:
    yield Place.HEADING, block.table.title
    for row in block.table.rows:
        yield Place.BODY, ". ".join(part.rstrip(".") for part in (row.option, row.finding, row.conclusion) if part)
    for note in _paragraphs(block.table.note):
        yield Place.BODY, note


@_words.register
def _accounts(block: blocks.AccountsBlock, language: Language) -> _Words:
    yield Place.HEADING, block.accounts.title
    for entry in block.accounts.entries:
        if entry.quote:
            yield from _said(entry.quote)
    for note in _paragraphs(block.accounts.note):
        yield Place.BODY, note


@_words.register
def _figure(block: blocks.FigureBlock, language: Language) -> _Words:
    yield Place.BODY, block.picture.caption
    yield Place.BODY, block.picture.alt


@_words.register
def _related(block: blocks.RelatedBlock, language: Language) -> _Words:
    """Its questions are items of their own, and found there."""
    yield from ()


def _said(quote: Quote) -> _Words:
    for text in _paragraphs(quote.text):
        yield Place.BODY, text
    if quote.speaker:
        yield Place.BODY, ", ".join(part for part in (quote.speaker.name, _about(quote.speaker)) if part)
    for note in _paragraphs(quote.verdict.note):
        yield Place.BODY, note
    for text in _paragraphs(quote.reply.text) if quote.reply else ():
        yield Place.BODY, text


def _about(person: Person) -> str:
    workplace = person.organisation.name if person.organisation else ""
    return ", ".join(part for part in (person.specialty, person.credentials, person.post, workplace) if part)


def _body(body: Body) -> _Words:
    for node in body:
        if node["type"] == "list":
            for item in node["items"]:
                yield Place.BODY, _line(item)
        else:
            yield Place.HEADING if node["type"] == "heading" else Place.BODY, _line([node])


def _line(nodes: list[Node]) -> str:
    return " ".join(plain_text(nodes).split("\n"))


def _spoken(words: str, box: CareBox, language: Language) -> str:
    return _numbered(words, box.services, language)


def _numbered(words: str, services: Iterable[CareService], language: Language) -> str:
    """The words with the numbers of these services; what names none is found without any."""
    if PLACEHOLDER not in words:
        return words
    return words.replace(PLACEHOLDER, in_words(emergency_calls(services, language)))


def _paragraphs(passage: str) -> list[str]:
    return [paragraph.replace("\n", " ") for paragraph in passage.split("\n\n")]
