"""What there is about a condition, found by its clinical code."""

from typing import Annotated, Any, Literal

import msgspec

from articles.api.v1.shapes.common import Codes, Head, Shape, Url
from articles.editions.conditions import Match

MatchOut = Annotated[
    Match,
    msgspec.Meta(
        description="How the nearest code of the item stands to the one asked for: `exact`; `narrower`, a part of it"
        " (asked for R25, found R25.2); `broader`, the whole that it is a part of (asked for R25.2, found R25)."
    ),
]


class FoundByCodeOut(Shape):
    """A live item that is about the condition, in short."""

    match: MatchOut
    codes: Annotated[Codes, msgspec.Meta(description="Those of its codes that match, in their order.")]
    item: dict[str, Any]


class CodeListsOut(Shape):
    """Lists of everything about this code and those within it."""

    articles: Url
    faq: Url
    terms: Url


class CodeOut(Shape):
    """The answer for one code: `exact` first, then `narrower`, then `broader`; within each, terms and then texts, the
    one that changed last first."""

    system: Literal["icd10"]
    code: Annotated[str, msgspec.Meta(description="As it was read.", examples=["R25.2"])]
    results: Annotated[list[Any], msgspec.Meta(max_length=50)]
    total: Annotated[
        int, msgspec.Meta(ge=0, description="How many were found among the newest 200; beyond 50 read the lists.")
    ]
    links: CodeListsOut


class LookupOut(Shape):
    """One answer for each code, in the order asked, each code once; `results` of a code may be empty."""

    results: Annotated[list[Any], msgspec.Meta(max_length=20)]
    head: Head
