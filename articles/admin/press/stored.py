"""A text that a form shows, read once for all that stands on the page: its blocks, their states, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest

from articles.canonical.languages import LANGUAGES, Language
from articles.content.aggregates import kind_of
from articles.content.blocks import Block
from articles.content.texts import Text
from articles.editorial.transitions import Transition
from articles.publishing.compose import Composition, Reading, compose, read
from articles.publishing.dossiers import dossier
from articles.publishing.workflow import States, states_known


@dataclass
class Stored:
    """A text as it is stored. Only for looking: it is as old as the request."""

    reading: Reading

    @cached_property
    def compositions(self) -> Mapping[Language, Composition]:
        """The text in each language."""
        return {language: compose(self.reading.item, language, self.reading) for language in LANGUAGES}

    def blocks_of(self, model: type[Block]) -> list[Block]:
        """Return its blocks of a kind, in their order."""
        return [block for block in self.reading.placed if type(block) is model]

    def way(self) -> tuple[States, Mapping[tuple[UUID, str], Transition]]:
        """Return the state of each language, and the last step; one query where nothing was signed."""
        item = self.reading.item
        known = dossier(kind_of(item), item.pk, ())
        return states_known(item, self.compositions, known), known.last


def stored(request: HttpRequest, obj: object) -> Stored | None:
    """Return a text that is shown; None for everything else, and where something is sent, so that rows may move."""
    if request.method != "GET" or not isinstance(obj, Text) or obj._state.adding:
        return None
    kept: dict[object, Stored] = request.__dict__.setdefault("desk_stored", {})
    if obj.pk not in kept:
        kept[obj.pk] = Stored(read(obj))
    return kept[obj.pk]
