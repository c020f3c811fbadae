"""Parts as they are frozen into a document: each working object to its value in one language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from articles.canonical.languages import Language
from articles.canonical.typography import polish_line
from articles.content.accounts import Accounts
from articles.content.care import CareBox, CareService
from articles.content.evidence import EvidenceRow, EvidenceTable
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source, in_order
from articles.editions import parts


def organisation_part(organisation: Organisation, language: Language) -> parts.Organisation:
    """Return the organisation under its name in this language; empty where it has none."""
    return parts.Organisation(id=str(organisation.id), name=_line(organisation, "name", language), url=organisation.url)


def person_part(expert: Expert, language: Language) -> parts.Person:
    """Return the person with workplace and disclosure as they stand."""
    return parts.Person(
        id=str(expert.id),
        name=_line(expert, "name", language),
        credentials=_line(expert, "credentials", language),
        specialty=_line(expert, "specialty", language),
        post=_line(expert, "post", language),
        organisation=organisation_part(expert.organisation, language) if expert.organisation else None,
        workplace_basis=expert.workplace_basis,  # type: ignore[arg-type]
        part=expert.part,  # type: ignore[arg-type]
        disclosure=parts.Disclosure(
            state=expert.disclosure,  # type: ignore[arg-type]
            by=_line(expert, "disclosed_by", language),
            on=expert.disclosed_on.isoformat() if expert.disclosed_on else "",
            # Pages put them in one row, so an item typed as a sentence loses its full stop.
            interests=[line.rstrip(" .;") for line in _line(expert, "interests", language).split("\n") if line],
        ),
    )


def source_part(source: Source, language: Language) -> parts.Source:
    """Return the source with all that a reader needs to find it. Its own title stays as it was printed."""
    return parts.Source(
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


def quote_part(quote: Quote, language: Language) -> parts.Quote:
    """Return the quote with its whole context."""
    reply = _line(quote, "reply", language)
    return parts.Quote(
        id=str(quote.id),
        text=_line(quote, "text", language),
        mode=quote.mode(language),  # type: ignore[arg-type]
        original_language=quote.original_language,  # type: ignore[arg-type]
        attribution=quote.attribution,  # type: ignore[arg-type]
        speaker=person_part(quote.expert, language) if quote.expert else None,
        source=str(quote.source_id),
        locator=quote.locator,
        approved_on=quote.approved_on.isoformat() if quote.approved_on else "",
        verdict=parts.Verdict(
            state=quote.verdict,  # type: ignore[arg-type]
            note=_line(quote, "verdict_note", language),
            sources=_ids(quote.verdict_sources.all()),
        ),
        reply=parts.Reply(text=reply, on=quote.replied_on.isoformat()) if reply and quote.replied_on else None,
    )


def service_part(service: CareService, language: Language) -> parts.CareService:
    """Return the service with its number."""
    return parts.CareService(
        id=str(service.id),
        name=_line(service, "name", language),
        number=service.number,
        country=service.country,
        purpose=service.purpose,  # type: ignore[arg-type]
        note=_line(service, "note", language),
    )


def care_box_part(box: CareBox, language: Language) -> parts.CareBox:
    """Return the box with its services in their order."""
    return parts.CareBox(
        id=str(box.id),
        level=box.level,  # type: ignore[arg-type]
        title=_line(box, "title", language),
        triggers=_lines(box, "triggers", language),
        advice=_line(box, "advice", language),
        services=[service_part(service, language) for service in box.services.all()],
        cited=_ids(box.sources.all()),
    )


def evidence_table_part(table: EvidenceTable, language: Language) -> parts.EvidenceTable:
    """Return the table with the rows that have words in this language."""
    return parts.EvidenceTable(
        id=str(table.id),
        title=_line(table, "title", language),
        note=_line(table, "note", language),
        rows=[_evidence_row(row, language) for row in table.rows.all() if getattr(row, f"option_{language}")],
    )


def _evidence_row(row: EvidenceRow, language: Language) -> parts.EvidenceRow:
    return parts.EvidenceRow(
        id=str(row.id),
        option=_line(row, "option", language),
        finding=_line(row, "finding", language),
        verdict=row.verdict,  # type: ignore[arg-type]
        conclusion=_line(row, "conclusion", language),
        sources=_ids(row.sources.all()),
    )


def accounts_part(accounts: Accounts, language: Language) -> parts.Accounts:
    """Return the accounts in their order, without quotes that were withdrawn or have no words in this language."""
    return parts.Accounts(
        id=str(accounts.id),
        title=_line(accounts, "title", language),
        note=_line(accounts, "note", language),
        experts_differ=accounts.experts_differ,
        entries=[
            parts.Account(id=str(entry.id), quote=quote_part(entry.quote, language))
            for entry in accounts.entries.all()
            if entry.quote.withdrawn_at is None and entry.quote.has_words(language)
        ],
        cited=_ids(accounts.sources.all()),
    )


def picture_part(picture: Picture, language: Language) -> parts.Picture:
    """Return the picture with its files, which never change."""
    return parts.Picture(
        id=str(picture.id),
        alt=_line(picture, "alt", language),
        caption=_line(picture, "caption", language),
        credit=picture.credit,
        licence=picture.licence,
        licence_url=picture.terms,
        source_url=picture.source_url,
        width=picture.width,
        height=picture.height,
        renditions=[
            parts.Rendition(path=one["path"], width=one["width"], height=one["height"], format=one["format"])
            for one in picture.renditions
        ],
    )


@dataclass(frozen=True)
class Shared:
    """A kind of shared part: its working model, how it is frozen, and what freezing reads beside its own row."""

    model: type[models.Model]
    freeze: Callable[[Any, Language], parts.SharedPart]
    reads: tuple[str, ...] = ()


_QUOTE_READS = ("expert__organisation", "source", "verdict_sources")

SHARED: Mapping[str, Shared] = {
    "organisation": Shared(Organisation, organisation_part),
    "expert": Shared(Expert, person_part, ("organisation",)),
    "source": Shared(Source, source_part),
    "quote": Shared(Quote, quote_part, _QUOTE_READS),
    "care_service": Shared(CareService, service_part),
    "care_box": Shared(CareBox, care_box_part, ("services", "sources")),
    "evidence_table": Shared(EvidenceTable, evidence_table_part, ("rows__sources",)),
    "accounts": Shared(Accounts, accounts_part, ("sources", *(f"entries__quote__{name}" for name in _QUOTE_READS))),
    "picture": Shared(Picture, picture_part),
}


def _line(obj: object, field: str, language: Language) -> str:
    return polish_line(getattr(obj, f"{field}_{language}") or "", language=language)


def _lines(obj: object, field: str, language: Language) -> list[str]:
    """The entries of a list that is typed one per line, in paragraphs or not."""
    return [line for line in _line(obj, field, language).split("\n") if line]


def _ids(sources: Any) -> list[str]:
    return [str(source.id) for source in in_order(sources)]
