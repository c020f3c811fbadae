"""Care boxes: when to get help, how soon, and whom to call."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.care import PLACEHOLDER, box_calls, in_words, services_in_order
from articles.editions.parts import CareBox, CareService
from articles.editions.wording import CARE_LEVELS
from articles.reader.presenters.emergency import linked
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.setting import Setting

# Colour and bars: both appointments share one, their words tell them apart.
RANKS: Mapping[str, int] = {
    "emergency": 4,
    "same_day": 3,
    "appointment_days": 2,
    "appointment_weeks": 2,
    "self_care": 1,
}


@dataclass(frozen=True)
class CallView:
    """A number, and whom it reaches where."""

    number: str
    words: str


@dataclass(frozen=True)
class CareView:
    rank: int
    level: str
    title: SafeString
    triggers: list[SafeString]
    advice: list[SafeString]
    calls: list[CallView]
    marks: list[SafeString]
    is_past: bool


def care_view(box: CareBox, setting: Setting) -> CareView:
    """Return the box. From an emergency nothing leads away but numbers to call, which are only told in a past text."""
    rank = RANKS[box.level]
    return CareView(
        rank=rank,
        level=gettext("Level %(rank)s of 4 · %(words)s") % {"rank": rank, "words": CARE_LEVELS[box.level]},
        title=_spoken(box.title, box, setting),
        triggers=[_spoken(sign, box, setting) for sign in box.triggers],
        advice=[_spoken(paragraph, box, setting) for paragraph in paragraphs(box.advice)],
        # Where nobody should ride in an ambulance, numbers stand only in the sentence that says when to call after all.
        calls=_calls(box, setting.language) if rank > 2 else [],
        marks=setting.citing.marks(box.cited, linked=rank < 4),
        is_past=setting.is_past,
    )


def _spoken(words: str, box: CareBox, setting: Setting) -> SafeString:
    """The words with numbers to touch, or, in a past text, with numbers alone."""
    calls = box_calls(box, setting.language)
    numbers = escape(in_words(calls)) if setting.is_past else linked(calls)
    return mark_safe(escape(words).replace(PLACEHOLDER, numbers))


def _calls(box: CareBox, language: Language) -> list[CallView]:
    """The services in the readers' order; what has one number and one name in several countries is one line."""
    lines: dict[tuple[str, str], list[CareService]] = {}
    for service in services_in_order(box.services, language):
        lines.setdefault((service.number, service.name), []).append(service)
    return [CallView(number, _reached(name, services)) for (number, name), services in lines.items()]


def _reached(name: str, services: list[CareService]) -> str:
    where = ", ".join(dict.fromkeys(service.note for service in services if service.note))
    return ": ".join(part for part in (name, where) if part)
