"""The texts of a protocol with the numbers to call in their place."""

from articles.canonical.languages import Language
from articles.editions.care import Call, emergency_calls, in_words, known_calls
from triage.engine.document import ProtocolDocument
from triage.engine.protocol import PLACEHOLDER
from triage.live import numbers


def calls(document: ProtocolDocument, country: str, language: Language) -> list[Call]:
    """Return the emergency numbers of a country; of every country, each with where it works, where none is given."""
    if country:
        own = dict.fromkeys(service.number for service in numbers.emergency(document, country))
        return [Call(number, "") for number in own]
    return emergency_calls(document.services, language) or known_calls(language)


class Speaker:
    """Says texts of one protocol; call inside the override of its language."""

    def __init__(self, document: ProtocolDocument, country: str, language: Language) -> None:
        self.words = in_words(calls(document, country, language))

    def __call__(self, text: str) -> str:
        return text.replace(PLACEHOLDER, self.words)
