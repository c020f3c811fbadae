"""The page of one item of whatever kind, live or as a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from articles.canonical.languages import Language
from articles.editions.document import Document
from articles.editions.news import Correction
from articles.editions.queries import Shelved, Target
from articles.reader.presenters.blocks import BlockView, block_views
from articles.reader.presenters.checks import CheckView, check_view
from articles.reader.presenters.facts import Facts, facts
from articles.reader.presenters.frame import Frame, alternates, other_path
from articles.reader.presenters.gaps import GapView, gap_view
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.past_addresses import history_path
from articles.reader.presenters.sections import SECTIONS_OF_KINDS
from articles.reader.presenters.setting import Setting
from articles.reader.presenters.sources import SourceView, source_views
from articles.reader.presenters.standing import (
    CreditsView,
    DatesView,
    ReviewView,
    credits_view,
    dates_view,
    review_view,
    unreviewed_warning,
)
from articles.reader.presenters.taking import Taking, taking
from articles.reader.presenters.translation import TranslationView, translation_view

# What tells readers how to act says whether a clinician has checked it.
REVIEWED_KINDS = frozenset({"article", "faq", "protocol"})
# Texts are written by somebody; the rest is compiled.
CREDITED_KINDS = REVIEWED_KINDS | {"page"}

# What a preview of a page is called (`og:type`); a list is a website.
PREVIEWS: Mapping[str, str] = {"article": "article", "faq": "article", "page": "article", "expert": "profile"}


@dataclass(frozen=True)
class ConditionView(Link):
    """The term of the glossary that names a condition, and its codes of ICD-10."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class ItemPage:
    """A draft has neither review nor dates: `warning` stands alone then. `own` is what only this kind has.

    `brief` are the key points that open a text: they stand above the list of contents. `history` is where all editions
    are, empty where nothing tells of them.
    """

    frame: Frame
    kind: str
    title: str
    summary: list[str]
    topics: list[Link]
    conditions: list[ConditionView]
    brief: BlockView | None
    blocks: list[BlockView]
    sources: list[SourceView]
    warning: SafeString | str
    review: ReviewView | None = None
    dates: DatesView | None = None
    credits: CreditsView | None = None
    translation: TranslationView | None = None
    check: CheckView | None = None
    gap: GapView | None = None
    own: Any = None
    facts: Facts | None = None
    history: str = ""
    taking: Taking | None = None

    @property
    def contents(self) -> list[BlockView]:
        return [block for block in self.blocks if block.kind == "heading"]


def live_page(
    shelved: Shelved, setting: Setting, *, own: Any = None, corrections: Sequence[Correction] = ()
) -> ItemPage:
    """Return the page of a live item; `setting` has the page's sources and where its links lead."""
    document, envelope, language = shelved.document, shelved.envelope, shelved.language
    review = None
    if document.kind in REVIEWED_KINDS:
        review = review_view(envelope.review, language, overdue_since=shelved.overdue_since)
    frame = Frame(
        language=language,
        title=document.title,
        description=description(document),
        switch=other_path(shelved),
        canonical=shelved.page_url,
        alternates=alternates(shelved),
        is_indexed=document.is_indexed,
        section=SECTIONS_OF_KINDS[document.kind],
        preview=PREVIEWS.get(document.kind, "website"),
    )
    return ItemPage(
        frame=frame,
        warning=review.warning if review else "",
        review=review,
        dates=dates_view(envelope, language),
        credits=credits_view(envelope) if document.kind in CREDITED_KINDS else None,
        translation=translation_view(shelved),
        check=check_view(shelved),
        gap=gap_view(shelved),
        own=own,
        facts=facts(shelved, review, corrections),
        history=history_path(shelved.standing),
        taking=taking(shelved),
        **body(document, setting),
    )


def draft_page(document: Document, setting: Setting, *, own: Any = None) -> ItemPage:
    """Return the page that a document would make, without anything that only publishing gives it."""
    warning = unreviewed_warning(setting.language) if document.kind in REVIEWED_KINDS else ""
    return ItemPage(frame=draft_frame(document, setting.language), warning=warning, own=own, **body(document, setting))


def draft_frame(document: Document, language: Language) -> Frame:
    """Return the frame of a preview: marked, closed to search engines, without a way to the other language."""
    return Frame(
        language=language,
        title=document.title,
        description=description(document),
        switch="",
        is_indexed=False,
        is_draft=True,
        section=SECTIONS_OF_KINDS[document.kind],
    )


def description(document: Document) -> str:
    """Return what search engines show under the title; of people quoted from elsewhere we say nothing there."""
    return " ".join(paragraphs(document.summary)) if document.is_indexed else ""


def body(document: Document, setting: Setting) -> dict[str, Any]:
    """Return what a page shows of a document, by the names of `ItemPage`."""
    # In this order: the sources tell which marks of the text lead to them.
    views = block_views(document.blocks, setting)
    opens = bool(views) and views[0].kind == "key_points"
    return {
        "kind": document.kind,
        "title": document.title,
        "summary": paragraphs(document.summary),
        "topics": topic_links(document, setting.targets),
        "conditions": _conditions(document, setting.targets),
        "brief": views[0] if opens else None,
        "blocks": views[1:] if opens else views,
        "sources": source_views(setting.sources, setting.language, setting.citing),
    }


def topic_links(document: Document, targets: Mapping[str, Target]) -> list[Link]:
    """Return the live topics of a document in the order of their titles."""
    topics = [targets[topic] for topic in document.about() if topic in targets]
    return [Link(one.title, one.path) for one in sorted(topics, key=lambda one: alphabetical(one.title))]


def _conditions(document: Document, targets: Mapping[str, Target]) -> list[ConditionView]:
    """The live terms that name what a text is about, in the order of their titles."""
    terms = [targets[term] for term in document.about_conditions() if term in targets]
    ordered = sorted(terms, key=lambda one: alphabetical(one.title))
    return [ConditionView(one.title, one.path, one.codes) for one in ordered]
