"""A protocol as the desk holds it: every row read once, as the engine reads it and as it would lie on the shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.typography import polish_line
from articles.content.care import CareService
from articles.content.sources import Source, in_order
from articles.editions.upgrades import CURRENT_SCHEMA
from articles.publishing.parts import service_part, source_part
from triage.engine.document import ProtocolDocument
from triage.engine.protocol import FirstAid, Level, Option, Protocol, Question, Rule, logic_digest
from triage.protocols import tables

# Every relation that a document is made of.
READS = (
    "questions__options__sources",
    "rules__sources",
    "levels__sources",
    "levels__first_aid__sources",
    "services",
)

Citing = tables.Option | tables.Rule | tables.Level | tables.FirstAid


@dataclass(frozen=True)
class Draft:
    """Every row of a protocol, read once for both languages."""

    working: tables.Protocol
    levels: Sequence[tables.Level]
    questions: Sequence[tables.Question]
    rules: Sequence[tables.Rule]
    services: Sequence[CareService]

    @cached_property
    def citations(self) -> list[tuple[Citing, Source]]:
        """Every row with each source that it names: levels and first aid, questions, rules."""
        holders: list[Citing] = []
        for level in self.levels:
            holders += [level, *level.first_aid.all()]
        holders += [option for question in self.questions for option in question.options.all()]
        holders += self.rules
        return [(holder, source) for holder in holders for source in in_order(holder.sources.all())]

    @property
    def sources(self) -> list[Source]:
        """The sources in the order in which they are cited, each once."""
        return list({source.pk: source for _row, source in self.citations}.values())

    @cached_property
    def protocols(self) -> Mapping[Language, Protocol]:
        """The protocol as the engine reads it, in both languages."""
        return {language: _protocol(self, language) for language in LANGUAGES}

    @cached_property
    def documents(self) -> Mapping[Language, ProtocolDocument]:
        """What would lie on the shelf, in both languages."""
        return {language: _document(self, language) for language in LANGUAGES}


def draft(working: tables.Protocol) -> Draft:
    """Return every row of the protocol; a fixed number of queries, none for what a list has read with it (READS)."""
    return Draft(
        working,
        sorted(_rows(working, "levels", "sources", "first_aid__sources"), key=lambda level: -level.rank),
        sorted(_rows(working, "questions", "options__sources"), key=lambda one: (one.position, str(one.pk))),
        sorted(_rows(working, "rules", "sources"), key=lambda one: (one.ordering, str(one.pk))),
        sorted(_rows(working, "services"), key=lambda one: (one.position, one.country, one.number, str(one.pk))),
    )


def _rows(working: tables.Protocol, name: str, *inner: str) -> list[Any]:
    """Read anew unless a list has just read them: a protocol that is at hand for long would show old rows."""
    known = getattr(working, "_prefetched_objects_cache", {})
    return list(known[name] if name in known else getattr(working, name).prefetch_related(*inner))


def _document(rows: Draft, language: Language) -> ProtocolDocument:
    protocol, working = rows.protocols[language], rows.working
    return ProtocolDocument(
        schema=CURRENT_SCHEMA,
        title=_line(working, "title", language),
        slug=getattr(working, f"slug_{language}") or "",
        summary=_line(working, "summary", language),
        blocks=[],
        sources=[source_part(source, language) for source in rows.sources],
        missing=[],
        logic_digest=logic_digest(protocol),
        protocol=protocol,
        services=[service_part(service, language) for service in rows.services],
    )


def _protocol(rows: Draft, language: Language) -> Protocol:
    working = rows.working
    return Protocol(
        version=working.name_of_version,
        danger=_line(working, "danger", language),
        expires_on=working.expires_on.isoformat() if working.expires_on else "",
        levels=[
            Level(
                id=level.level,  # type: ignore[arg-type]
                title=_line(level, "title", language),
                text=_line(level, "text", language),
                references=_references(level),
                first_aid=[
                    FirstAid(lines(aid.when_any), _line(aid, "text", language), _references(aid))
                    for aid in level.first_aid.all()
                ],
            )
            for level in rows.levels
        ],
        questions=[
            Question(
                id=question.code,
                kind="multi" if question.several else "single",
                text=_line(question, "text", language),
                exclusive_because=_line(question, "exclusive_because", language),
                options=[
                    Option(one.code, _line(one, "text", language), one.rank, one.exclusive, _references(one))
                    for one in question.options.all()
                ],
            )
            for question in rows.questions
        ],
        rules=[
            Rule(rule.code, rule.rank, lines(rule.when_all), _line(rule, "text", language), _references(rule))
            for rule in rows.rules
        ],
    )


def _references(holder: Citing) -> list[str]:
    return [str(source.pk) for source in in_order(holder.sources.all())]


def _line(obj: object, field: str, language: Language) -> str:
    return polish_line(getattr(obj, f"{field}_{language}") or "", language=language)


def lines(typed: str) -> list[str]:
    """Return what was typed one a line, without empty lines."""
    return [line.strip() for line in typed.split("\n") if line.strip()]
