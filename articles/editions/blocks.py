"""The blocks of a document, one class for each kind. Plain Python."""

from collections.abc import Iterator

from articles.canonical.tree import citations
from articles.editions.parts import Accounts, CareBox, EvidenceTable, PartWithdrawal, Picture, Quote
from articles.editions.value import Body, Value


class Block(Value, frozen=True, tag_field="kind"):
    id: str
    required: bool

    @property
    def kind(self) -> str:
        return str(self.__struct_config__.tag)

    def sources(self) -> Iterator[str]:
        """The ids of the sources that this block refers to, in reading order, repeated where cited again."""
        return iter(())

    def bodies(self) -> Iterator[Body]:
        """The running texts of this block."""
        return iter(())


class HeadingBlock(Block, frozen=True, tag="heading"):
    text: str


class _WithBody(Block, frozen=True):
    body: Body

    def sources(self) -> Iterator[str]:
        return (source for source, _ in citations(self.body))

    def bodies(self) -> Iterator[Body]:
        yield self.body


class TextBlock(_WithBody, frozen=True, tag="text"):
    pass


class KeyPointsBlock(_WithBody, frozen=True, tag="key_points"):
    """The text in short; `body` is one list."""


class StepsBlock(_WithBody, frozen=True, tag="steps"):
    """What to do, in order; `body` is one numbered list."""

    title: str


class NoteBlock(_WithBody, frozen=True, tag="note"):
    """What must not be missed."""

    title: str


class TableBlock(_WithBody, frozen=True, tag="table"):
    """A plain table: `rows` with the heading first, all of one length; `body` is the note under it."""

    caption: str
    rows: list[list[str]]


class QuoteBlock(Block, frozen=True, tag="quote"):
    """A quote, or, once it is withdrawn, the notice in its place (then `quote` is None and the block is required)."""

    quote: Quote | None
    withdrawn: PartWithdrawal | None = None

    def sources(self) -> Iterator[str]:
        return self.quote.sources() if self.quote else iter(())


class CareBoxBlock(Block, frozen=True, tag="care_box"):
    box: CareBox

    def sources(self) -> Iterator[str]:
        return self.box.sources()


class EvidenceTableBlock(Block, frozen=True, tag="evidence_table"):
    table: EvidenceTable

    def sources(self) -> Iterator[str]:
        return self.table.sources()


class AccountsBlock(Block, frozen=True, tag="accounts"):
    accounts: Accounts

    def sources(self) -> Iterator[str]:
        return self.accounts.sources()


class FigureBlock(Block, frozen=True, tag="figure"):
    picture: Picture


class RelatedBlock(Block, frozen=True, tag="related"):
    """Questions that a reader may have next: ids of items. Titles and addresses follow what is live."""

    title: str
    questions: list[str]


AnyBlock = (
    HeadingBlock
    | TextBlock
    | KeyPointsBlock
    | StepsBlock
    | NoteBlock
    | CareBoxBlock
    | QuoteBlock
    | AccountsBlock
    | EvidenceTableBlock
    | TableBlock
    | FigureBlock
    | RelatedBlock
)


class MissingBlock(Value, frozen=True):
    """A block that exists in the other language only."""

    id: str
    kind: str
    required: bool
