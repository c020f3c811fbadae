"""From the desk to a document: what an item would be in one language if it were published as it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.canonical.typography import polish_line
from articles.content.blocks import Block, blocks
from articles.content.completeness import Beside, beside, is_withdrawn, problems
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.problems import DeskProblem
from articles.content.shown_at_once import follow
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Article, FaqEntry, Page, Text
from articles.content.topics import Topic
from articles.editions import document
from articles.editions.blocks import AnyBlock, MissingBlock
from articles.editions.document import Document
from articles.editions.parts import Source as FrozenSource
from articles.editions.store import Part, parts_of
from articles.editions.upgrades import CURRENT_SCHEMA
from articles.editions.value import digest
from articles.publishing.compose_blocks import block_document
from articles.publishing.parts import person_part, source_part

SourcesById = Callable[[Iterable[str]], Mapping[str, Source]]


@dataclass(frozen=True)
class Composition:
    """A document, and everything that keeps it from being published; `placed` are the blocks that it was made of."""

    document: Document
    problems: Sequence[DeskProblem]
    placed: Sequence[Block] = ()

    @cached_property
    def content_digest(self) -> str:
        return digest(self.document)

    @property
    def parts(self) -> list[Part]:
        return parts_of(self.document)


@dataclass(frozen=True)
class Reading:
    """An item with all that composing it reads, in whichever language."""

    item: DeskObject
    placed: Sequence[Block]
    near: Beside


def read(item: DeskObject) -> Reading:
    """Read an item once for both languages."""
    if not isinstance(item, Text):
        return Reading(item, (), Beside({}, frozenset()))
    if isinstance(item, Article | FaqEntry):
        follow([([item], ("topics", "conditions"))])
    placed = blocks(item)
    return Reading(item, placed, beside(placed))


def compose(item: DeskObject, language: Language, reading: Reading | None = None) -> Composition:
    """Return the item in one language as it stands at the desk. Nothing is taken from the other language.

    A block that has no words in this language is left out and listed in `missing`. `reading` is what was read of the
    item, where it is at hand already.
    """
    reading = read(item) if reading is None else reading
    placed, near = reading.placed, reading.near
    made = document_of(item, placed, language, sources=lambda ids: near.sources)
    return Composition(made, problems(item, language, placed, near), placed)


def compose_both(item: DeskObject) -> dict[Language, Composition]:
    """Return the item in each language, from one reading."""
    reading = read(item)
    return {language: compose(item, language, reading) for language in LANGUAGES}


def document_of(item: DeskObject, placed: Sequence[Block], language: Language, *, sources: SourcesById) -> Document:
    """Return the document of an item whose blocks are at hand; `sources` finds sources by id."""
    shown = [block for block in placed if block.has_words(language) and not is_withdrawn(block)]
    composed = [block_document(block, language) for block in shown]
    make, own = _OWN[type(item)]
    return make(
        schema=CURRENT_SCHEMA,
        blocks=composed,
        sources=_sources(composed, language, sources),
        missing=[
            MissingBlock(id=str(block.id), kind=block.kind, required=block.is_required)
            for block in placed
            if block not in shown and block.has_words(other_language(language))
        ],
        **own(item, language),
    )


def _of_headed(item: Text | Topic, language: Language) -> dict[str, Any]:
    return {
        "title": _line(item, "title", language),
        "slug": getattr(item, f"slug_{language}") or "",
        "summary": _line(item, "summary", language),
    }


def _of_text_with_topics(text: Article | FaqEntry, language: Language) -> dict[str, Any]:
    return _of_headed(text, language) | {
        "topics": sorted(str(topic.pk) for topic in text.topics.all()),
        "conditions": sorted(str(term.pk) for term in text.conditions.all()),
    }


def _of_term(term: Term, language: Language) -> dict[str, Any]:
    return {
        "title": _line(term, "title", language),
        "slug": getattr(term, f"slug_{language}") or "",
        "summary": _line(term, "definition", language),
        "synonyms": [polish_line(line, language=language) for line in term.lines("synonyms", language)],
        "codes": term.codes,
    }


def _of_expert(expert: Expert, language: Language) -> dict[str, Any]:
    return {
        "title": _line(expert, "name", language),
        "slug": getattr(expert, f"slug_{language}") or "",
        "summary": _line(expert, "biography", language),
        "person": person_part(expert, language),
    }


# Class at the desk to its document and what the frame of a document does not know.
_OWN: Mapping[type[DeskObject], tuple[Callable[..., Document], Callable[[Any, Language], dict[str, Any]]]] = {
    Article: (document.ArticleDocument, _of_text_with_topics),
    FaqEntry: (document.FaqDocument, _of_text_with_topics),
    Page: (document.PageDocument, _of_headed),
    Topic: (document.TopicDocument, _of_headed),
    Term: (document.TermDocument, _of_term),
    Expert: (document.ExpertDocument, _of_expert),
}


def _sources(composed: Sequence[AnyBlock], language: Language, sources: SourcesById) -> list[FrozenSource]:
    """The sources in order of first appearance, which is their number; unknown ones are a problem of their own."""
    cited = dict.fromkeys(source for block in composed for source in block.sources())
    rows = sources(cited) if cited else {}
    return [source_part(rows[id], language) for id in cited if id in rows]


def _line(obj: object, field: str, language: Language) -> str:
    return polish_line(getattr(obj, f"{field}_{language}") or "", language=language)
