"""Articles as partners receive them: one with all its parts, and the short form of lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.api.v1 import rendering
from articles.api.v1.presenters.items import common_members
from articles.api.v1.presenters.quotes import quote_out, source_out, withdrawal_out
from articles.api.v1.shapes import articles as shapes
from articles.canonical.languages import Language
from articles.editions.blocks import AnyBlock, HeadingBlock, QuoteBlock, TextBlock
from articles.editions.document import ArticleDocument
from articles.editions.parts import Source
from articles.editions.queries import Shelved, Target
from articles.editions.value import digest, plain


@dataclass(frozen=True)
class Surroundings:
    """What blocks refer to: the text's sources with their numbers, and where its links lead."""

    language: Language
    sources: Mapping[str, Source]
    numbers: Mapping[str, int]
    targets: Mapping[str, Target]


def article_short(shelved: Shelved) -> shapes.ArticleShort:
    """Return the article as lists show it."""
    return shapes.ArticleShort(**common_members(shelved), **_short_members(shelved.document))


def article(shelved: Shelved, targets: Mapping[str, Target]) -> shapes.Article:
    """Return the article with all its parts; `targets` say where the links of its text lead."""
    document: ArticleDocument = shelved.document
    around = Surroundings(
        shelved.language, {source.id: source for source in document.sources}, document.numbers(), targets
    )
    return shapes.Article(
        **common_members(shelved),
        **_short_members(document),
        blocks=[BLOCKS[type(block)](block, around) for block in document.blocks],
        quotes=[
            quote_out(block.quote, block.id, around.sources, around.numbers, around.language)
            for block in document.blocks
            if isinstance(block, QuoteBlock) and block.quote
        ],
        sources=[source_out(source, around.numbers[source.id], around.language) for source in document.sources],
        care=[],
        missing=[shapes.MissingOut(**plain(block)) for block in document.missing],
    )


def _short_members(document: ArticleDocument) -> dict[str, Any]:
    return {"summary": document.summary, "under_check": False}


def _heading(block: HeadingBlock, around: Surroundings) -> shapes.HeadingBlockOut:
    return shapes.HeadingBlockOut(
        **_block(block), html=f"<h2>{rendering.inline(block.text)}</h2>", text=block.text, level=2
    )


def _text(block: TextBlock, around: Surroundings) -> shapes.TextBlockOut:
    return shapes.TextBlockOut(
        **_block(block),
        html=rendering.body_html(block.body, around.numbers, around.targets),
        text=rendering.body_text(block.body, around.numbers),
        body=block.body,
    )


def _quote(block: QuoteBlock, around: Surroundings) -> shapes.QuoteBlockOut:
    if block.withdrawn or block.quote is None:
        withdrawn = block.withdrawn
        return shapes.QuoteBlockOut(
            **_block(block),
            html=rendering.withdrawal_html(withdrawn) if withdrawn else "",
            text=rendering.withdrawal_text(withdrawn) if withdrawn else "",
            quote=None,
            withdrawn=withdrawal_out(withdrawn),
        )
    quote = quote_out(block.quote, block.id, around.sources, around.numbers, around.language)
    return shapes.QuoteBlockOut(**_block(block), html=quote.html, text=quote.text, quote=quote, withdrawn=None)


def _block(block: AnyBlock) -> dict[str, Any]:
    return {"id": block.id, "required": block.required, "digest": digest(block)}


# Block class of the document to its presenter.
BLOCKS: Mapping[type[AnyBlock], Callable[[Any, Surroundings], Any]] = {
    HeadingBlock: _heading,
    TextBlock: _text,
    QuoteBlock: _quote,
}
