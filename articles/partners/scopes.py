"""What a key or a webhook is about: some kinds and languages, or all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.kinds import kinds as known_kinds


@dataclass(frozen=True)
class Scope:
    """Kinds of items and languages; none named means all of them, those that come later too."""

    kinds: frozenset[str] = frozenset()
    languages: frozenset[Language] = frozenset()

    def covers(self, kind: str, language: str) -> bool:
        """Return whether a text of this kind in this language belongs to it."""
        return (not self.kinds or kind in self.kinds) and self.covers_language(language)

    def covers_language(self, language: str) -> bool:
        """Return whether texts in this language belong to it, of some kind at least."""
        return not self.languages or language in self.languages


def unknown_in(kinds: list[str], languages: list[str]) -> Mapping[str, list[str]]:
    """Return what a scope names that does not exist, by `kinds` and `languages`; empty where all is known."""
    wrong = {
        "kinds": [kind for kind in kinds if kind not in {one.name for one in known_kinds()}],
        "languages": [language for language in languages if language not in LANGUAGES],
    }
    return {name: values for name, values in wrong.items() if values}


class Scoped(models.Model):
    """A row with a scope; empty lists mean everything."""

    kinds = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def scope(self) -> Scope:
        return Scope(frozenset(self.kinds), frozenset(self.languages))
