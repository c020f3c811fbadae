"""The blocks of a text, one shape for each kind."""

from typing import Annotated, Any, Literal

import msgspec

from articles.api.v1.shapes.common import Html, Id, LinkOut, Sha256, Shape, WithdrawalOut
from articles.api.v1.shapes.parts import AccountsOut, CareBoxOut, EvidenceTableOut, PictureOut

Tree = Annotated[
    list[dict[str, Any]], msgspec.Meta(description="The tree of the running text, as it stands in the document.")
]


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
    """Running text."""

    body: Tree


class KeyPointsBlockOut(BlockOut, tag="key_points"):
    """The text in short: one list under a title."""

    title: str
    body: Tree


class StepsBlockOut(BlockOut, tag="steps"):
    """What to do, in order: one numbered list. The title may be empty."""

    title: str
    body: Tree


class NoteBlockOut(BlockOut, tag="note"):
    """What must not be missed. The title may be empty."""

    title: str
    body: Tree


class TableBlockOut(BlockOut, tag="table"):
    """A plain table: `rows` with the heading first, all of one length; `body` is the note under it."""

    caption: str
    rows: list[list[str]]
    body: Tree


class QuoteBlockOut(BlockOut, tag="quote"):
    """A quote with its context in `html` and `text`; `quote` is the id of one of the item's `quotes`, which has the
    same in members. Once it is withdrawn, the notice stands here."""

    quote: Id | None
    withdrawn: WithdrawalOut | None


class CareBoxBlockOut(BlockOut, tag="care_box"):
    """When to get which help."""

    box: CareBoxOut


class EvidenceTableBlockOut(BlockOut, tag="evidence_table"):
    """What studies show about several options."""

    table: EvidenceTableOut


class AccountsBlockOut(BlockOut, tag="accounts"):
    """What several people or passages say on one point. Never show one of them alone."""

    accounts: AccountsOut


class FigureBlockOut(BlockOut, tag="figure"):
    """A picture with its caption."""

    picture: PictureOut


class RelatedBlockOut(BlockOut, tag="related"):
    """Questions that a reader may have next: those that are live now. `html` and `text` are empty while none is."""

    title: str
    questions: list[LinkOut]


AnyBlockOut = (
    HeadingBlockOut
    | TextBlockOut
    | KeyPointsBlockOut
    | StepsBlockOut
    | NoteBlockOut
    | CareBoxBlockOut
    | QuoteBlockOut
    | AccountsBlockOut
    | EvidenceTableBlockOut
    | TableBlockOut
    | FigureBlockOut
    | RelatedBlockOut
)


class MissingOut(Shape):
    """A block that the other language has and this one does not."""

    id: Id
    kind: str
    required: bool
