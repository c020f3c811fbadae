"""Articles: one with all its parts, and the short form of lists."""

from typing import Annotated, Any, Literal

import msgspec

from articles.api.v1.shapes.common import Html, Id, Item, Sha256, Shape, Url, WithdrawalOut
from articles.api.v1.shapes.quotes import QuoteOut, SourceOut


class BlockOut(Shape, tag_field="kind"):
    """Part of a text, in reading order. A `required` block may not be dropped. More kinds will come: show their
    `html`."""

    id: Id
    required: bool
    html: Html
    text: str
    digest: Sha256


class HeadingBlockOut(BlockOut, tag="heading"):
    """A section heading."""

    level: Literal[2]


class TextBlockOut(BlockOut, tag="text"):
    """Running text; `body` is its tree, as it stands in the document."""

    body: list[dict[str, Any]]


class QuoteBlockOut(BlockOut, tag="quote"):
    """A quote with its context, or, once it is withdrawn, the notice in its place."""

    quote: QuoteOut | None
    withdrawn: WithdrawalOut | None


class MissingOut(Shape):
    """A block that the other language has and this one does not."""

    id: Id
    kind: str
    required: bool


class ArticleShort(Item):
    """An article as lists show it. Withdrawals are never reported by lists: follow `changes/`."""

    kind: Literal["article"]
    summary: str
    under_check: Annotated[bool, msgspec.Meta(description="Whether the text is being checked for an error right now.")]


class Article(ArticleShort):
    """An article with all its parts."""

    blocks: list[HeadingBlockOut | TextBlockOut | QuoteBlockOut]
    quotes: list[QuoteOut]
    sources: list[SourceOut]
    care: Annotated[list[dict[str, Any]], msgspec.Meta(description="Care boxes: when to get which help.")]
    missing: list[MissingOut]


class ArticleList(Shape):
    """Live articles of one language, the one that changed longest ago first."""

    results: list[ArticleShort]
    next: Url | None
    head: Annotated[int, msgspec.Meta(ge=0, description="Number of the journal's newest line.")]
