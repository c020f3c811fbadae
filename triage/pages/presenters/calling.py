"""Whom to call, as it stands on pages of the triage: the numbers of one country, or of all while none was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language
from articles.editions.care import Call, emergency_calls, in_words, known_calls
from articles.editions.parts import CareService
from articles.reader.presenters.emergency import linked
from triage.engine.document import ProtocolDocument
from triage.engine.protocol import PLACEHOLDER
from triage.live import numbers

# What stands in the form for every country that has none of its own there.
ELSEWHERE = "other"

_NAMES: Mapping[str, str | Promise] = {
    "RU": _("Russia"),
    "KZ": _("Kazakhstan"),
    "GB": _("United Kingdom"),
    "EU": _("A country of the European Union"),
}


@dataclass(frozen=True)
class Country:
    code: str
    name: str


def countries(document: ProtocolDocument) -> list[Country]:
    """Return the countries to choose from; one without a name here goes by its code."""
    return [Country(code, str(_NAMES.get(code, code))) for code in numbers.countries(document)]


def is_country(document: ProtocolDocument, code: str) -> bool:
    """Return whether this can have been chosen; nothing chosen is a choice."""
    return code in {"", ELSEWHERE, *numbers.countries(document)}


def calls(document: ProtocolDocument, country: str, language: Language) -> list[Call]:
    """Return the emergency numbers of a country, or of every country, each with where it works."""
    if country in numbers.countries(document):
        own = dict.fromkeys(one.number for one in numbers.emergency(document, country))
        return [Call(number, "") for number in own]
    return emergency_calls(document.services, language) or known_calls(language)


def advice(document: ProtocolDocument, country: str) -> list[CareService]:
    """Return the services of a country that give advice where nobody's life is in danger; none without a country."""
    return [one for one in document.services if one.purpose == "advice" and one.country == country != ""]


def spoken(text: str, to_call: Sequence[Call]) -> SafeString:
    """Return a text with linked numbers in place of `{emergency}`; all else is escaped."""
    return mark_safe(escape(text).replace(PLACEHOLDER, linked(to_call)))


def plain(text: str, to_call: Sequence[Call]) -> str:
    """Return the same as plain text, for titles."""
    return text.replace(PLACEHOLDER, in_words(to_call))
