"""A protocol of the desk as a file."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from articles.content.sources import Source
from triage.engine.exchange import (
    FileFirstAid,
    FileLevel,
    FileOption,
    FileQuestion,
    FileRule,
    FileService,
    FileSource,
    ProtocolFile,
    Words,
)
from triage.protocols.tables import Protocol

_LONGEST_KEY = 45


def export(protocol: Protocol) -> ProtocolFile:
    """Return the protocol as the desk holds it, both languages in one file.

    An unfinished draft gives a file too; reading it back (`read_file`) names what is lacking.
    """
    questions = list(protocol.questions.prefetch_related("options__sources").order_by("position", "pk"))
    rules = list(protocol.rules.prefetch_related("sources"))
    levels = sorted(protocol.levels.prefetch_related("sources", "first_aid__sources"), key=lambda level: -level.rank)
    options = [option for question in questions for option in question.options.all()]
    cited = _cited([*levels, *(aid for level in levels for aid in level.first_aid.all()), *options, *rules])
    keys = _keys(cited)

    def references(holder: Any) -> list[str]:
        return sorted(keys[source.pk] for source in holder.sources.all())

    return ProtocolFile(
        format="triage-protocol/1",
        id=protocol.pk,
        slug=_words(protocol, "slug"),
        version=protocol.name_of_version,
        expires_on=protocol.expires_on.isoformat() if protocol.expires_on else "",
        title=_words(protocol, "title"),
        scope=_words(protocol, "summary"),
        danger=_words(protocol, "danger"),
        services=[
            FileService(service.pk, service.number, service.country)
            for service in protocol.services.order_by("position", "country", "number", "pk")
        ],
        levels=[
            FileLevel(
                level.level,  # type: ignore[arg-type]
                _words(level, "title"),
                _words(level, "text"),
                references(level),
                [
                    FileFirstAid(_lines(aid.when_any), _words(aid, "text"), references(aid))
                    for aid in level.first_aid.all()
                ],
            )
            for level in levels
        ],
        questions=[
            FileQuestion(
                id=question.code,
                kind="multi" if question.several else "single",
                text=_words(question, "text"),
                options=[
                    FileOption(one.code, one.rank, one.exclusive, _words(one, "text"), references(one), one.points_to)
                    for one in question.options.all()
                ],
                exclusive_because=_words(question, "exclusive_because"),
                note=question.internal_note,
            )
            for question in questions
        ],
        rules=[
            FileRule(rule.code, rule.rank, _lines(rule.when_all), _words(rule, "text"), references(rule))
            for rule in rules
        ],
        references={keys[source.pk]: _of_source(source) for source in sorted(cited, key=lambda one: keys[one.pk])},
        note=protocol.internal_note,
    )


def _cited(holders: Iterable[Any]) -> list[Source]:
    rows = [source for holder in holders for source in holder.sources.all()]
    return list({source.pk: source for source in rows}.values())


def _keys(sources: Iterable[Source]) -> dict[UUID, str]:
    """A key for each source that people can read, made of nothing but the source and its neighbours."""
    names = {source.pk: slugify(source.short_name, allow_unicode=True)[:_LONGEST_KEY].strip("-") for source in sources}
    several = {name for name in names.values() if not name or list(names.values()).count(name) > 1}
    return {key: f"{name}-{str(key)[:8]}".strip("-") if name in several else name for key, name in names.items()}


def _of_source(source: Source) -> FileSource:
    """Nobody is sent to a copy of unknown standing, so its address does not leave the desk."""
    is_copy = source.access == Source.Access.COPY
    return FileSource(
        id=source.pk,
        kind=source.kind,
        title=source.title,
        language=source.language,
        translated_title=_words(source, "translated_title"),
        authors=_lines(source.authors),
        publisher=source.publisher,
        container=source.container,
        volume=source.volume,
        issue=source.issue,
        pages=source.pages,
        issued=source.issued,
        accessed_on=source.accessed_on.isoformat() if source.accessed_on else "",
        doi=source.doi,
        pmid=source.pmid,
        url="" if is_copy else source.url,
        archive_url="" if is_copy else source.archive_url,
        access=source.access,
    )


def _words(obj: object, field: str) -> Words:
    return Words(getattr(obj, f"{field}_ru") or "", getattr(obj, f"{field}_en") or "")


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.split("\n") if line.strip()]
