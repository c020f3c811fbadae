"""Exchanging frozen parts of a document and leaving every other byte alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from articles.editions.document import (
    AnyBlock,
    ArticleDocument,
    Organisation,
    PartWithdrawal,
    Person,
    Quote,
    QuoteBlock,
    Source,
)
from articles.editions.store import Part


@dataclass(frozen=True)
class Replacements:
    """What stands in for named parts: new values by id, and withdrawals of quotes and sources by id.

    A new quote brings its own words; its speaker changes only if `people` names the speaker too, or if the quote is
    now somebody else's. `added_sources` are sources that a new quote refers to and the document does not have.
    """

    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    quotes: Mapping[str, Quote] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    withdrawn: Mapping[Part, PartWithdrawal] = field(default_factory=dict)
    added_sources: Mapping[str, Source] = field(default_factory=dict)


def replaced(document: ArticleDocument, new: Replacements) -> ArticleDocument:
    """Return the document with the named parts exchanged; the same object if none of them is in it."""
    blocks = [_block(block, new) for block in document.blocks]
    sources = [_source(source, new) for source in document.sources]
    present = {source.id for source in sources}
    cited = dict.fromkeys(source for block in blocks for source in block.sources())
    sources += [new.added_sources[id] for id in cited if id not in present and id in new.added_sources]
    if blocks == document.blocks and sources == document.sources:
        return document
    return msgspec.structs.replace(document, blocks=blocks, sources=sources)


def _block(block: AnyBlock, new: Replacements) -> AnyBlock:
    if not isinstance(block, QuoteBlock) or block.quote is None:
        return block
    withdrawal = new.withdrawn.get(Part("quote", block.quote.id))
    if withdrawal:
        return QuoteBlock(id=block.id, required=True, quote=None, withdrawn=withdrawal)
    return msgspec.structs.replace(block, quote=_quote(block.quote, new))


def _quote(quote: Quote, new: Replacements) -> Quote:
    fresh = new.quotes.get(quote.id, quote)
    speaker = fresh.speaker
    if speaker and quote.speaker and speaker.id == quote.speaker.id:
        speaker = quote.speaker
    return msgspec.structs.replace(fresh, speaker=_person(speaker, new) if speaker else None)


def _person(person: Person, new: Replacements) -> Person:
    fresh = new.people.get(person.id, person)
    workplace = fresh.organisation
    if workplace and person.organisation and workplace.id == person.organisation.id:
        workplace = person.organisation
    if workplace:
        workplace = new.organisations.get(workplace.id, workplace)
    return msgspec.structs.replace(fresh, organisation=workplace)


def _source(source: Source, new: Replacements) -> Source:
    withdrawal = new.withdrawn.get(Part("source", source.id))
    if withdrawal:
        return msgspec.structs.replace(source, withdrawn=withdrawal)
    fresh = new.sources.get(source.id)
    return msgspec.structs.replace(fresh, withdrawn=source.withdrawn) if fresh else source
