"""Documents as values, and a way to put them on the shelf without a desk: for tests of pages and answers."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from articles.canonical.languages import Language
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.blocks import AnyBlock, HeadingBlock, QuoteBlock, TextBlock
from articles.editions.document import ArticleDocument, Document, MissingBlock
from articles.editions.envelope import Cause, ChangeClass, ChangeNote, Credits, Review, Signatory, TranslationOf
from articles.editions.masking import masked
from articles.editions.parts import (
    Disclosure,
    Organisation,
    PartWithdrawal,
    Person,
    Quote,
    SharedPart,
    Source,
    Verdict,
)
from articles.editions.shelf import Edition
from articles.editions.times import rfc3339
from articles.editions.upgrades import CURRENT_SCHEMA
from articles.editions.value import digest

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def an_id(name: str) -> str:
    """The same name has the same id in every run, so expected pages and digests can be written down."""
    return str(uuid5(NAMESPACE_URL, f"https://tests.invalid/{name}"))


ARTICLE = an_id("article")

UNREVIEWED = Review(
    state="not_reviewed",
    by=[Signatory(name="Мария Орлова", role="editor")],
    on="2026-11-22",
    next_on="",
    reason="No clinician is on board yet.",
)
REVIEWED = Review(
    state="reviewed",
    by=[Signatory(name="Анна Проверочная", role="medical_reviewer")],
    on="2026-11-20",
    next_on="2028-11-20",
    reason="",
)


def a_source(name: str = "review", /, **fields: Any) -> Source:
    """A review article; `a_news_source` is what quotes come from."""
    defaults: dict[str, Any] = {
        "id": an_id(f"source/{name}"),
        "kind": "review",
        "title": "Cramps of test muscles",
        "language": "en",
        "translated_title": "",
        "authors": ["Sample, T.", "Example, U."],
        "publisher": "",
        "container": "Journal of Tests",
        "volume": "57",
        "issue": "1",
        "pages": "5–15",
        "issued": "2012",
        "accessed_on": "",
        "doi": "10.1234/tests.57.1",
        "pmid": "",
        "url": "",
        "archive_url": "",
        "access": "abstract",
    }
    return Source(**defaults | fields)


def a_news_source(name: str = "news", /, **fields: Any) -> Source:
    """A news item without title and address: it is cited by publisher, date and author."""
    defaults: dict[str, Any] = {
        "kind": "news",
        "title": "",
        "language": "ru",
        "authors": ["Пишущий, Пётр"],
        "publisher": "Test News",
        "container": "",
        "volume": "",
        "issue": "",
        "pages": "",
        "issued": "2026-01-27",
        "doi": "",
        "access": "copy",
    }
    return a_source(name, **defaults | fields)


def a_person(name: str = "person", /, **fields: Any) -> Person:
    """Somebody quoted from a publication elsewhere, who was not asked about conflicts of interest."""
    defaults: dict[str, Any] = {
        "id": an_id(f"person/{name}"),
        "name": "Анна Проверочная",
        "credentials": "",
        "specialty": "невролог",
        "post": "",
        "organisation": Organisation(
            id=an_id("organisation"), name="Клиника на Набережной", url="https://clinic.invalid/"
        ),
        "workplace_basis": "as_published",
        "part": "quoted",
        "disclosure": Disclosure(state="not_asked", by="", on="", interests=[]),
    }
    return Person(**defaults | fields)


def a_verdict(state: str = "supported", note: str = "Так пишут и обзоры.", sources: Iterable[str] = ()) -> Verdict:
    return Verdict(state=state, note=note, sources=list(sources))  # type: ignore[arg-type]


def a_quote(name: str = "quote", /, **fields: Any) -> Quote:
    """A paraphrase of a named speaker; give `source`, `verdict` and `speaker` where the test is about them."""
    defaults: dict[str, Any] = {
        "id": an_id(f"quote/{name}"),
        "text": "По словам невролога, судорога проходит сама.",
        "mode": "paraphrase",
        "original_language": "ru",
        "attribution": "reported",
        "speaker": a_person(),
        "source": a_news_source().id,
        "locator": "",
        "approved_on": "",
        "verdict": a_verdict(),
        "reply": None,
    }
    return Quote(**defaults | fields)


def heading(text: str, *, name: str = "", required: bool = False) -> HeadingBlock:
    return HeadingBlock(id=an_id(f"block/{name or text}"), required=required, text=text)


def text(*content: str | Mapping[str, Any], name: str = "", required: bool = False) -> TextBlock:
    """A text block: a string is a paragraph, anything else a node of the tree."""
    body = [said(part) if isinstance(part, str) else dict(part) for part in content]
    return TextBlock(id=an_id(f"block/{name or content[0]}"), required=required, body=body)


def said(*content: str | Mapping[str, Any]) -> dict[str, Any]:
    """A paragraph of strings and inline nodes."""
    return {"type": "paragraph", "content": inline(*content)}


def inline(*content: str | Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "text", "text": part} if isinstance(part, str) else dict(part) for part in content]


def cite(source: Source, locator: str = "") -> dict[str, Any]:
    return {"type": "citation", "source": source.id, "locator": locator}


def link(words: str, href: str) -> dict[str, Any]:
    return {"type": "link", "href": href, "content": inline(words)}


def item_link(words: str, item: str, kind: str = "article") -> dict[str, Any]:
    return {"type": "item_link", "kind": kind, "item": item, "content": inline(words)}


def quoted(quote: Quote, *, name: str = "", required: bool = False) -> QuoteBlock:
    return QuoteBlock(id=an_id(f"block/{name or quote.id}"), required=required, quote=quote)


def a_document(
    *blocks: AnyBlock, sources: Iterable[Source] = (), missing: Iterable[MissingBlock] = (), **fields: Any
) -> ArticleDocument:
    """An article. Sources are numbered in order of first appearance, as the press does it."""
    defaults: dict[str, Any] = {
        "title": "Судороги в тестах",
        "slug": "sudorogi-v-testah",
        "summary": "О чём эта статья.",
        "topics": [],
    }
    return ArticleDocument(**framed(*blocks, sources=sources, missing=missing), **defaults | fields)


def framed(*blocks: AnyBlock, sources: Iterable[Source] = (), missing: Iterable[MissingBlock] = ()) -> dict[str, Any]:
    """What documents of all kinds are made of."""
    known = {source.id: source for source in [a_news_source(), a_source(), *sources]}
    cited = dict.fromkeys(id for block in blocks for id in block.sources())
    return {
        "schema": CURRENT_SCHEMA,
        "blocks": list(blocks),
        "sources": [known[id] for id in cited],
        "missing": list(missing),
    }


def an_english_document(*blocks: AnyBlock, **fields: Any) -> ArticleDocument:
    defaults = {"title": "Cramps in tests", "slug": "cramps-in-tests", "summary": "What this article is about."}
    return a_document(*blocks, **defaults | fields)


def agreed(document: ArticleDocument, language: Language = "ru") -> TranslationOf:
    """Every part of the translation was confirmed against this document."""
    return TranslationOf(language=language, parts=document.parts())


def shelve(
    document: Document,
    language: Language = "ru",
    *,
    item: str = ARTICLE,
    at: datetime = NOON,
    change: ChangeClass = "first",
    note: str = "",
    review: Review = UNREVIEWED,
    translation_of: TranslationOf | None = None,
    credits: Credits | None = None,
) -> Edition:
    """Put a document on the shelf as the press would, and return the edition."""
    submission = store.Submission(
        item=item,
        kind=document.kind,
        language=language,
        document=document,
        content_digest=digest(document),
        change=ChangeNote(class_=change, note=note),
        review=review,
        translation_of=translation_of,
        parts=store.parts_of(document),
        credits=credits,
    )
    with transaction.atomic(), journals.opened(at) as journal:
        edition = store.put(journal, submission, event="published")
        store.settle_translations(journal, item, touched=[language])
    return edition


def fall_due(item: str = ARTICLE, language: Language = "ru", *, at: datetime = NOON) -> None:
    """Tell that the review which the live edition promises is lacking, as the press would on the day after."""
    with transaction.atomic(), journals.opened(at) as journal:
        standing = store.standing_of(item, language)
        assert standing is not None
        store.fall_due(journal, standing)


def withdraw(
    item: str = ARTICLE,
    language: Language = "ru",
    *,
    reason: str = "Мы нашли ошибку.",
    reason_code: str = "error",
    replaced_by: str = "",
    at: datetime = NOON,
) -> None:
    """Take an item off the shelf as the press would."""
    with transaction.atomic(), journals.opened(at) as journal:
        standing = store.standing_of(item, language)
        assert standing is not None
        tombstone = {
            "id": item,
            "kind": standing.kind,
            "language": language,
            "withdrawn_at": rfc3339(at),
            "reason_code": reason_code,
            "reason": reason,
            "replaced_by": replaced_by or None,
        }
        store.withdraw(journal, standing, tombstone=tombstone, change_class="safety")
        store.settle_translations(journal, item, touched=[language])


def restore(item: str = ARTICLE, language: Language = "ru", *, note: str = "Всё верно.", at: datetime = NOON) -> None:
    """Put a withdrawn item back on the shelf as the press would."""
    with transaction.atomic(), journals.opened(at) as journal:
        standing = store.standing_of(item, language)
        assert standing is not None
        store.restore(journal, standing, note=note)
        store.settle_translations(journal, item, touched=[language])


def check(
    item: str = ARTICLE, language: Language = "ru", *, started: str = "", ended: str = "", at: datetime = NOON
) -> None:
    """Start, or end, the check of a live text as the press would."""
    with transaction.atomic(), journals.opened(at) as journal:
        standing = store.standing_of(item, language)
        assert standing is not None
        if started:
            store.start_check(journal, standing, note=started)
        if ended:
            store.end_check(journal, standing, note=ended)


def withdraw_part(
    part: SharedPart,
    *items: str,
    language: Language = "ru",
    reason: str = "Врач попросил снять свои слова.",
    reason_code: str = "request",
    change: ChangeClass = "correction",
    at: datetime = NOON,
) -> None:
    """Withdraw a quote or source as the press would, with a notice in the live editions of these items."""
    named = store.Part(part.part_kind, part.id)
    with transaction.atomic(), journals.opened(at) as journal:
        for item in items:
            standing = store.standing_of(item, language)
            assert standing is not None
            live = standing.edition
            document = masked(live.document, {part.id: PartWithdrawal(reason_code, reason)})
            submission = store.Submission(
                item=item,
                kind=standing.kind,
                language=language,
                document=document,
                content_digest=digest(document),
                change=ChangeNote(class_=change, note=reason),
                review=live.envelope.review,
                translation_of=live.envelope.translation_of,
                parts=store.parts_of(document),
                caused_by=Cause("withdrawn", part.part_kind, part.id),
            )
            store.put(journal, submission, event="amended")
            store.settle_translations(journal, item, touched=[language])
        store.note_withdrawn_part(
            journal, named, reason_code=reason_code, reasons={"ru": reason, "en": "The doctor asked us."}
        )
