"""Whom to call: the numbers that a protocol carries, for the reader's country or, while that is not known, for all."""

from collections.abc import Sequence

from articles.editions.parts import CareService
from triage.engine.document import ProtocolDocument
from triage.engine.protocol import PLACEHOLDER


def countries(document: ProtocolDocument) -> list[str]:
    """Return the countries (ISO 3166, or EU) whose emergency numbers the protocol carries, in its order."""
    return list(dict.fromkeys(one.country for one in document.services if one.country and _is_emergency(one)))


def emergency(document: ProtocolDocument, country: str) -> list[CareService]:
    """Return the emergency services of a country; of every country where it is empty or has none of its own here."""
    all_of_them = [one for one in document.services if _is_emergency(one)]
    return [one for one in all_of_them if one.country == country] or all_of_them


def filled(text: str, numbers: Sequence[str], *, joined_by: str) -> str:
    """Return the text with the numbers in place of `{emergency}`; `joined_by` is "or" in the text's language."""
    return text.replace(PLACEHOLDER, f" {joined_by} ".join(dict.fromkeys(numbers)))


def _is_emergency(service: CareService) -> bool:
    return service.purpose == "emergency"
