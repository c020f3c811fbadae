"""What keeps a shared part from being shown to readers of a language: quotes, boxes, tables, accounts, pictures."""

import re
from collections.abc import Collection, Iterator
from functools import singledispatch

from django.db import models

from articles.canonical.languages import Language
from articles.content.accounts import BY_NAME, Accounts
from articles.content.care import EMERGENCY, CareBox, CareLevel, CareService
from articles.content.evidence import EvidenceTable, EvidenceVerdict
from articles.content.experts import Expert
from articles.content.labels import label
from articles.content.pictures import Picture
from articles.content.problems import DeskProblem, Where, desk_problem
from articles.content.quotes import Attribution, Quote, Verdict
from articles.content.sources import Source, in_order

_PLACEHOLDER = re.compile(r"\{[^{}]*\}?")


def part_problems(part: models.Model, language: Language, *, shown: Collection[str] = ()) -> list[DeskProblem]:
    """Return everything that keeps a shared part from going out by itself into texts that are live.

    `shown` are ids of sources that the texts show with it already; a withdrawn one may not come in beside them.
    """
    found = list(problems_of(part, language))
    if isinstance(part, Quote) and not part.has_words(language):
        found.insert(0, desk_problem("quote-missing", language, Where("quote", str(part.id), "text", language)))
    for source, field in sources_of(part):
        if str(source.id) not in shown:
            if source.withdrawn_at:
                where = Where(part._meta.model_name or "", str(part.pk), field)
                found.append(desk_problem("source-withdrawn", language, where, name=source.short_name))
            found += problems_of(source, language)
    return list(dict.fromkeys(found))


def sources_of(part: models.Model) -> Iterator[tuple[Source, str]]:
    """Yield each source that a part refers to, in the order of its sentences, and the field that names it."""
    if isinstance(part, Quote):
        yield part.source, "source"
        yield from ((source, "verdict_sources") for source in in_order(part.verdict_sources.all()))
    elif isinstance(part, CareBox):
        yield from ((source, "sources") for source in in_order(part.sources.all()))
    elif isinstance(part, EvidenceTable):
        yield from ((source, "sources") for row in part.rows.all() for source in in_order(row.sources.all()))
    elif isinstance(part, Accounts):
        for entry in part.entries.all():
            if entry.quote.withdrawn_at is None:
                yield from sources_of(entry.quote)
        yield from ((source, "sources") for source in in_order(part.sources.all()))


@singledispatch
def problems_of(part: models.Model, language: Language) -> Iterator[DeskProblem]:
    """Yield what the part itself lacks in a language; nothing is asked of kinds that are not in the table below."""
    return iter(())


@problems_of.register
def _of_speaker(expert: Expert, language: Language) -> Iterator[DeskProblem]:
    if not getattr(expert, f"name_{language}"):
        where = Where("expert", str(expert.id), "name", language)
        yield desk_problem("speaker-nameless", language, where, name=str(expert))


@problems_of.register
def _of_source(source: Source, language: Language) -> Iterator[DeskProblem]:
    if not source.title and not (source.publisher and source.issued):
        yield desk_problem("source-unnamed", language, Where("source", str(source.id), "title"), name=source.short_name)


@problems_of.register
def _of_quote(quote: Quote, language: Language) -> Iterator[DeskProblem]:
    at = Where("quote", str(quote.id))
    if quote.attribution != Attribution.UNNAMED and quote.expert is None:
        yield desk_problem("speaker-missing", language, Where(at.model, at.id, "expert"))
    if quote.expert:
        yield from problems_of(quote.expert, language)
    if quote.expert and quote.verdict == Verdict.DISPUTED:
        yield desk_problem("disputed-by-name", language, Where(at.model, at.id, "verdict"))
    if quote.verdict != Verdict.NOT_ASSESSED:
        if not getattr(quote, f"verdict_note_{language}"):
            yield desk_problem("verdict-unfounded", language, Where(at.model, at.id, "verdict_note", language))
        if quote.verdict != Verdict.NO_EVIDENCE and not quote.verdict_sources.all():
            yield desk_problem("verdict-sourceless", language, Where(at.model, at.id, "verdict_sources"))


@problems_of.register
def _of_service(service: CareService, language: Language) -> Iterator[DeskProblem]:
    if not getattr(service, f"name_{language}"):
        where = Where("careservice", str(service.id), "name", language)
        yield desk_problem("service-nameless", language, where, name=str(service))


@problems_of.register
def _of_box(box: CareBox, language: Language) -> Iterator[DeskProblem]:
    name, id = label(box), str(box.id)
    for field, code in (("title", "box-untitled"), ("triggers", "box-without-signs")):
        if not getattr(box, f"{field}_{language}"):
            yield desk_problem(code, language, Where("carebox", id, field, language), name=name)
    called = [service for service in box.services.all() if service.purpose == CareService.Purpose.EMERGENCY]
    for field in ("title", "triggers", "advice"):
        words = getattr(box, f"{field}_{language}") or ""
        where = Where("carebox", id, field, language)
        for what in dict.fromkeys(_PLACEHOLDER.findall(words)):
            if what != EMERGENCY or field == "triggers":
                yield desk_problem("box-placeholder", language, where, name=name, what=what)
            elif not called:
                yield desk_problem("box-without-number", language, Where("carebox", id, "services"), name=name)
    if box.level == CareLevel.EMERGENCY and not called:
        yield desk_problem("box-without-number", language, Where("carebox", id, "services"), name=name)
    if not box.sources.all():
        yield desk_problem("box-sourceless", language, Where("carebox", id, "sources"), name=name)
    for service in box.services.all():
        yield from problems_of(service, language)


@problems_of.register
def _of_table(table: EvidenceTable, language: Language) -> Iterator[DeskProblem]:
    id = str(table.id)
    if not getattr(table, f"title_{language}"):
        yield desk_problem("table-untitled", language, Where("evidencetable", id, "title", language), name=label(table))
    if not table.has_words(language):
        where = Where("evidencetable", id, "title", language)
        yield desk_problem("table-without-options", language, where, name=label(table))
    for row in table.rows.all():
        name, place = label(row), str(row.id)
        if not getattr(row, f"option_{language}"):
            yield desk_problem("option-missing", language, Where("evidencerow", place, "option", language), name=name)
            continue
        for field in ("finding", "conclusion"):
            if not getattr(row, f"{field}_{language}"):
                where = Where("evidencerow", place, field, language)
                yield desk_problem("option-incomplete", language, where, name=name)
        if row.verdict != EvidenceVerdict.UNCLEAR and not row.sources.all():
            yield desk_problem("option-sourceless", language, Where("evidencerow", place, "sources"), name=name)


@problems_of.register
def _of_accounts(accounts: Accounts, language: Language) -> Iterator[DeskProblem]:
    name, id = label(accounts), str(accounts.id)
    if not getattr(accounts, f"title_{language}"):
        yield desk_problem("accounts-untitled", language, Where("accounts", id, "title", language), name=name)
    if not getattr(accounts, f"note_{language}"):
        yield desk_problem("accounts-noteless", language, Where("accounts", id, "note", language), name=name)
    quotes = [entry.quote for entry in accounts.entries.all()]
    shown = [quote for quote in quotes if quote.withdrawn_at is None and quote.has_words(language)]
    if len(shown) < 2:
        yield desk_problem("accounts-too-few", language, Where("accounts", id, "title", language), name=name)
    speakers = {quote.expert_id for quote in shown}
    by_name = all(quote.attribution in BY_NAME and quote.expert_id for quote in shown) and len(speakers) > 1
    if accounts.experts_differ and not by_name:
        yield desk_problem("differ-not-by-name", language, Where("accounts", id, "experts_differ"))
    for quote in quotes:
        if quote.withdrawn_at:
            where = Where("accounts", id, "title", language)
            yield desk_problem("quote-withdrawn", language, where, name=label(quote))
        elif quote.has_words(language):
            yield from problems_of(quote, language)


@problems_of.register
def _of_picture(picture: Picture, language: Language) -> Iterator[DeskProblem]:
    # A file, a licence and the name that it asks for are asked for by the table itself.
    if not getattr(picture, f"alt_{language}"):
        where = Where("picture", str(picture.id), "alt", language)
        yield desk_problem("picture-without-alt", language, where, name=label(picture))
