"""The root: where everything is, and the rules."""

from typing import Annotated

import msgspec

from articles.api.v1.shapes.common import LicenceOut, Sha256, Shape, Url
from articles.canonical.languages import Language


class Links(Shape):
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
    schema: Url


class Limits(Shape):
    """How much one answer holds, and how many decisions an address may ask for in a minute."""

    list_default: int
    list_most: int
    changes_most: int
    decisions_a_minute: int


class Head(Shape):
    """The journal's newest line."""

    sequence: Annotated[int, msgspec.Meta(ge=0)]
    hash: Sha256


class Safety(Shape):
    """What a partner must do with a withdrawal, whom to write to about a danger, and the numbers that readers call."""

    rule: str
    contact: str | None
    emergency: str


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
