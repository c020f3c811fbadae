"""Emergency numbers that can be called with a touch."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.canonical.languages import Language
from articles.editions.wording import EMERGENCY_NUMBERS, emergency_words


def emergency_numbers(language: Language) -> SafeString:
    """Return the numbers as they stand in a sentence, each a `tel:` link, with the country where it matters."""
    numbers = [number for number, _ in EMERGENCY_NUMBERS[language]]
    words = escape(emergency_words(language))
    linked = re.sub(rf"\b({'|'.join(numbers)})\b", r'<a href="tel:\1">\1</a>', words)
    return mark_safe(linked)


def with_emergency_numbers(sentence: str, language: Language) -> SafeString:
    """Return a sentence with `%(emergency)s` replaced by the linked numbers; everything else is escaped."""
    before, _, after = sentence.partition("%(emergency)s")
    return format_html("{}{}{}", before, emergency_numbers(language), after)
