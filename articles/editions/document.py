"""What a reader can see, as values: the documents that editions hold. Plain Python.

A document has words, parts and sources. It has no dates, numbers or people of ours, and nothing that depends on when or
by whom it was published: that is the envelope's. Reading is strict, so an unknown key is a fault and never lost.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

import msgspec

from articles.canonical import canonical_json
from articles.canonical.languages import Language
from articles.canonical.tree import citations

Body = list[dict[str, Any]]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An immutable value that is compared by what it holds."""


class Organisation(Value, frozen=True):
    id: str
    name: str
    url: str


class Disclosure(Value, frozen=True):
    """What the person said about conflicts of interest; `on` is an ISO date or empty."""

    state: Literal["not_asked", "asked_no_answer", "none_declared", "declared"]
    by: str
    on: str
    interests: list[str]


class Person(Value, frozen=True):
    id: str
    name: str
    credentials: str
    specialty: str
    post: str
    organisation: Organisation | None
    workplace_basis: Literal["as_published", "confirmed"]
    part: Literal["participates", "quoted"]
    disclosure: Disclosure


class PartWithdrawal(Value, frozen=True):
    """Stands where a withdrawn part stood, or beside a withdrawn source."""

    reason_code: str
    reason: str


class Source(Value, frozen=True):
    id: str
    kind: str
    title: str
    language: str
    translated_title: str
    authors: list[str]
    publisher: str
    container: str
    volume: str
    issue: str
    pages: str
    issued: str
    accessed_on: str
    doi: str
    pmid: str
    url: str
    archive_url: str
    access: str
    withdrawn: PartWithdrawal | None = None


class Verdict(Value, frozen=True):
    """What independent evidence says about a statement; `sources` are ids of the document's sources."""

    state: Literal["supported", "supported_in_part", "no_good_evidence", "not_assessed", "disputed"]
    note: str
    sources: list[str]


class Reply(Value, frozen=True):
    text: str
    on: str


class Quote(Value, frozen=True):
    """Words with their whole context. `source` is the id of one of the document's sources."""

    id: str
    text: str
    mode: Literal["verbatim", "translation", "paraphrase"]
    original_language: Language
    attribution: Literal["quoted", "reported", "continues", "caption", "unnamed"]
    speaker: Person | None
    source: str
    locator: str
    approved_on: str
    verdict: Verdict
    reply: Reply | None


class Block(Value, frozen=True, tag_field="kind"):
    id: str
    required: bool

    @property
    def kind(self) -> str:
        return str(self.__struct_config__.tag)

    def sources(self) -> Iterator[str]:
        """The ids of the sources that this block refers to, in reading order, repeated where cited again."""
        return iter(())


class HeadingBlock(Block, frozen=True, tag="heading"):
    text: str


class TextBlock(Block, frozen=True, tag="text"):
    body: Body

    def sources(self) -> Iterator[str]:
        return (source for source, _ in citations(self.body))


class QuoteBlock(Block, frozen=True, tag="quote"):
    """A quote, or, once it is withdrawn, the notice in its place (then `quote` is None and the block is required)."""

    quote: Quote | None
    withdrawn: PartWithdrawal | None = None

    def sources(self) -> Iterator[str]:
        return iter([self.quote.source, *self.quote.verdict.sources] if self.quote else [])


AnyBlock = HeadingBlock | TextBlock | QuoteBlock


class MissingBlock(Value, frozen=True):
    """A block that exists in the other language only."""

    id: str
    kind: str
    required: bool


class ArticleDocument(Value, frozen=True, tag_field="kind", tag="article"):
    kind: ClassVar[str] = "article"

    schema: int
    title: str
    slug: str
    summary: str
    blocks: list[AnyBlock]
    sources: list[Source]
    missing: list[MissingBlock]

    def numbers(self) -> dict[str, int]:
        """Source id to its number in the text; `compose` lists sources in order of first appearance."""
        return {source.id: number for number, source in enumerate(self.sources, start=1)}

    def quotes(self) -> list[Quote]:
        """The quotes that stand in the text, in order."""
        return [block.quote for block in self.blocks if isinstance(block, QuoteBlock) and block.quote]

    def parts(self) -> dict[str, str]:
        """Part id to digest: `head` (title and summary) and each block. A translation is compared part by part."""
        head = {"title": self.title, "summary": self.summary}
        return {"head": canonical_json.digest(head)} | {block.id: digest(block) for block in self.blocks}


Document = ArticleDocument


def plain(value: Value) -> dict[str, Any]:
    """Return the value as JSON objects."""
    return msgspec.to_builtins(value)


def encoded(value: Value) -> bytes:
    """Return the canonical bytes (RFC 8785) of a document, an envelope or a part."""
    return canonical_json.dumps(plain(value))


def digest(value: Value) -> str:
    """Return SHA-256 of the canonical bytes; of a whole document this is its `content_digest`."""
    return canonical_json.digest_of_bytes(encoded(value))
