"""What the interface offers of each kind that has editions: its addresses, shapes, presenters and filters.

`triage` adds its own kind at start-up, before addresses are made of the table.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, get_args, get_type_hints
from uuid import UUID

import msgspec

from articles.api.v1.codes import CODE_OF_ICD10, HOW_WRITTEN
from articles.api.v1.parameters import Parameter, an_id, one_of
from articles.api.v1.presenters import others, texts
from articles.api.v1.selecting import ALWAYS, fields_parameter
from articles.api.v1.shapes import items as shapes
from articles.api.v1.shapes.common import Shape, list_of
from articles.api.v1.shapes.quotes import PersonOut
from articles.canonical.languages import Language
from articles.editions import conditions
from articles.editions.document import Document
from articles.editions.kinds import kind as kind_named
from articles.editions.queries import Shelved, Target

Short = Callable[[Shelved], dict[str, Any]]
Whole = Callable[[Shelved, Mapping[str, Target]], dict[str, Any]]


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to: `mentioning` is the kind of a mention and the ids of which a text must have one,
    `among` the items that are looked at, each None where it narrows nothing; `holds` says whether a document that has
    both is meant."""

    mentioning: tuple[str, Collection[UUID]] | None = None
    among: Collection[UUID] | None = None
    holds: Callable[[Any], bool] = lambda document: True


@dataclass(frozen=True)
class Filter:
    """`narrowed` says what a list of a language is narrowed to by a value of the parameter."""

    parameter: Parameter
    narrowed: Callable[[Any, Language], Narrowed]


@dataclass(frozen=True)
class Offer:
    """`one` and `many` are what its items are called; `always` are members that `fields` never takes away.

    Items with `by_slug` are found by id and by the slug of either language.
    """

    kind: str
    one: str
    many: str
    short_shape: type[Shape]
    shape: type[Shape]
    short: Short
    whole: Whole
    filters: tuple[Filter, ...] = ()
    always: tuple[str, ...] = field(default=ALWAYS)
    by_slug: bool = False

    @property
    def collection(self) -> str:
        """The beginning of its addresses, such as `articles`."""
        return kind_named(self.kind).api.removeprefix("/api/v1/").partition("/{item}")[0]

    @property
    def name(self) -> str:
        """What the list is called among others, such as `articles`."""
        return self.collection.rpartition("/")[2]

    @property
    def document(self) -> type[Document]:
        return kind_named(self.kind).document

    @cached_property
    def list_shape(self) -> type[msgspec.Struct]:
        about = f"{self.many.capitalize()} of one language, the one that changed longest ago first."
        return list_of(self.short_shape, about)

    @cached_property
    def fields(self) -> Parameter:
        return fields_parameter(self.shape, self.always)

    @cached_property
    def short_fields(self) -> Parameter:
        return fields_parameter(self.short_shape, self.always)


def _of_topic(topic: UUID, language: Language) -> Narrowed:
    # A text that only links to a topic in passing mentions it too.
    return Narrowed(("link:topic", [topic]), holds=lambda document: str(topic) in document.about())


def _about_code(code: str, language: Language) -> Narrowed:
    terms = _terms_with(code, language)
    return Narrowed(
        ("link:term", [UUID(term) for term in terms]),
        holds=lambda document: not terms.isdisjoint(document.about_conditions()),
    )


def _of_code(code: str, language: Language) -> Narrowed:
    return Narrowed(among=[UUID(term) for term in _terms_with(code, language)])


def _terms_with(code: str, language: Language) -> set[str]:
    """The conditions that have the code, or one within it. What is about more than was asked for is left out."""
    terms = conditions.coded_terms(language)
    return {term for term, codes in terms.items() if conditions.nearest(code, codes) in {"exact", "narrower"}}


_ID = {"type": "string", "format": "uuid"}
_PARTS = tuple(get_args(get_type_hints(PersonOut)["part"]))

TOPIC = Filter(Parameter("topic", an_id, _ID, "Only what belongs to the topic with this id."), _of_topic)
EXPERT = Filter(
    Parameter("expert", an_id, _ID, "Only texts that quote the person with this id."),
    lambda expert, language: Narrowed(("expert", [expert])),
)
CODE = Filter(
    replace(CODE_OF_ICD10, description=f"Only texts about a condition with this code or one within it. {HOW_WRITTEN}"),
    _about_code,
)
OWN_CODE = Filter(
    replace(CODE_OF_ICD10, description=f"Only terms that have this code or one within it. {HOW_WRITTEN}"), _of_code
)
PART = Filter(
    Parameter("part", one_of(_PARTS), {"type": "string", "enum": list(_PARTS)}, "Only people who have this part here."),
    lambda part, language: Narrowed(holds=lambda document: document.person.part == part),
)

_PERSON = (*ALWAYS, "person", "workplace", "disclosure")

OFFERS: dict[str, Offer] = {
    offer.kind: offer
    for offer in (
        Offer("article", "article", "articles", shapes.ArticleShort, shapes.Article,
              texts.short, texts.whole_with_topics, (TOPIC, CODE, EXPERT)),
        Offer("faq", "answered question", "answered questions", shapes.FaqShort, shapes.Faq,
              texts.short, texts.whole_with_topics, (TOPIC, CODE, EXPERT)),
        Offer("expert", "person", "people", shapes.ExpertShort, shapes.Expert,
              others.expert, others.whole_expert, (PART,), always=_PERSON),
        Offer("term", "term", "terms", shapes.TermShort, shapes.Term, others.term, others.whole_term,
              (OWN_CODE,)),
        Offer("topic", "topic", "topics", shapes.TopicShort, shapes.Topic, others.topic, others.whole_topic),
        Offer("page", "page about the site", "pages about the site", shapes.PageShort, shapes.Page,
              texts.short, texts.whole),
    )
}  # fmt: skip


def register(offer: Offer) -> None:
    """Add what is offered of a kind; raise ValueError if it is offered already."""
    if offer.kind in OFFERS:
        raise ValueError(f"the kind {offer.kind} is offered already")
    OFFERS[offer.kind] = offer
