"""Parts as they are frozen into a document: each working object to its value in one language."""

from articles.canonical.languages import Language
from articles.canonical.typography import polish_line
from articles.content.completeness import verdict_sources
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.editions import document


def organisation_part(organisation: Organisation, language: Language) -> document.Organisation:
    """Return the organisation under its name in this language; empty where it has none."""
    return document.Organisation(
        id=str(organisation.id), name=_line(organisation, "name", language), url=organisation.url
    )


def person_part(expert: Expert, language: Language) -> document.Person:
    """Return the person with workplace and disclosure as they stand."""
    return document.Person(
        id=str(expert.id),
        name=_line(expert, "name", language),
        credentials=_line(expert, "credentials", language),
        specialty=_line(expert, "specialty", language),
        post=_line(expert, "post", language),
        organisation=organisation_part(expert.organisation, language) if expert.organisation else None,
        workplace_basis=expert.workplace_basis,  # type: ignore[arg-type]
        part=expert.part,  # type: ignore[arg-type]
        disclosure=document.Disclosure(
            state=expert.disclosure,  # type: ignore[arg-type]
            by=_line(expert, "disclosed_by", language),
            on=expert.disclosed_on.isoformat() if expert.disclosed_on else "",
            # Pages put them in one row, so an item typed as a sentence loses its full stop.
            interests=[line.rstrip(" .;") for line in _line(expert, "interests", language).split("\n") if line],
        ),
    )


def source_part(source: Source, language: Language) -> document.Source:
    """Return the source with all that a reader needs to find it. Its own title stays as it was printed."""
    return document.Source(
        id=str(source.id),
        kind=source.kind,
        title=source.title,
        language=source.language,
        translated_title=_line(source, "translated_title", language),
        authors=[line for line in source.authors.split("\n") if line],
        publisher=source.publisher,
        container=source.container,
        volume=source.volume,
        issue=source.issue,
        pages=source.pages,
        issued=source.issued,
        accessed_on=source.accessed_on.isoformat() if source.accessed_on else "",
        doi=source.doi,
        pmid=source.pmid,
        url=source.url,
        archive_url=source.archive_url,
        access=source.access,
    )


def quote_part(quote: Quote, language: Language) -> document.Quote:
    """Return the quote with its whole context."""
    reply = _line(quote, "reply", language)
    return document.Quote(
        id=str(quote.id),
        text=_line(quote, "text", language),
        mode=quote.mode(language),  # type: ignore[arg-type]
        original_language=quote.original_language,  # type: ignore[arg-type]
        attribution=quote.attribution,  # type: ignore[arg-type]
        speaker=person_part(quote.expert, language) if quote.expert else None,
        source=str(quote.source_id),
        locator=quote.locator,
        approved_on=quote.approved_on.isoformat() if quote.approved_on else "",
        verdict=document.Verdict(
            state=quote.verdict,  # type: ignore[arg-type]
            note=_line(quote, "verdict_note", language),
            sources=[str(source.id) for source in verdict_sources(quote)],
        ),
        reply=document.Reply(text=reply, on=quote.replied_on.isoformat()) if reply and quote.replied_on else None,
    )


def _line(obj: object, field: str, language: Language) -> str:
    return polish_line(getattr(obj, f"{field}_{language}"), language=language)
