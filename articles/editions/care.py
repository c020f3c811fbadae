"""Whom to call, as it stands in a sentence: the numbers of emergency services in the order of their readers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from django.utils.translation import get_language, gettext, override

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editions.mirror_place import reading
from articles.editions.parts import CareBox, CareService
from articles.editions.services import first_numbers_only, known_services

PLACEHOLDER = "{emergency}"

# Where most readers of a language are: those numbers come first and need no word on where they work.
_HOME: Mapping[Language, tuple[str, ...]] = {"ru": ("RU", ""), "en": ("EU", "")}
# Where the others read this language, whose numbers come next.
_NEXT: Mapping[Language, tuple[str, ...]] = {"ru": ("KZ",), "en": ("GB",)}


@dataclass(frozen=True)
class Call:
    """A number to dial, and where it works if that must be said."""

    number: str
    where: str


def services_in_order(services: Iterable[CareService], language: Language) -> list[CareService]:
    """Return services as readers of a language need them: emergencies first, those of most readers before others."""
    return sorted(
        services,
        key=lambda one: (
            one.purpose != "emergency",
            one.country not in _HOME[language],
            one.country not in _NEXT[language],
        ),
    )


def emergency_calls(services: Iterable[CareService], language: Language) -> list[Call]:
    """Return the numbers of the emergency services, each once."""
    by_number: dict[str, list[CareService]] = {}
    for service in services_in_order(services, language):
        if service.purpose == "emergency":
            by_number.setdefault(service.number, []).append(service)
    return [Call(number, _where(same, language)) for number, same in by_number.items()]


def known_calls(language: Language) -> list[Call]:
    """Return the emergency numbers that live texts name, for pages without such a text; call inside the language's
    override."""
    return list(_known_calls(tuple(known_services(language)), language, get_language()))


def in_words(calls: Iterable[Call]) -> str:
    """Return calls as an enumeration, “112, 999 in the UK or 103 in Russia”; call inside the language's override."""
    said = [f"{call.number} {call.where}".rstrip() for call in calls]
    if len(said) < 2:
        return "".join(said)
    return gettext("%(some)s or %(last)s") % {"some": ", ".join(said[:-1]), "last": said[-1]}


def emergency_words(language: Language) -> str:
    """Return the emergency numbers as they stand in a sentence; call inside the language's override."""
    return _said(tuple(known_services(language)), language, get_language())


@lru_cache(maxsize=16)
def _said(services: tuple[CareService, ...], language: Language, active: str | None) -> str:
    """A list of texts says it with each of them, and it is nearly always the same."""
    return in_words(_known_calls(services, language, active))


@lru_cache(maxsize=16)
def _known_calls(services: tuple[CareService, ...], language: Language, active: str | None) -> tuple[Call, ...]:
    return tuple(emergency_calls(services, language))


def emergency_words_at_hand(language: Language) -> str:
    """Return the emergency numbers in a sentence without asking the shared database: it may be what is away."""
    with override(language), reading() as is_here:
        if is_here:
            return emergency_words(language)
        with first_numbers_only():
            return emergency_words(language)


def box_calls(box: CareBox, language: Language) -> list[Call]:
    """Return the numbers that stand in a box's sentences; where they work, its list of services says.

    An unfinished box has no services: the numbers of live texts stand in.
    """
    return [Call(call.number, "") for call in emergency_calls(box.services, language)] or known_calls(language)


def emergency_box(document: Document) -> CareBox | None:
    """Return the first box of a text that says when to call at once; None if it has none."""
    boxes = (part for part in document.shared_parts() if isinstance(part, CareBox))
    return next((box for box in boxes if box.level == "emergency"), None)


def with_numbers_of_now(box: CareBox, language: Language) -> CareBox:
    """Return the box with its services as live texts show them now; those that no live text knows are left out.

    Without any, `box_calls` names the numbers of live texts. A number in a text that is not live follows no change.
    """
    known = {service.id: service for service in known_services(language)}
    services = [known[service.id] for service in box.services if service.id in known]
    return msgspec.structs.replace(box, services=services)


def spoken(words: str, box: CareBox, language: Language) -> str:
    """Return words of a box with its numbers in place of the placeholder."""
    return words.replace(PLACEHOLDER, in_words(box_calls(box, language)))


def _where(services: list[CareService], language: Language) -> str:
    if any(service.country in _HOME[language] for service in services):
        return ""
    notes = list(dict.fromkeys(service.note for service in services if service.note))
    if len(notes) < 2:
        return "".join(notes)
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(notes[:-1]), "last": notes[-1]}
