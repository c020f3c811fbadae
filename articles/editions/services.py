"""Whom to call, as live texts say it now: for headers, footers and pages that have no text of their own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError

from articles.canonical.languages import Language
from articles.editions import noting
from articles.editions.document import Document
from articles.editions.parts import CareService, shared_parts
from articles.editions.shelf import KnownService, Mention, Standing
from articles.editions.value import encoded

_read: ContextVar[dict[Language, list[CareService]] | None] = ContextVar("services read for this answer", default=None)

# Before the first text with a care box is published, and where the shelf cannot be read, these two lists stand in.
_FIRST_NUMBERS: Mapping[Language, tuple[tuple[str, str, str], ...]] = {
    "ru": (("103", "RU", ""), ("112", "RU", "")),
    "en": (("112", "EU", ""), ("999", "GB", "in the UK"), ("103", "RU", "in Russia")),
}


def known_services(language: Language) -> list[CareService]:
    """Return the services that live texts of a language name, never none; one query, or none within `read_once`."""
    noting.note(f"calls:{language}")
    read = _read.get()
    if read is not None and language in read:
        return read[language]
    try:
        with noting.reads():
            rows = KnownService.objects.filter(language=language).order_by("position", "service")
            found = [row.value for row in rows]
    except DatabaseError:
        noting.keep_not()
        found = []
    found = found if any(service.purpose == "emergency" for service in found) else [*found, *_first(language)]
    if read is not None:
        read[language] = found
    return found


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block, which is one answer, the services of a language are read once."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def follow(language: Language, new: Document, before: Document | None) -> None:
    """Know the services of a text that has just become live, where they are new or other than in its last edition."""
    was = {service.id: service for service in _services(before)} if before else {}
    known = {str(key) for key in KnownService.objects.filter(language=language).values_list("service", flat=True)}
    for position, service in enumerate(_services(new)):
        if was.get(service.id) != service or service.id not in known:
            value = {"position": position, "service_json": encoded(service).decode()}
            KnownService.objects.update_or_create(service=service.id, language=language, defaults=value)
    forget_unused(language)


def forget_unused(language: Language) -> None:
    """Forget services that no live text of the language shows any more."""
    live = Standing.objects.filter(language=language, state=Standing.State.LIVE).values("edition")
    shown = Mention.objects.filter(part_kind="care_service", edition__in=live).values("part")
    KnownService.objects.filter(language=language).exclude(service__in=shown).delete()


def _services(document: Document) -> list[CareService]:
    found = {part.id: part for part in shared_parts(document) if isinstance(part, CareService)}
    return list(found.values())


def _first(language: Language) -> list[CareService]:
    return [
        CareService(id=number, name="", number=number, country=country, purpose="emergency", note=note)
        for number, country, note in _FIRST_NUMBERS[language]
    ]
