"""What a reader can see, as values: the documents that editions hold. Plain Python.

A document has words, blocks and sources. It has no dates, numbers or people of ours, and nothing that depends on when
or by whom it was published: that is the envelope's. Every kind has the same frame, so whatever reads documents reads
all of them.

What a later version of this code has learnt to say, such as conditions, is not there at all where nothing is said: so
words that have not changed keep their digest, and whoever signed it has signed them still.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

import msgspec

from articles.canonical import canonical_json, tree
from articles.canonical.shapes import reader
from articles.editions.blocks import AnyBlock, MissingBlock
from articles.editions.parts import Person, Quote, SharedPart, Source, shared_parts
from articles.editions.value import Value, digest


class Stretch(NamedTuple):
    """Words outside the blocks by which a document is found; `{emergency}` in them stands for its numbers to call."""

    words: str
    is_heading: bool = False


class ItemDocument(Value, frozen=True, tag_field="kind"):
    """The frame of every kind: a title, an address, a summary, blocks, and the sources in order of first appearance."""

    kind: ClassVar[str]

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

    def shared_parts(self) -> Iterator[SharedPart]:
        """Every shared part that the document carries, as often as it stands in it."""
        return shared_parts(self)

    def quotes(self) -> list[Quote]:
        """The quotes that stand in the text, in order, those in accounts side by side too."""
        return [part for block in self.blocks for part in shared_parts(block) if isinstance(part, Quote)]

    def head(self) -> dict[str, Any]:
        """The words that belong to no block: one part of a translation."""
        return {"title": self.title, "summary": self.summary}

    def parts(self) -> dict[str, str]:
        """Part id to digest: `head` and each block. A translation is compared part by part."""
        return {"head": canonical_json.digest(self.head())} | {block.id: digest(block) for block in self.blocks}

    def links(self) -> list[tuple[str, str]]:
        """(kind, item) of every item that the text leads to, once each, in order of first appearance."""
        found: list[tuple[str, str]] = []
        for block in self.blocks:
            for body in block.bodies():
                if pointers := tree.pointers(body):
                    found += [(node["kind"], node["item"]) for node in pointers if node["type"] == "item_link"]
                    found += [("term", node["term"]) for node in pointers if node["type"] == "term"]
            found += [("faq", item) for item in getattr(block, "questions", ())]
        found += [("term", term) for term in self.about_conditions()]
        return list(dict.fromkeys([*found, *(("topic", topic) for topic in self.about())]))

    def linked_items(self) -> list[str]:
        """The ids of these items."""
        return [item for _, item in self.links()]

    def about(self) -> list[str]:
        """The ids of the topics that this belongs to."""
        return []

    def about_conditions(self) -> list[str]:
        """The ids of the terms that name the conditions which this is about."""
        return []

    def own_texts(self) -> dict[str, str]:
        """What the parts of a kind say that has parts beside its blocks; `head` adds to the words of the frame."""
        return {}

    def found_by(self) -> list[Stretch]:
        """What a kind that has words beside its blocks is found by, in the order in which excerpts are cut from it.

        Each is shown alone, under the heading before it: so what misleads without the rest is not among them.
        """
        return []

    def written_out(self) -> list[AnyBlock]:
        """All that it says as blocks, by which its past is read and compared."""
        return self.blocks

    @property
    def lapses_on(self) -> str:
        """The last day (ISO) on which it holds; empty where words and their review say everything."""
        return ""

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may have its page."""
        return True


class ArticleDocument(ItemDocument, frozen=True, tag_field="kind", tag="article", omit_defaults=True):
    kind: ClassVar[str] = "article"

    topics: list[str]
    conditions: list[str] = []

    def about(self) -> list[str]:
        return self.topics

    def about_conditions(self) -> list[str]:
        return self.conditions


class FaqDocument(ItemDocument, frozen=True, tag_field="kind", tag="faq", omit_defaults=True):
    """A question; `summary` is the short answer, the blocks say more."""

    kind: ClassVar[str] = "faq"

    topics: list[str]
    conditions: list[str] = []

    def about(self) -> list[str]:
        return self.topics

    def about_conditions(self) -> list[str]:
        return self.conditions


class PageDocument(ItemDocument, frozen=True, tag_field="kind", tag="page"):
    """A page about the site."""

    kind: ClassVar[str] = "page"


class TermDocument(ItemDocument, frozen=True, tag_field="kind", tag="term", omit_defaults=True):
    """A term; `summary` is its plain definition, `codes` those of ICD-10 where it names a condition."""

    kind: ClassVar[str] = "term"

    synonyms: list[str]
    codes: list[str] = []

    def head(self) -> dict[str, Any]:
        return super().head() | {"synonyms": self.synonyms}


class TopicDocument(ItemDocument, frozen=True, tag_field="kind", tag="topic"):
    kind: ClassVar[str] = "topic"


class ExpertDocument(ItemDocument, frozen=True, tag_field="kind", tag="expert"):
    """A person; `summary` is about the person, and is empty for people quoted from elsewhere."""

    kind: ClassVar[str] = "expert"

    person: Person

    def head(self) -> dict[str, Any]:
        return super().head() | {"person": digest(self.person)}

    @property
    def is_indexed(self) -> bool:
        """Not where somebody is only quoted from elsewhere: such people have not asked to be found here."""
        return self.person.part != "quoted"


# What the table of kinds knows: the classes above, and those of other apps.
Document = ItemDocument


class _Stored(msgspec.Struct):
    """The blocks of a document as the bytes that they are."""

    blocks: list[msgspec.Raw]


_sorted = msgspec.json.Encoder(order="sorted").encode
_stored_blocks = reader(_Stored)


def stored_digests(document: Document, stored: str) -> dict[str, str]:
    """Return block id to digest, as `parts` has them, of a document and the canonical bytes that it was read from.

    A block that gives back exactly its part of these bytes, which is canonical too, has the digest of that. One that
    does not is left out: read under a newer schema, it says more than was stored.
    """
    parts = zip(document.blocks, _stored_blocks(stored).blocks, strict=False)
    return {
        block.id: canonical_json.digest_of_bytes(written)
        for block, part in parts
        if (written := _sorted(block)) == bytes(part)
    }
