"""Whom to call, as live texts say it now: for headers, footers and pages that have no text of their own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DatabaseError

from articles.canonical.languages import Language
from articles.editions import noting, prepared
from articles.editions.document import Document
from articles.editions.linked import newest_carriers
from articles.editions.parts import CareService, shared_parts
from articles.editions.shelf import KnownService
from articles.editions.value import encoded

_read: ContextVar["dict[Language, _Read] | None"] = ContextVar("services read for this answer", default=None)

# Before the first text with a care box is published, and where the shelf cannot be read, these two lists stand in.
_FIRST_NUMBERS: Mapping[Language, tuple[tuple[str, str, str], ...]] = {
    "ru": (("103", "RU", ""), ("112", "RU", "")),
    "en": (("112", "EU", ""), ("999", "GB", "in the UK"), ("103", "RU", "in Russia")),
}


@dataclass(frozen=True)
class _Read:
    """Services, and whether these are what the shelf says."""

    services: list[CareService]
    is_said: bool = True


def known_services(language: Language) -> list[CareService]:
    """Return the services that live texts of a language name, never none; at most one query, none in `read_once`."""
    noting.note(f"calls:{language}")
    read = _read.get()
    found = read.get(language) if read is not None else None
    if found is None:
        found = _known(language)
        if read is not None:
            read[language] = found
    # Several answers may be made of one reading, and each of them says it of itself.
    if not found.is_said:
        noting.keep_not()
    return found.services


def _known(language: Language) -> _Read:
    try:
        found = noting.remembered(
            ("calls", language),
            {f"calls:{language}"},
            lambda: [row.value for row in prepared.KNOWN.rows(language)],
        )
    except DatabaseError:
        return _Read(_first(language), is_said=False)
    is_whole = any(service.purpose == "emergency" for service in found)
    return _Read(found if is_whole else [*found, *_first(language)])


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block, which is one answer, the services of a language are read once."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


@contextmanager
def first_numbers_only() -> Iterator[None]:
    """Within the block nothing is read: the numbers that stand in where the shelf cannot be read are known."""
    token = _read.set({language: _Read(_first(language)) for language in _FIRST_NUMBERS})
    try:
        yield
    finally:
        _read.reset(token)


def follow(language: Language, new: Document, before: Document | None) -> None:
    """Know the services of a text that has just become live, where they are new or other than in its last edition."""
    follow_all([(language, new, before)])


def follow_all(went: Sequence[tuple[Language, Document, Document | None]], *, is_of_now: bool = False) -> None:
    """Know those of texts in several languages, each with its last edition; no query where they name nobody.

    `is_of_now`: they say what the desk says, so theirs are the numbers of now also where they say what they said
    before. Of other texts, which are only touched, what did not change may be older than what is known.
    """
    named = {language: _services(new) for language, new, _before in went}
    was = {language: {one.id: one for one in _services(before)} if before else {} for language, _new, before in went}
    for language, services in was.items():
        if services.keys() - {service.id for service in named[language]}:
            forget_unused(language)
    if not any(named.values()):
        return
    rows = KnownService.objects.filter(language__in=named).values_list("service", "language", "service_json")
    known = {(str(service), language): said for service, language, said in rows}
    KnownService.objects.bulk_create(
        [
            KnownService(service=service.id, language=language, position=position, service_json=said)
            for language, services in named.items()
            for position, service in enumerate(services)
            if (said := encoded(service).decode()) != known.get((service.id, language))
            and (is_of_now or was[language].get(service.id) != service or (service.id, language) not in known)
        ],
        update_conflicts=True,
        unique_fields=["service", "language"],
        update_fields=["position", "service_json"],
    )


def forget_unused(language: Language) -> None:
    """Forget services that no live text of the language shows any more."""
    known = list(KnownService.objects.filter(language=language).values_list("service", flat=True))
    shown = newest_carriers("care_service", known, language, limit=1)
    if unused := [service for service in known if not shown.get(service)]:
        KnownService.objects.filter(language=language, service__in=unused).delete()


def _services(document: Document) -> list[CareService]:
    found = {part.id: part for part in shared_parts(document) if isinstance(part, CareService)}
    return list(found.values())


def _first(language: Language) -> list[CareService]:
    return [
        CareService(id=number, name="", number=number, country=country, purpose="emergency", note=note)
        for number, country, note in _FIRST_NUMBERS[language]
    ]
