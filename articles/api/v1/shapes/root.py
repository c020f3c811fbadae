"""The root: where everything is, and the rules."""

from typing import Annotated

import msgspec

from articles.api.v1.shapes.common import LicenceOut, Sha256, Shape, Url
from articles.canonical.languages import Language


class Links(Shape):
    """Where everything is. `webhooks`, `acknowledgements` and `usage` are a partner's own and need a key; `verify`,
    `lookup` and `search` need their parameters."""

    articles: Url
    faq: Url
    experts: Url
    terms: Url
    topics: Url
    pages: Url
    protocols: Url
    quotes: Url
    sources: Url
    changes: Url
    snapshot: Url
    search: Annotated[Url, msgspec.Meta(description="Add `q`.")]
    lookup: Annotated[Url, msgspec.Meta(description="Add `code`.")]
    verify: Annotated[Url, msgspec.Meta(description="Add `digest`.")]
    webhooks: Url
    acknowledgements: Url
    usage: Url
    schema: Url
    docs: Url
    feed_atom: Annotated[Url, msgspec.Meta(description="What was published, changed or withdrawn last, as Atom.")]
    feed_json: Annotated[Url, msgspec.Meta(description="The same as JSON Feed.")]


class RequestLimit(Shape):
    """How many requests to what is called so one address, or wherever it asks from one key, may make in a window.

    With a key the address is not counted. A `304` is free. One too many is answered with `429`.
    """

    name: Annotated[str, msgspec.Meta(examples=["changes"])]
    of_address: Annotated[int, msgspec.Meta(description="Requests of one address in the window.")]
    of_key: Annotated[int, msgspec.Meta(description="Requests of one key in the window.")]
    seconds: Annotated[int, msgspec.Meta(description="Length of the window.")]


class Limits(Shape):
    """How much one answer holds, and how often what is computed may be asked for. Nothing else is limited."""

    list_default: Annotated[int, msgspec.Meta(description="Items in one answer where `limit` is not given.")]
    list_most: Annotated[int, msgspec.Meta(description="The highest `limit`.")]
    changes_most: Annotated[int, msgspec.Meta(description="Lines in one answer of `changes/`.")]
    decisions_a_minute: Annotated[
        int, msgspec.Meta(description="Of `decide/`, from one address; stands in `requests` too.")
    ]
    requests: list[RequestLimit]


class Head(Shape):
    """The journal's newest line."""

    sequence: Annotated[int, msgspec.Meta(ge=0)]
    hash: Sha256


class Safety(Shape):
    """What a partner must do with a withdrawal, whom to write to about a danger, and the numbers that readers call."""

    rule: Annotated[str, msgspec.Meta(description="What a partner must do.")]
    contact: Annotated[str | None, msgspec.Meta(description="Whom to write to; null where none is set up.")]
    emergency: Annotated[str, msgspec.Meta(description="Numbers in words.")]


class Root(Shape):
    """Where everything is, how much one answer holds, what may be done with the texts, and where the journal stands."""

    name: str
    version: str
    languages: list[Language]
    links: Links
    limits: Limits
    licence: LicenceOut
    safety: Safety
    head: Head


class ProblemTypeOut(Shape):
    """What a type of problem means and how to fix it, in both languages."""

    type: Url
    status: int
    title: dict[Language, str]
    fix: dict[Language, str]
