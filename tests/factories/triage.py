"""The bundled protocol as values, and a way to put it on the shelf without a desk."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.envelope import ChangeClass, Review, Signatory
from articles.editions.parts import CareService, Source
from articles.editions.shelf import Edition
from articles.editions.upgrades import CURRENT_SCHEMA
from tests.factories.answers import BENIGN as BENIGN
from tests.factories.answers import LEADING as LEADING
from tests.factories.documents import NOON, UNREVIEWED, shelve
from triage.engine.document import ProtocolDocument
from triage.engine.exchange import FileService, FileSource, ProtocolFile, read_file
from triage.engine.protocol import Protocol, logic_digest

BUNDLED = Path(__file__).resolve().parents[2] / "triage" / "protocols" / "starter" / "leg-cramp-triage.json"

SLUG = "leg-cramp-triage"
# Once the day of the file has gone by: what tests look at is what a protocol says, and not whether somebody has renewed
# it, or its signatures, by now. Asked once and before any test moves the clock.
_TODAY, _LATER = datetime.now(UTC).date().isoformat(), "2128-11-22"

BUNDLED_ID = "16bc0d4b-c3bc-5b4f-8cdd-cfe19ef9a543"

# Nobody has signed the bundled protocol: these two are made up for tests, and no page outside them shows their names.
SIGNED = Review(
    state="reviewed",
    by=[
        Signatory(name="Анна Проверочная", role="medical_reviewer"),
        Signatory(name="Пётр Вторая Подпись", role="medical_reviewer"),
    ],
    on="2026-11-20",
    next_on="2027-11-20" if _TODAY <= "2027-11-20" else _LATER,
    reason="",
)


@cache
def bundled_file() -> ProtocolFile:
    return read_file(BUNDLED.read_bytes())


@cache
def bundled(language: Language = "ru") -> Protocol:
    """Return what the file says, as it is while it holds, and later as if it held on."""
    protocol = bundled_file().protocol(language)
    return protocol if protocol.expires_on >= _TODAY else msgspec.structs.replace(protocol, expires_on=_LATER)


def protocol_document(language: Language, protocol: Protocol | None = None) -> ProtocolDocument:
    """The document of a language, with the sources of the file and its numbers to call."""
    file = bundled_file()
    protocol = protocol or bundled(language)
    return ProtocolDocument(
        schema=CURRENT_SCHEMA,
        title=file.title.of(language),
        slug=file.slug.of(language),
        summary=file.scope.of(language),
        blocks=[],
        sources=[_source(one, language) for one in file.references.values()],
        missing=[],
        logic_digest=logic_digest(protocol),
        protocol=protocol,
        services=[_service(one) for one in file.services],
    )


def a_protocol(**changed: Any) -> ProtocolDocument:
    """The Russian document of the bundled protocol, with other members."""
    return msgspec.structs.replace(protocol_document("ru"), **changed)


def shelve_protocol(
    protocols: Mapping[Language, Protocol] | None = None,
    *,
    review: Review = UNREVIEWED,
    at: datetime = NOON,
    change: ChangeClass = "first",
    languages: tuple[Language, ...] = LANGUAGES,
) -> dict[Language, Edition]:
    """Put both languages of the bundled protocol, or of another one, on the shelf; return the editions."""
    given = protocols or {}
    return {
        language: shelve(
            protocol_document(language, given.get(language)),
            language=language,
            item=str(bundled_file().id),
            review=review,
            at=at,
            change=change,
        )
        for language in languages
    }


def expiring(day: str) -> dict[Language, Protocol]:
    """The bundled protocol, holding until another day (ISO)."""
    return {language: msgspec.structs.replace(bundled(language), expires_on=day) for language in LANGUAGES}


def _source(source: FileSource, language: Language) -> Source:
    return Source(
        id=str(source.id),
        kind=source.kind,
        title=source.title,
        language=source.language,
        translated_title=source.translated_title.of(language),
        authors=source.authors,
        publisher=source.publisher,
        container=source.container,
        volume=source.volume,
        issue=source.issue,
        pages=source.pages,
        issued=source.issued,
        accessed_on=source.accessed_on,
        doi=source.doi,
        pmid=source.pmid,
        url=source.url,
        archive_url=source.archive_url,
        access=source.access,
    )


def _service(service: FileService) -> CareService:
    names = {"111": "advice"}
    return CareService(
        id=str(service.id),
        name="",
        number=service.number,
        country=service.country,
        purpose=names.get(service.number, "emergency"),  # type: ignore[arg-type]
        note="",
    )
