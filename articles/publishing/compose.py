"""From the desk to a document: what an article would be in one language if it were published as it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from articles.canonical import tree
from articles.canonical.html_reading import read_html
from articles.canonical.languages import Language, other_language
from articles.canonical.typography import polish, polish_line
from articles.content.articles import Article, Block, HeadingBlock, QuoteBlock, TextBlock, blocks
from articles.content.completeness import is_empty, problems
from articles.content.problems import DeskProblem
from articles.content.sources import Source
from articles.editions import document
from articles.editions.document import ArticleDocument, MissingBlock
from articles.editions.store import Part, parts_of
from articles.editions.upgrades import CURRENT_SCHEMA
from articles.publishing.parts import quote_part, source_part


@dataclass(frozen=True)
class Composition:
    """A document, everything that keeps it from being published, and the items that it links to."""

    document: ArticleDocument
    problems: Sequence[DeskProblem]
    links: Sequence[Part] = field(default=())

    @cached_property
    def content_digest(self) -> str:
        return document.digest(self.document)

    @property
    def parts(self) -> list[Part]:
        return parts_of(self.document, self.links)


def compose(article: Article, language: Language) -> Composition:
    """Return the article in one language as it stands at the desk. Nothing is taken from the other language.

    A block that is empty in this language is left out and listed in `missing`.
    """
    placed = blocks(article)
    composed = document_of(article, placed, language, sources=_sources_named)
    linked = [
        link for block in composed.blocks if isinstance(block, document.TextBlock) for link in tree.links(block.body)
    ]
    return Composition(
        composed,
        problems(article, language),
        [Part(f"link:{kind}", item) for kind, item in dict.fromkeys(linked)],
    )


def document_of(
    article: Article,
    placed: Sequence[Block],
    language: Language,
    *,
    sources: Callable[[Iterable[str]], Mapping[str, Source]],
) -> ArticleDocument:
    """Return the document of an article whose blocks are at hand; `sources` finds sources by id."""
    shown = [block for block in placed if not is_empty(block, language) and not _is_withdrawn(block)]
    composed = [_block(block, language) for block in shown]
    return ArticleDocument(
        schema=CURRENT_SCHEMA,
        title=polish_line(getattr(article, f"title_{language}"), language=language),
        slug=getattr(article, f"slug_{language}"),
        summary=polish_line(getattr(article, f"summary_{language}"), language=language),
        blocks=composed,
        sources=_sources(composed, language, sources),
        missing=[
            MissingBlock(id=str(block.id), kind=block.kind, required=block.essential)
            for block in placed
            if block not in shown and not is_empty(block, other_language(language))
        ],
    )


def _is_withdrawn(block: Block) -> bool:
    return isinstance(block, QuoteBlock) and block.quote.withdrawn_at is not None


def _block(block: Block, language: Language) -> document.AnyBlock:
    id, required = str(block.id), block.essential
    if isinstance(block, QuoteBlock):
        return document.QuoteBlock(id=id, required=required, quote=quote_part(block.quote, language))
    text: str = getattr(block, f"text_{language}")
    if isinstance(block, TextBlock):
        return document.TextBlock(id=id, required=required, body=polish(read_html(text)[0], language=language))
    if isinstance(block, HeadingBlock):
        return document.HeadingBlock(id=id, required=required, text=polish_line(text, language=language))
    raise TypeError(f"{type(block).__name__} has no document class")


def _sources(
    composed: list[document.AnyBlock],
    language: Language,
    sources: Callable[[Iterable[str]], Mapping[str, Source]],
) -> list[document.Source]:
    """The sources in order of first appearance, which is their number; unknown ones are a problem of their own."""
    cited = dict.fromkeys(source for block in composed for source in block.sources())
    rows = sources(cited)
    return [source_part(rows[id], language) for id in cited if id in rows]


def _sources_named(ids: Iterable[str]) -> Mapping[str, Source]:
    return {str(row.id): row for row in Source.objects.filter(id__in=[UUID(id) for id in ids])}
