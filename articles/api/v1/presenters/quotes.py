"""Quotes and sources as partners receive them inside an item."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from django.conf import settings
from django.utils.translation import get_language

from articles.api.v1.rendering.quotes import checked_by
from articles.api.v1.rendering.surroundings import Surroundings
from articles.api.v1.shapes import quotes as shapes
from articles.api.v1.shapes.common import WithdrawalOut
from articles.canonical.languages import Language
from articles.canonical.shapes import reader
from articles.editions import wording
from articles.editions.parts import PartWithdrawal, Person, Quote, Source
from articles.editions.provenance import provenance
from articles.editions.references import address, csl, reference
from articles.editions.value import plain

_encoded = msgspec.json.Encoder().encode
_decoded = reader(Source)


def quote_out(quote: Quote, block: str, around: Surroundings) -> shapes.QuoteOut:
    """Return the quote of an item with its whole context; `block` is where it stands."""
    return shapes.QuoteOut(**quote_members(quote, around), block=block)


def quote_members(quote: Quote, around: Surroundings) -> dict[str, Any]:
    """Return what a quote has wherever it is shown."""
    speaker = quote.speaker
    source = around.sources[quote.source]
    return {
        "id": quote.id,
        "statement": quote.text,
        "mode": quote.mode,
        "mode_label": str(wording.MODES[quote.mode]),
        "original_language": quote.original_language,
        "attribution": quote.attribution,
        "attribution_label": str(wording.ATTRIBUTIONS[quote.attribution]),
        "person": person_out(speaker) if speaker else None,
        "workplace": workplace_out(speaker) if speaker else None,
        "disclosure": disclosure_out(speaker) if speaker else None,
        "source": _quote_source(quote, source, around),
        "evidence": shapes.EvidenceOut(
            state=quote.verdict.state,
            label=str(wording.VERDICTS[quote.verdict.state]),
            note=quote.verdict.note,
            sources=quote.verdict.sources,
            checked_by=checked_by(quote),
        ),
        "provenance": provenance(quote, source, around.language),
        "approved_on": quote.approved_on or None,
        "reply": shapes.ReplyOut(text=quote.reply.text, on=quote.reply.on or None) if quote.reply else None,
        "api_url": part_url("quotes", quote.id, around.language),
    }


def person_out(person: Person) -> shapes.PersonOut:
    """Return who somebody is, without workplace and disclosure."""
    return shapes.PersonOut(
        id=person.id,
        name=person.name,
        credentials=person.credentials,
        specialty=person.specialty,
        post=person.post,
        part=person.part,
    )


def workplace_out(person: Person) -> shapes.WorkplaceOut | None:
    """Return where somebody works and how we know, None if it is not known."""
    workplace = person.organisation
    if workplace is None:
        return None
    return shapes.WorkplaceOut(
        id=workplace.id,
        name=workplace.name,
        url=workplace.url,
        basis=person.workplace_basis,
        basis_label=str(wording.WORKPLACE_BASES[person.workplace_basis]),
    )


def disclosure_out(person: Person) -> shapes.DisclosureOut:
    """Return what somebody declared, or that nobody asked."""
    disclosure = person.disclosure
    return shapes.DisclosureOut(
        state=disclosure.state,
        label=str(wording.DISCLOSURES[disclosure.state]),
        by=disclosure.by,
        on=disclosure.on or None,
        interests=disclosure.interests,
    )


def source_out(source: Source, around: Surroundings) -> shapes.SourceOut:
    """Return the source as it is cited in the text."""
    return shapes.SourceOut(**source_members(source, around.language), number=around.numbers[source.id])


def source_members(source: Source, language: Language) -> Mapping[str, Any]:
    """Return what a source has wherever it is shown."""
    return _source_members(_encoded(source), language, get_language(), settings.SITE_URL)


@lru_cache(maxsize=256)
def _source_members(written: bytes, language: Language, labels: str | None, site: str) -> Mapping[str, Any]:
    """The members of a source, by its words and all that they depend on: few sources stand in many texts."""
    source = _decoded(written)
    return plain(source) | {
        "accessed_on": source.accessed_on or None,
        "withdrawn": withdrawal_out(source.withdrawn),
        "kind_label": str(wording.SOURCE_KINDS[source.kind]),
        "access_label": wording.how_read(source),
        "reference": reference(source, language),
        "csl": csl(source),
        "api_url": part_url("sources", source.id, language),
    }


def part_url(collection: str, part: str, language: Language) -> str:
    """Return the address of a quote or source by itself."""
    return f"{settings.SITE_URL}/api/v1/{collection}/{part}/?lang={language}"


def withdrawal_out(withdrawal: PartWithdrawal | None) -> WithdrawalOut | None:
    """Return why a part was withdrawn, None if it was not."""
    return WithdrawalOut(reason_code=withdrawal.reason_code, reason=withdrawal.reason) if withdrawal else None


def _quote_source(quote: Quote, source: Source, around: Surroundings) -> shapes.QuoteSourceOut:
    return shapes.QuoteSourceOut(
        id=source.id,
        number=around.numbers[source.id],
        reference=reference(source, around.language),
        url=address(source) or None,
        locator=quote.locator,
        withdrawn=withdrawal_out(source.withdrawn),
    )
