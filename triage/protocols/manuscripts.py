"""A protocol file as data of the desk: which row each part of it becomes, and what that row says.

Questions, options, rules and levels are known again by the ids that clinicians gave them, so what colleagues said about
a row and its history stay with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID, uuid4, uuid5

from articles.content.aggregates import Data
from articles.content.desk_object import DeskObject
from articles.content.ordered_row import OrderedRow
from articles.content.sources import Source
from articles.publishing.transfer import data_of
from triage.engine.exchange import FileSource, ProtocolFile, Words
from triage.protocols.tables import FirstAid, Level, Option, Protocol, Question, Rule

# A key of the file to the source that the desk has for it.
SourceIds = Mapping[str, UUID]


def source_data(one: FileSource) -> Data:
    """Return a source as the file describes it; a copy of unknown standing keeps no address."""
    is_copy = one.access == Source.Access.COPY
    return {
        "id": str(one.id),
        "kind": one.kind,
        "title": one.title,
        "language": one.language,
        "translated_title": _pair(one.translated_title),
        "authors": "\n".join(one.authors),
        "publisher": one.publisher,
        "container": one.container,
        "volume": one.volume,
        "issue": one.issue,
        "pages": one.pages,
        "issued": one.issued,
        "accessed_on": one.accessed_on or None,
        "doi": one.doi,
        "pmid": one.pmid,
        # Nobody is sent to a copy of unknown standing.
        "url": "" if is_copy else one.url,
        "archive_url": "" if is_copy else one.archive_url,
        "access": one.access,
    }


def protocol_data(file: ProtocolFile, known: Protocol | None, sources: SourceIds) -> Data:
    """Return the protocol with its rules; what the file does not say stays as `known` has it."""
    rows = {rule.code: rule.pk for rule in known.rules.all()} if known else {}
    return (data_of(known) if known else {}) | {
        "id": str(file.id),
        "internal_note": file.note,
        "title": _pair(file.title),
        "slug": _pair(file.slug),
        "summary": _pair(file.scope),
        "danger": _pair(file.danger),
        "name_of_version": file.version,
        "expires_on": file.expires_on,
        "services": [str(service.id) for service in file.services],
        "rules": [
            {
                "id": str(rows.get(rule.id) or _id(file, f"rule:{rule.id}", Rule, known)),
                "kind": "rule",
                "code": rule.id,
                "rank": rule.rank,
                "when_all": "\n".join(rule.when),
                "text": _pair(rule.text),
                "sources": _ids(rule.references, sources),
            }
            for rule in file.rules
        ],
    }


def levels_data(file: ProtocolFile, known: Protocol | None, sources: SourceIds) -> Iterator[Data]:
    """Yield each level with its first aid."""
    levels = {level.level: level for level in known.levels.all()} if known else {}
    for one in file.levels:
        level = levels.get(one.id)
        rows = list(level.first_aid.all()) if level else []
        yield (data_of(level) if level else {}) | {
            "id": str(level.pk if level else _id(file, f"level:{one.id}", Level, known)),
            "protocol": str(file.id),
            "level": one.id,
            "title": _pair(one.title),
            "text": _pair(one.text),
            "sources": _ids(one.references, sources),
            "first_aid": [
                {
                    "id": str(
                        rows[number].pk
                        if number < len(rows)
                        else _id(file, f"first_aid:{one.id}:{number}", FirstAid, known)
                    ),
                    "kind": "first_aid",
                    "when_any": "\n".join(aid.when),
                    "text": _pair(aid.text),
                    "sources": _ids(aid.references, sources),
                }
                for number, aid in enumerate(one.first_aid)
            ],
        }


def questions_data(file: ProtocolFile, known: Protocol | None, sources: SourceIds) -> Iterator[Data]:
    """Yield each question with its options."""
    questions = {question.code: question for question in known.questions.all()} if known else {}
    for number, one in enumerate(file.questions, start=1):
        question = questions.get(one.id)
        rows = {option.code: option.pk for option in question.options.all()} if question else {}
        yield (data_of(question) if question else {}) | {
            "id": str(question.pk if question else _id(file, f"question:{one.id}", Question, known)),
            "internal_note": one.note,
            "protocol": str(file.id),
            "code": one.id,
            "position": number * 10,
            "text": _pair(one.text),
            "several": one.kind == "multi",
            "exclusive_because": _pair(one.exclusive_because),
            "options": [
                {
                    "id": str(rows.get(option.id) or _id(file, f"option:{one.id}.{option.id}", Option, known)),
                    "kind": "option",
                    "code": option.id,
                    "rank": option.rank,
                    "exclusive": option.exclusive,
                    "text": _pair(option.text),
                    "sources": _ids(option.references, sources),
                    "points_to": option.points_to,
                }
                for option in one.options
            ],
        }


def _pair(words: Words) -> Data:
    return {"ru": words.ru, "en": words.en}


def _ids(keys: Iterable[str], sources: SourceIds) -> list[str]:
    return sorted({str(sources[key]) for key in keys})


def _id(file: ProtocolFile, name: str, model: type[DeskObject] | type[OrderedRow], known: Protocol | None) -> UUID:
    """The same id at every desk, unless a row that has another name by now was made under this one."""
    key = uuid5(file.id, name)
    return uuid4() if known and model._default_manager.filter(pk=key).exists() else key
