"""What an article lacks before it may be published in a language. All of it at once, as values."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import models

from articles.canonical.html_reading import read_html
from articles.canonical.languages import Language, other_language
from articles.canonical.tree import citations, links
from articles.content.articles import Article, Block, QuoteBlock, TextBlock, blocks
from articles.content.experts import Expert
from articles.content.problems import DeskProblem, Where, desk_problem
from articles.content.quotes import Attribution, Quote, Verdict
from articles.content.sources import Source
from articles.content.words import sentence


def problems(article: Article, language: Language) -> list[DeskProblem]:
    """Return everything that keeps `article` from being published in `language`, in the order of the form."""
    placed = blocks(article)
    found = [*_of_head(article, language)]
    if not placed:
        found.append(desk_problem("no-blocks", language, Where("article", str(article.id))))
    for block in placed:
        found += _of_block(block, language)
    found += _of_links(placed, language)
    found += _of_sources(placed, language)
    return found


def part_problems(part: models.Model, language: Language, *, shown: Collection[str] = ()) -> list[DeskProblem]:
    """Return everything that keeps a shared part from going out by itself into texts that are live.

    `shown` are ids of sources that the texts show with a quote already; a withdrawn one may not come in beside them.
    """
    if isinstance(part, Expert):
        return list(_of_speaker(part, language))
    if isinstance(part, Source):
        return list(_of_source(part, language))
    if not isinstance(part, Quote):
        return []
    found = [*_of_words(part, language)]
    if not getattr(part, f"text_{language}"):
        found.insert(0, desk_problem("quote-missing", language, Where("quote", str(part.id), "text", language)))
    for source in dict.fromkeys([part.source, *verdict_sources(part)]):
        if str(source.id) not in shown:
            if source.withdrawn_at:
                where = Where("quote", str(part.id), "source")
                found.append(desk_problem("source-withdrawn", language, where, name=source.short_name))
            found += _of_source(source, language)
    return found


def is_empty(block: Block, language: Language) -> bool:
    """Whether the block has nothing to show in this language."""
    holder = block.quote if isinstance(block, QuoteBlock) else block
    return not getattr(holder, f"text_{language}")


def cited(block: Block, language: Language) -> list[str]:
    """Ids of the sources that a block cites in this language, in reading order."""
    if isinstance(block, TextBlock):
        return [source for source, _ in citations(_body(block, language))]
    if isinstance(block, QuoteBlock):
        return [str(block.quote.source_id), *(str(source.id) for source in verdict_sources(block.quote))]
    return []


def verdict_sources(quote: Quote) -> list[Source]:
    """The sources of the note on the evidence in one stable order: by short name, then id."""
    return sorted(quote.verdict_sources.all(), key=lambda source: (source.short_name, str(source.id)))


def _body(block: TextBlock, language: Language) -> list[dict]:
    return read_html(getattr(block, f"text_{language}"))[0]


def _of_head(article: Article, language: Language) -> Iterator[DeskProblem]:
    for field in ("title", "slug", "summary"):
        if not getattr(article, f"{field}_{language}"):
            yield desk_problem(f"{field}-missing", language, Where("article", str(article.id), field, language))


def _of_block(block: Block, language: Language) -> Iterator[DeskProblem]:
    where = Where(type(block)._meta.model_name or "", str(block.id), "text", language)
    if isinstance(block, QuoteBlock):
        yield from _of_quote(block, language)
    elif is_empty(block, language):
        if is_empty(block, other_language(language)):
            yield desk_problem("block-empty", language, where)
        elif block.essential:
            yield desk_problem("block-missing", language, where)
    if isinstance(block, TextBlock):
        _, unreadable = read_html(getattr(block, f"text_{language}"))
        for problem in unreadable:
            if problem.severity == "error":
                yield desk_problem("text-unreadable", language, where, what=sentence(problem))


def _of_quote(block: QuoteBlock, language: Language) -> Iterator[DeskProblem]:
    quote = block.quote
    if quote.withdrawn_at:
        yield desk_problem("quote-withdrawn", language, Where("quoteblock", str(block.id), "quote"), name=str(quote))
        return
    if is_empty(block, language):
        if block.essential or is_empty(block, other_language(language)):
            yield desk_problem("quote-missing", language, Where("quote", str(quote.id), "text", language))
        return
    yield from _of_words(quote, language)


def _of_words(quote: Quote, language: Language) -> Iterator[DeskProblem]:
    at = Where("quote", str(quote.id))
    if quote.attribution != Attribution.UNNAMED and quote.expert is None:
        yield desk_problem("speaker-missing", language, Where(at.model, at.id, "expert"))
    if quote.expert:
        yield from _of_speaker(quote.expert, language)
    if quote.expert and quote.verdict == Verdict.DISPUTED:
        yield desk_problem("disputed-by-name", language, Where(at.model, at.id, "verdict"))
    if quote.verdict != Verdict.NOT_ASSESSED:
        if not getattr(quote, f"verdict_note_{language}"):
            yield desk_problem("verdict-unfounded", language, Where(at.model, at.id, "verdict_note", language))
        if quote.verdict != Verdict.NO_EVIDENCE and not quote.verdict_sources.all():
            yield desk_problem("verdict-sourceless", language, Where(at.model, at.id, "verdict_sources"))


def _of_speaker(expert: Expert, language: Language) -> Iterator[DeskProblem]:
    if not getattr(expert, f"name_{language}"):
        where = Where("expert", str(expert.id), "name", language)
        yield desk_problem("speaker-nameless", language, where, name=str(expert))


def _of_source(source: Source, language: Language) -> Iterator[DeskProblem]:
    if not source.title and not (source.publisher and source.issued):
        yield desk_problem("source-unnamed", language, Where("source", str(source.id), "title"), name=source.short_name)


def _of_links(placed: list[Block], language: Language) -> Iterator[DeskProblem]:
    linked = {
        str(block.id): {item for kind, item in links(_body(block, language)) if kind == "article"}
        for block in placed
        if isinstance(block, TextBlock)
    }
    wanted = set().union(*linked.values())
    known = {str(id) for id in Article.objects.filter(id__in=wanted).values_list("id", flat=True)} if wanted else set()
    for id, items in linked.items():
        if items - known:
            yield desk_problem("item-unknown", language, Where("textblock", id, "text", language))


def _of_sources(placed: list[Block], language: Language) -> Iterator[DeskProblem]:
    by_source: dict[str, Block] = {}
    for block in placed:
        if not is_empty(block, language) and not (isinstance(block, QuoteBlock) and block.quote.withdrawn_at):
            for id in cited(block, language):
                by_source.setdefault(id, block)
    known = {str(source.id): source for source in Source.objects.filter(id__in=[UUID(id) for id in by_source])}
    for id, block in by_source.items():
        where = Where(type(block)._meta.model_name or "", str(block.id), "text", language)
        source = known.get(id)
        if source is None:
            yield desk_problem("source-unknown", language, where)
        elif source.withdrawn_at:
            yield desk_problem("source-withdrawn", language, where, name=source.short_name)
        else:
            yield from _of_source(source, language)
