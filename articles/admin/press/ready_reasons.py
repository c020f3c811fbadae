"""A ready sentence for readers per reason of a withdrawal, so that nobody has to type one in a hurry.

Each is true of every withdrawal for its reason; whoever withdraws may say more.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.canonical.languages import LANGUAGES, Language

_SENTENCES: Mapping[str, Promise] = {
    "safety": _("Following this text could do harm. Do not rely on it."),
    "error": _("We found an error in this text. Do not rely on it."),
    "outdated": _("This text is out of date. Do not rely on it."),
    "source": _("A source on which this text rested was withdrawn. Do not rely on it."),
    "request": _("Whoever spoke here, or owns the text, asked us to take it down."),
    "legal": _("We took this text down for legal reasons."),
    "duplicate": _("Another text of ours has taken its place."),
}


def ready_sentence(reason_code: str, language: Language) -> str:
    """Return the sentence in this language, empty for a reason that nobody can choose."""
    with override(language):
        return str(_SENTENCES.get(reason_code, ""))


def is_ready(sentence: str, language: Language) -> bool:
    """Return whether a sentence is one of the ready ones, so that another reason may bring another."""
    return sentence in {ready_sentence(code, language) for code in _SENTENCES}


def filled(sentences: Mapping[Language, str], reason_code: str) -> dict[Language, str]:
    """Return the sentences with the ready one of this reason wherever nobody has typed one of their own."""
    return {
        language: ready_sentence(reason_code, language) if not typed or is_ready(typed, language) else typed
        for language in LANGUAGES
        for typed in [sentences.get(language, "")]
    }
