"""What an item lacks before it may be published in a language. All of it at once, as values."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from articles.canonical.html_reading import read_html
from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.canonical.tree import Body, citations, links, terms
from articles.content.addressed import Addressed
from articles.content.aggregates import AGGREGATES
from articles.content.blocks import Block, KeyPointsBlock, QuoteBlock, RelatedBlock, StepsBlock, blocks
from articles.content.desk_object import DeskObject
from articles.content.experts import Expert
from articles.content.labels import label
from articles.content.part_completeness import problems_of, sources_of
from articles.content.problems import DeskProblem, Where, desk_problem
from articles.content.rows_at_once import Asked, rows_at_once
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Text
from articles.content.words import sentence

# A summary is what a list shows and what a question is answered with; about pages do without.
_HEADS: dict[str, tuple[str, ...]] = {"page": ("title", "slug")}


@dataclass(frozen=True)
class Beside:
    """What blocks refer to in either language and is there: sources by their ids, and (kind, id) of linked items."""

    sources: Mapping[str, Source]
    items: Set[tuple[str, str]]


def beside(placed: Sequence[Block]) -> Beside:
    """Read what blocks refer to; one query, none where they refer to nothing."""
    ids = {id for block in placed for language in LANGUAGES for id in cited(block, language)}
    linked, wanted = _linked(), _wanted(placed)
    kinds = sorted({kind for kind, _ in wanted} & linked.keys())
    asked = [Asked(linked[kind], "id", sorted(item for one, item in wanted if one == kind)) for kind in kinds]
    sources, *items = rows_at_once([Asked(Source, "id", [UUID(id) for id in sorted(ids)]), *asked])
    # Texts of all kinds lie in one table.
    known = {
        (kind, str(row.pk))
        for kind, rows in zip(kinds, items, strict=True)
        for row in rows
        if isinstance(row, linked[kind])
    }
    return Beside({str(row.id): row for row in sources}, known)


def problems(
    item: DeskObject, language: Language, placed: Sequence[Block] | None = None, near: Beside | None = None
) -> list[DeskProblem]:
    """Return everything that keeps `item` from being published in `language`, in the order of its form.

    `placed` are the blocks of a text, and `near` what is `beside` them, where they are at hand already.
    """
    if isinstance(item, Text):
        placed = blocks(item) if placed is None else placed
        return _of_text(item, placed, beside(placed) if near is None else near, language)
    if isinstance(item, Term):
        return list(_of_fields(item, ("title", "slug", "definition"), language))
    if isinstance(item, Expert):
        return list(_of_person(item, language))
    if isinstance(item, Addressed):
        return list(_of_fields(item, ("title", "slug", "summary"), language))
    raise TypeError(f"{type(item).__name__} is not published by itself")


def cited(block: Block, language: Language) -> list[str]:
    """Ids of the sources that a block refers to in this language, in reading order."""
    if block.shared:
        return [str(source.id) for source, _ in sources_of(getattr(block, block.shared))]
    return [source for column in block.rich for source, _ in citations(block.body(column, language))]


def is_withdrawn(block: Block) -> bool:
    """Whether the block places something that was withdrawn since."""
    return isinstance(block, QuoteBlock) and block.quote.withdrawn_at is not None


def _of_text(text: Text, placed: Sequence[Block], near: Beside, language: Language) -> list[DeskProblem]:
    found = list(_of_fields(text, _HEADS.get(text.kind, ("title", "slug", "summary")), language))
    if text.lines("authors", other_language(language)) and not text.lines("authors", language):
        found.append(desk_problem("authors-missing", language, Where(_model(text), str(text.id), "authors", language)))
    if not placed and text.kind != "faq":
        found.append(desk_problem("no-blocks", language, Where(_model(text), str(text.id))))
    found += _of_conditions(text, language)
    for block in placed:
        found += _of_block(block, language)
    found += _of_links(placed, near, language)
    found += _of_sources(placed, near, language)
    return list(dict.fromkeys(found))


def _of_fields(item: DeskObject, fields: tuple[str, ...], language: Language) -> Iterator[DeskProblem]:
    for field in fields:
        if not getattr(item, f"{field}_{language}"):
            yield desk_problem(f"{field}-missing", language, Where(_model(item), str(item.id), field, language))


def _of_conditions(text: Text, language: Language) -> Iterator[DeskProblem]:
    for term in text.conditions.all():
        if not term.codes:
            where = Where(_model(text), str(text.id), "conditions")
            yield desk_problem("condition-without-code", language, where, name=label(term))


def _of_person(expert: Expert, language: Language) -> Iterator[DeskProblem]:
    yield from problems_of(expert, language)
    yield from _of_fields(expert, ("slug",), language)
    if expert.part == Expert.Part.QUOTED and getattr(expert, f"biography_{language}"):
        where = Where("expert", str(expert.id), "biography", language)
        yield desk_problem("biography-of-quoted", language, where)


def _of_block(block: Block, language: Language) -> Iterator[DeskProblem]:
    if is_withdrawn(block):
        quote = block.quote  # type: ignore[attr-defined]
        yield desk_problem("quote-withdrawn", language, Where("quoteblock", str(block.id), "quote"), name=label(quote))
        return
    if not block.has_words(language):
        yield from _of_empty(block, language)
    elif block.shared:
        yield from problems_of(getattr(block, block.shared), language)
    yield from _of_writing(block, language)


def _of_empty(block: Block, language: Language) -> Iterator[DeskProblem]:
    nowhere = not block.has_words(other_language(language))
    if not (nowhere or block.is_required):
        return
    if isinstance(block, QuoteBlock):
        yield desk_problem("quote-missing", language, Where("quote", str(block.quote_id), "text", language))
    elif block.shared:
        placed = getattr(block, block.shared)
        where = Where(_model(placed), str(placed.pk), "title", language)
        yield desk_problem("object-missing", language, where, name=label(placed))
    else:
        field = {"table": "cells", "related": "questions"}.get(block.kind, "text")
        where = Where(_model(block), str(block.id), field, "" if isinstance(block, RelatedBlock) else language)
        yield desk_problem("block-empty" if nowhere else "block-missing", language, where)


def _of_writing(block: Block, language: Language) -> Iterator[DeskProblem]:
    for column in block.rich:
        where = Where(_model(block), str(block.id), column, language)
        body, unreadable = read_html(getattr(block, f"{column}_{language}") or "")
        for problem in unreadable:
            if problem.severity == "error":
                yield desk_problem("text-unreadable", language, where, what=sentence(problem))
        is_one_list = len(body) == 1 and body[0]["type"] == "list"
        if isinstance(block, KeyPointsBlock) and body and not is_one_list:
            yield desk_problem("points-not-a-list", language, where)
        if isinstance(block, StepsBlock) and body and not (is_one_list and body[0]["ordered"]):
            yield desk_problem("steps-not-a-list", language, where)


def _linked() -> dict[str, type[DeskObject]]:
    """What a rich text may link to, by kind: whatever has an address of its own, kinds of other apps too."""
    return {kind: model for kind, model in AGGREGATES.items() if issubclass(model, Addressed | Expert)}


def _wanted(placed: Sequence[Block]) -> set[tuple[str, str]]:
    bodies = (block.body(column, code) for block in placed for column in block.rich for code in LANGUAGES)
    return set().union(*map(_led_to, bodies))


def _of_links(placed: Sequence[Block], near: Beside, language: Language) -> Iterator[DeskProblem]:
    for block in placed:
        for column in block.rich:
            if _led_to(block.body(column, language)) - near.items:
                yield desk_problem("item-unknown", language, Where(_model(block), str(block.id), column, language))


def _led_to(body: Body) -> set[tuple[str, str]]:
    return {*links(body), *(("term", term) for term in terms(body))}


def _of_sources(placed: Sequence[Block], near: Beside, language: Language) -> Iterator[DeskProblem]:
    by_source: dict[str, Block] = {}
    for block in placed:
        if block.has_words(language) and not is_withdrawn(block):
            for id in cited(block, language):
                by_source.setdefault(id, block)
    for id, block in by_source.items():
        where = Where(_model(block), str(block.id), block.shared or block.rich[0], "" if block.shared else language)
        source = near.sources.get(id)
        if source is None:
            yield desk_problem("source-unknown", language, where)
        elif source.withdrawn_at:
            yield desk_problem("source-withdrawn", language, where, name=source.short_name)
        else:
            yield from problems_of(source, language)


def _model(obj: object) -> str:
    return obj._meta.model_name or ""  # type: ignore[attr-defined]
