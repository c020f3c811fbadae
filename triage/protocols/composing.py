"""From the working tables to a document: what a protocol would be in one language if it were released as it stands."""

from collections.abc import Iterable, Mapping

from django.db import models

from articles.canonical.languages import Language
from articles.canonical.typography import polish_line
from articles.content.care import CareService
from articles.content.problems import DeskProblem
from articles.content.sources import Source, in_order
from articles.editions.upgrades import CURRENT_SCHEMA
from articles.publishing.compose import Composition
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


def compose(working: tables.Protocol, language: Language) -> Composition:
    """Return the protocol in one language as it stands at the desk, with everything that keeps it from a release."""
    return Composition(document_of(working, language), [])


def released(working: tables.Protocol, compositions: Mapping[Language, Composition]) -> list[DeskProblem]:
    """Return what keeps these languages from being released: without the other, texts may change and logic may not."""
    return []


def document_of(working: tables.Protocol, language: Language) -> ProtocolDocument:
    """Return the document of one language; a fixed number of queries."""
    protocol, cited = protocol_of(working, language)
    return ProtocolDocument(
        schema=CURRENT_SCHEMA,
        title=_line(working, "title", language),
        slug=getattr(working, f"slug_{language}") or "",
        summary=_line(working, "summary", language),
        blocks=[],
        sources=[source_part(source, language) for source in cited],
        missing=[],
        logic_digest=logic_digest(protocol),
        protocol=protocol,
        services=[service_part(service, language) for service in _services(working)],
    )


def protocol_of(working: tables.Protocol, language: Language) -> tuple[Protocol, list[Source]]:
    """Return the protocol as the engine reads it, and its sources in the order in which they are cited."""
    # What was read with it already, as in lists, is not asked for again.
    models.prefetch_related_objects([working], *READS)
    questions = sorted(working.questions.all(), key=lambda question: (question.position, str(question.pk)))
    rules = list(working.rules.all())
    levels = sorted(working.levels.all(), key=lambda level: -level.rank)
    cited: dict[str, Source] = {}

    def references(holder: tables.Option | tables.Rule | tables.Level | tables.FirstAid) -> list[str]:
        held = in_order(holder.sources.all())
        cited.update((str(source.pk), source) for source in held if str(source.pk) not in cited)
        return [str(source.pk) for source in held]

    protocol = Protocol(
        version=working.name_of_version,
        danger=_line(working, "danger", language),
        expires_on=working.expires_on.isoformat() if working.expires_on else "",
        levels=[
            Level(
                id=level.level,  # type: ignore[arg-type]
                title=_line(level, "title", language),
                text=_line(level, "text", language),
                references=references(level),
                first_aid=[
                    FirstAid(_lines(aid.when_any), _line(aid, "text", language), references(aid))
                    for aid in level.first_aid.all()
                ],
            )
            for level in levels
        ],
        questions=[
            Question(
                id=question.code,
                kind="multi" if question.several else "single",
                text=_line(question, "text", language),
                exclusive_because=_line(question, "exclusive_because", language),
                options=[
                    Option(one.code, _line(one, "text", language), one.rank, one.exclusive, references(one))
                    for one in question.options.all()
                ],
            )
            for question in questions
        ],
        rules=[
            Rule(rule.code, rule.rank, _lines(rule.when_all), _line(rule, "text", language), references(rule))
            for rule in rules
        ],
    )
    return protocol, list(cited.values())


def _services(working: tables.Protocol) -> Iterable[CareService]:
    return sorted(
        working.services.all(), key=lambda service: (service.position, service.country, service.number, str(service.pk))
    )


def _line(obj: object, field: str, language: Language) -> str:
    return polish_line(getattr(obj, f"{field}_{language}") or "", language=language)


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.split("\n") if line.strip()]
