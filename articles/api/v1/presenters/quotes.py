"""Quotes and sources as partners receive them."""

from collections.abc import Mapping

from articles.api.v1 import rendering
from articles.api.v1.shapes import quotes as shapes
from articles.api.v1.shapes.common import WithdrawalOut
from articles.canonical.languages import Language
from articles.editions import wording
from articles.editions.parts import PartWithdrawal, Quote, Source
from articles.editions.provenance import provenance
from articles.editions.references import address, csl, reference
from articles.editions.value import plain


def quote_out(
    quote: Quote, block: str, sources: Mapping[str, Source], numbers: Mapping[str, int], language: Language
) -> shapes.QuoteOut:
    """Return the quote with its whole context."""
    speaker = quote.speaker
    workplace = speaker.organisation if speaker else None
    return shapes.QuoteOut(
        id=quote.id,
        block=block,
        html=rendering.quote_html(quote, sources, numbers, language),
        text=rendering.quote_text(quote, sources, numbers, language),
        statement=quote.text,
        mode=quote.mode,
        mode_label=str(wording.MODES[quote.mode]),
        original_language=quote.original_language,
        attribution=quote.attribution,
        attribution_label=str(wording.ATTRIBUTIONS[quote.attribution]),
        person=shapes.PersonOut(
            id=speaker.id,
            name=speaker.name,
            credentials=speaker.credentials,
            specialty=speaker.specialty,
            post=speaker.post,
            part=speaker.part,
        )
        if speaker
        else None,
        workplace=shapes.WorkplaceOut(
            id=workplace.id,
            name=workplace.name,
            url=workplace.url,
            basis=speaker.workplace_basis,
            basis_label=str(wording.WORKPLACE_BASES[speaker.workplace_basis]),
        )
        if speaker and workplace
        else None,
        disclosure=shapes.DisclosureOut(
            state=speaker.disclosure.state,
            label=str(wording.DISCLOSURES[speaker.disclosure.state]),
            by=speaker.disclosure.by,
            on=speaker.disclosure.on or None,
            interests=speaker.disclosure.interests,
        )
        if speaker
        else None,
        source=_quote_source(quote, sources[quote.source], numbers, language),
        evidence=shapes.EvidenceOut(
            state=quote.verdict.state,
            label=str(wording.VERDICTS[quote.verdict.state]),
            note=quote.verdict.note,
            sources=quote.verdict.sources,
            checked_by=str(wording.CHECKED_BY_EDITORS),
        ),
        provenance=provenance(quote, sources[quote.source], language),
        approved_on=quote.approved_on or None,
        reply=shapes.ReplyOut(text=quote.reply.text, on=quote.reply.on or None) if quote.reply else None,
    )


def source_out(source: Source, number: int, language: Language) -> shapes.SourceOut:
    """Return the source as it is cited in the text."""
    own = plain(source) | {
        "accessed_on": source.accessed_on or None,
        "withdrawn": withdrawal_out(source.withdrawn),
    }
    return shapes.SourceOut(
        **own,
        number=number,
        kind_label=str(wording.SOURCE_KINDS[source.kind]),
        access_label=wording.how_read(source),
        reference=reference(source, language),
        csl=csl(source),
    )


def withdrawal_out(withdrawal: PartWithdrawal | None) -> WithdrawalOut | None:
    """Return why a part was withdrawn, None if it was not."""
    return WithdrawalOut(reason_code=withdrawal.reason_code, reason=withdrawal.reason) if withdrawal else None


def _quote_source(
    quote: Quote, source: Source, numbers: Mapping[str, int], language: Language
) -> shapes.QuoteSourceOut:
    return shapes.QuoteSourceOut(
        id=source.id,
        number=numbers[source.id],
        reference=reference(source, language),
        url=address(source) or None,
        locator=quote.locator,
        withdrawn=withdrawal_out(source.withdrawn),
    )
