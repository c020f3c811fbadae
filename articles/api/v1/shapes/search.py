"""What is found for words."""

from typing import Annotated, Any, Literal, get_args

import msgspec

from articles.api.v1.shapes.common import Head, Html, Id, Shape, Url
from articles.api.v1.shapes.parts import CareServiceOut
from articles.search.results import How

OTHER_READINGS = tuple(how for how in get_args(How) if how != "as_typed")


class DangerOut(Shape):
    """Numbers to call. Show them before anything else: the question names a sign of danger, or nothing was found for
    somebody who may need help."""

    because: Literal["danger_named", "nothing_found"]
    statement: Annotated[str, msgspec.Meta(description="A sentence that must be shown.")]
    html: Annotated[Html, msgspec.Meta(description="The same sentence; each number can be called with a touch.")]
    services: Annotated[list[CareServiceOut], msgspec.Meta(description="The emergency services, in the order to show.")]


class PieceOut(Shape):
    """A stretch of plain text, and whether it is what was looked for."""

    text: str
    marked: bool


class MarkedOut(Shape):
    """Words with what was looked for marked: as HTML with `mark`, and in pieces that joined are the whole text."""

    html: Html
    pieces: list[PieceOut]


class MeantOut(Shape):
    """What was looked for instead of what was typed, and why. Offer the way back with `exact=1`."""

    query: str
    how: Literal["layout", "transliteration", "spelling"]
    reason: Annotated[str, msgspec.Meta(description="The same in words, in the language asked for.")]


class SearchResultOut(Shape):
    """One item that answers. `item` is in its own language; where `is_other_language`, `language_label` must be shown
    beside it."""

    item: dict[str, Any]
    title: MarkedOut
    excerpt: Annotated[
        MarkedOut | None,
        msgspec.Meta(
            description="The best passage. Null where it is the title, and where it lies in words of a quote, which"
            " never travel without their context: fetch the item and show the block."
        ),
    ]
    heading: Annotated[str, msgspec.Meta(description="Of the section in which the passage stands; may be empty.")]
    block: Annotated[Id | None, msgspec.Meta(description="The block in which the passage stands.")]
    url: Annotated[Url, msgspec.Meta(description="The page for readers, at the passage.")]
    is_other_language: bool
    language_label: Annotated[str, msgspec.Meta(description="Such as “in Russian”; empty in the language asked for.")]


class SearchOut(Shape):
    """What answers a question, the best first: this language, then what only the other one has. Nothing of a question
    is kept or logged here; keep and log nothing of it either."""

    emergency: Annotated[DangerOut | None, msgspec.Meta(description="Show it first.")]
    query: Annotated[str, msgspec.Meta(description="As it was looked for, in one line.")]
    is_cut: Annotated[
        bool, msgspec.Meta(description="Only the beginning was looked for: more than 200 characters came.")
    ]
    meant: MeantOut | None
    results: Annotated[list[Any], msgspec.Meta(max_length=50)]
    total: Annotated[int, msgspec.Meta(ge=0, description="How many answer, of the kind asked for.")]
    by_kind: Annotated[dict[str, int], msgspec.Meta(description="How many of each kind, whatever kind was asked for.")]
    page: Annotated[int, msgspec.Meta(ge=1)]
    next: Annotated[Url | None, msgspec.Meta(description="Null on the last page.")]
    head: Head
