"""Whom to call, as it stands in a sentence: the numbers of a box's emergency services, in the order of its readers."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.parts import CareBox, CareService

PLACEHOLDER = "{emergency}"

# Readers of a language meet first the numbers that most of them can dial.
_HOME: Mapping[Language, tuple[str, ...]] = {"ru": ("RU", ""), "en": ("", "EU", "GB")}


def services_in_order(services: Iterable[CareService], language: Language) -> list[CareService]:
    """Return the services as readers of a language need them: emergencies first, their own country before others."""
    home = _HOME[language]
    return sorted(
        services, key=lambda one: (one.purpose != "emergency", home.index(one.country) if one.country in home else 99)
    )


def emergency_numbers(services: Iterable[CareService], language: Language) -> list[str]:
    """Return the numbers of the emergency services, each once."""
    ordered = services_in_order(services, language)
    return list(dict.fromkeys(one.number for one in ordered if one.purpose == "emergency"))


def joined(numbers: list[str]) -> str:
    """Return numbers as an enumeration, “103, 112 or 999”; call inside the language's override."""
    if len(numbers) < 2:
        return "".join(numbers)
    return gettext("%(some)s or %(last)s") % {"some": ", ".join(numbers[:-1]), "last": numbers[-1]}


def spoken(words: str, box: CareBox, language: Language) -> str:
    """Return words of a box with its numbers in place of the placeholder."""
    return words.replace(PLACEHOLDER, joined(emergency_numbers(box.services, language)))
