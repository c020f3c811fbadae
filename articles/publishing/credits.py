"""Who wrote and who translated a text, as an edition tells it: people of ours, so they stand in the envelope."""

from django.db import models

from articles.canonical.languages import Language
from articles.canonical.typography import polish_line
from articles.content.texts import Text
from articles.editions.envelope import Credits


def credits_of(item: models.Model, language: Language) -> Credits | None:
    """Return whom readers of this language are to see; None where the desk names nobody.

    Who translated it counts where this language is the translation alone.
    """
    if not isinstance(item, Text):
        return None
    written = _people(item, "authors", language)
    translated = _people(item, "translators", language) if language == item.translation_language else []
    return Credits(written, translated) if written or translated else None


def _people(text: Text, field: str, language: Language) -> list[str]:
    return [polish_line(line, language=language) for line in text.lines(field, language)]
