"""What the interface offers of each kind that has editions: its addresses, shapes, presenters and filters.

`triage` adds its own kind at start-up, before addresses are made of the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec

from articles.api.v1.parameters import Parameter, an_id
from articles.api.v1.presenters import others, texts
from articles.api.v1.selecting import ALWAYS, fields_parameter
from articles.api.v1.shapes import items as shapes
from articles.api.v1.shapes.common import Shape, list_of
from articles.editions.document import Document
from articles.editions.kinds import kind as kind_named
from articles.editions.queries import Shelved, Target

Short = Callable[[Shelved], dict[str, Any]]
Whole = Callable[[Shelved, Mapping[str, Target]], dict[str, Any]]


@dataclass(frozen=True)
class Filter:
    """`mention` is the kind of mention that a text must have; `holds` says whether the mention means what is asked."""

    parameter: Parameter
    mention: str
    holds: Callable[[Document, UUID], bool] = lambda document, id: True


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


def _is_about(document: Document, topic: UUID) -> bool:
    # A text that only links to a topic in passing mentions it too.
    return str(topic) in document.about()


TOPIC = Filter(
    Parameter("topic", an_id, {"type": "string", "format": "uuid"}, "Only what belongs to the topic with this id."),
    mention="link:topic",
    holds=_is_about,
)
EXPERT = Filter(
    Parameter("expert", an_id, {"type": "string", "format": "uuid"}, "Only texts that quote the person with this id."),
    mention="expert",
)

_PERSON = (*ALWAYS, "person", "workplace", "disclosure")

OFFERS: dict[str, Offer] = {
    offer.kind: offer
    for offer in (
        Offer("article", "article", "articles", shapes.ArticleShort, shapes.Article,
              texts.short, texts.whole_with_topics, (TOPIC, EXPERT)),
        Offer("faq", "answered question", "answered questions", shapes.FaqShort, shapes.Faq,
              texts.short, texts.whole_with_topics, (TOPIC,)),
        Offer("expert", "person", "people", shapes.ExpertShort, shapes.Expert,
              others.expert, others.whole_expert, always=_PERSON),
        Offer("term", "term", "terms", shapes.TermShort, shapes.Term, others.term, others.whole_term),
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
