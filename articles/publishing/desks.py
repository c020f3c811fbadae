"""The table of desks: for each kind with editions, where its working object is and how it becomes a document."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from articles.canonical.languages import LANGUAGES, Language
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.problems import DeskProblem
from articles.content.terms import Term
from articles.content.texts import TEXTS
from articles.content.topics import Topic
from articles.editions.document import Document
from articles.editions.envelope import Review
from articles.editions.shelf import Edition
from articles.publishing.compose import Composition, compose, compose_both


@dataclass(frozen=True)
class Text:
    """What a language says once something has gone out: the digest of its words, and the edition that is live now."""

    content_digest: str
    live: Edition | None


Texts = Mapping[Language, Text]


def _nothing_to_say(*_of_anything: object) -> list[DeskProblem]:
    return []


@dataclass(frozen=True)
class Desk:
    """`lock` returns the working object with its row locked until the transaction ends, None if it is gone.

    Most kinds have no such rules: `released` names what keeps these languages from going out together, or without the
    others, at a moment (None while nobody has pressed the button), `together` what keeps documents of an item from
    being live beside each other, each problem with its language. `review` gives the review record of a language among
    the texts that will stand, where a kind is signed in a way of its own, and `still_stands` names what keeps editions
    of an item from being shown as checked again, each problem with its language. `document` composes without asking
    what is in the way, for a kind of another app; `reads` are the relations that it follows, so that lists ask for them
    at once.
    """

    kind: str
    compose: Callable[[models.Model, Language], Composition]
    lock: Callable[[UUID | str], models.Model | None]
    items: Callable[[], Iterable[UUID]]
    original_language: Callable[[models.Model], Language]
    released: Callable[[models.Model, Mapping[Language, Composition], datetime | None], list[DeskProblem]] = (
        _nothing_to_say
    )
    together: Callable[[str, Mapping[Language, Document]], list[DeskProblem]] = _nothing_to_say
    review: Callable[[models.Model, Language, Texts], Review | None] | None = None
    still_stands: Callable[[str, Mapping[Language, Edition]], list[DeskProblem]] = _nothing_to_say
    document: Callable[[models.Model, Language], Document] | None = None
    reads: tuple[str, ...] = ()
    compose_both: Callable[[models.Model], Mapping[Language, Composition]] | None = None

    def compositions(self, working: models.Model) -> Mapping[Language, Composition]:
        """Return the item in each language, read once where the kind can be."""
        if self.compose_both:
            return self.compose_both(working)
        return {language: self.compose(working, language) for language in LANGUAGES}


_DESKS: dict[str, Desk] = {}


def register(desk: Desk, model: type[DeskObject] | None = None) -> None:
    """Add a desk; raise ValueError if its kind has one. `model` is the working table of a kind of another app."""
    if desk.kind in _DESKS:
        raise ValueError(f"the kind {desk.kind} has a desk already")
    _DESKS[desk.kind] = desk
    if model:
        ITEMS[desk.kind] = model


def desk(kind: str) -> Desk:
    """Return the desk of a kind; raise KeyError for an unknown one."""
    return _DESKS[kind]


def foreign_desk(item: DeskObject) -> Desk | None:
    """Return the desk of an object that another app composes; None for any other."""
    found = next((_DESKS[kind] for kind, model in ITEMS.items() if isinstance(item, model)), None)
    return found if found and found.document else None


def desks() -> list[Desk]:
    """Return every desk in the order of registration."""
    return list(_DESKS.values())


def _desk(kind: str, model: type[DeskObject]) -> Desk:
    rows = model._default_manager
    return Desk(
        kind=kind,
        compose=compose,  # type: ignore[arg-type]
        compose_both=compose_both,  # type: ignore[arg-type]
        lock=lambda item: rows.select_for_update().filter(pk=item).first(),
        items=lambda: rows.order_by("pk").values_list("pk", flat=True),
        original_language=lambda item: item.original_language,  # type: ignore[attr-defined]
    )


# Kinds of the desk that are published by themselves.
ITEMS: dict[str, type[DeskObject]] = {**TEXTS, "topic": Topic, "term": Term, "expert": Expert}

for _kind, _model in ITEMS.items():
    register(_desk(_kind, _model))
