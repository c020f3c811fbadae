"""What is published in editions, kind by kind: one item whole, and the short form of lists.

Lists never report withdrawals: partners follow `changes/` for them.
"""

from typing import Annotated, Literal

import msgspec

from articles.api.v1.shapes.blocks import AnyBlockOut, MissingOut
from articles.api.v1.shapes.common import Codes, ConditionOut, Item, LinkOut, Shape, Url
from articles.api.v1.shapes.parts import CareBoxOut
from articles.api.v1.shapes.quotes import DisclosureOut, PersonOut, QuoteOut, SourceOut, WorkplaceOut

Care = Annotated[list[CareBoxOut], msgspec.Meta(description="The care boxes of the text, the gravest first.")]
Topics = Annotated[list[LinkOut], msgspec.Meta(description="The live topics that this belongs to.")]
Conditions = Annotated[
    list[ConditionOut],
    msgspec.Meta(description="The conditions that this is about, not those that it only mentions."),
]


class ArticleShort(Item):
    """An article as lists show it."""

    kind: Literal["article"]
    summary: str


class Article(ArticleShort):
    """An article with all its parts."""

    blocks: list[AnyBlockOut]
    quotes: list[QuoteOut]
    sources: list[SourceOut]
    care: Care
    missing: list[MissingOut]
    topics: Topics
    conditions: Conditions


class FaqShort(Item):
    """A question as lists show it: `title` is the question, `summary` the short answer."""

    kind: Literal["faq"]
    summary: Annotated[str, msgspec.Meta(description="The short answer; the blocks say more.")]


class Faq(FaqShort):
    """A question with its answer: `summary` is the short one, the blocks say more."""

    blocks: list[AnyBlockOut]
    quotes: list[QuoteOut]
    sources: list[SourceOut]
    care: Care
    missing: list[MissingOut]
    topics: Topics
    conditions: Conditions


class PageShort(Item):
    """A page about the site as lists show it."""

    kind: Literal["page"]
    summary: Annotated[str, msgspec.Meta(description="May be empty.")]


class Page(PageShort):
    """A page about the site: who runs it, how texts are made, what happens to data."""

    blocks: list[AnyBlockOut]
    quotes: list[QuoteOut]
    sources: list[SourceOut]
    care: Care
    missing: list[MissingOut]


class TermShort(Item):
    """A term of the glossary: `title` is the term."""

    kind: Literal["term"]
    definition: str
    synonyms: list[str]
    codes: Annotated[
        Codes, msgspec.Meta(description="Of the condition that the term names; empty where it names none.")
    ]


class Term(TermShort):
    """A term of the glossary with its plain definition. Take the other language from `translations`."""


class TopicShort(Item):
    """A topic as lists show it."""

    kind: Literal["topic"]
    summary: str


class TopicLinks(Shape):
    """Lists of what belongs to the topic."""

    articles: Url
    faq: Url


class Topic(TopicShort):
    """A topic, and where the list of its articles and questions is."""

    links: TopicLinks


class ExpertShort(Item):
    """A person. `person.part` is `quoted` for people who spoke elsewhere and have nothing to do with this site: never
    show them as experts of yours or ours."""

    kind: Literal["expert"]
    person: PersonOut
    workplace: WorkplaceOut | None
    disclosure: DisclosureOut


class ExpertLinks(Shape):
    """Lists of what the person says in live texts, and of the articles and answers in which they are quoted."""

    quotes: Url
    articles: Url
    faq: Url


class Expert(ExpertShort):
    """A person with what is known about them: workplace and how we know it, conflicts of interest, biography."""

    biography: Annotated[str, msgspec.Meta(description="Empty for people quoted from elsewhere.")]
    links: ExpertLinks
