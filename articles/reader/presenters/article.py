"""The page of an article, live or as a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editions.queries import Shelved, Target
from articles.reader.presenters.blocks import BlockView, Setting, block_views
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.frame import Frame, alternates, other_path
from articles.reader.presenters.sources import SourceView, source_views
from articles.reader.presenters.standing import DatesView, ReviewView, dates_view, review_view, unreviewed_warning
from articles.reader.presenters.translation import TranslationView, translation_view


@dataclass(frozen=True)
class ArticlePage:
    """A draft has neither review nor dates: `warning` stands alone then."""

    frame: Frame
    title: str
    summary: str
    blocks: list[BlockView]
    sources: list[SourceView]
    warning: SafeString | str
    review: ReviewView | None = None
    dates: DatesView | None = None
    translation: TranslationView | None = None

    @property
    def contents(self) -> list[BlockView]:
        return [block for block in self.blocks if block.kind == "heading"]


def article_page(shelved: Shelved, targets: Mapping[str, Target], *, today: date) -> ArticlePage:
    """Return the page of a live article."""
    document, envelope, language = shelved.document, shelved.envelope, shelved.language
    blocks, sources = _body(document, language, targets)
    review = review_view(envelope.review, language, today=today)
    return ArticlePage(
        frame=Frame(
            language=language,
            title=document.title,
            description=document.summary,
            switch=other_path(shelved),
            canonical=shelved.page_url,
            alternates=alternates(shelved),
        ),
        title=document.title,
        summary=document.summary,
        blocks=blocks,
        sources=sources,
        warning=review.warning,
        review=review,
        dates=dates_view(envelope, language),
        translation=translation_view(shelved),
    )


def draft_page(document: Document, language: Language, targets: Mapping[str, Target]) -> ArticlePage:
    """Return the page that a document would make, without anything that only publishing gives it."""
    blocks, sources = _body(document, language, targets)
    frame = Frame(
        language=language, title=document.title, description=document.summary, switch="", is_indexed=False,
        is_draft=True,
    )  # fmt: skip
    return ArticlePage(
        frame=frame,
        title=document.title,
        summary=document.summary,
        blocks=blocks,
        sources=sources,
        warning=unreviewed_warning(language),
    )


def _body(
    document: Document, language: Language, targets: Mapping[str, Target]
) -> tuple[list[BlockView], list[SourceView]]:
    citing = Citing(document)
    # In this order: the sources tell which marks of the text lead to them.
    blocks = block_views(Setting(document, language, citing, targets))
    return blocks, source_views(document, language, citing)
