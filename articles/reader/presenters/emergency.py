"""Emergency numbers that can be called with a touch."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles.canonical.languages import Language
from articles.editions.care import Call, in_words, known_calls


def emergency_numbers(language: Language) -> SafeString:
    """Return the numbers that live texts name as they stand in a sentence, each a `tel:` link."""
    return linked(known_calls(language))


def linked(calls: Iterable[Call]) -> SafeString:
    """Return calls as they stand in a sentence, each number a `tel:` link, with the country where it matters; call
    inside the language's override."""
    return _linked(tuple(calls), get_language())


@lru_cache(maxsize=32)
def _linked(calls: tuple[Call, ...], active: str | None) -> SafeString:
    """Every page says it several times, and they are nearly always the same calls."""
    links = [
        Call(format_html('<a href="tel:{0}">{0}</a>', call.number), format_html("{}", call.where)) for call in calls
    ]
    # Words between the links come from our own catalogue, and both halves of a call are escaped.
    return mark_safe(in_words(links))


def with_emergency_numbers(sentence: str, language: Language) -> SafeString:
    """Return a sentence with `%(emergency)s` replaced by the linked numbers; everything else is escaped."""
    before, _, after = sentence.partition("%(emergency)s")
    return format_html("{}{}{}", before, emergency_numbers(language), after)
