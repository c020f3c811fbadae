"""Protocols as files: what the desk holds as a file for clinicians and other systems, and a file as a draft.

A file changes the draft and nothing else. What it needs and the desk lacks is a source at most: a number to call was
checked by somebody, so a service is looked for and never made.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, Data, LoadError
from articles.content.care import CareService
from articles.content.problems import DeskProblem, Where
from articles.content.sources import Source
from articles.editions.shelf import Standing
from articles.editorial.roles import NotAllowedError
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.slugs import holder_of
from articles.publishing.transfer import Manuscript, load_content
from triage.engine.exchange import ProtocolFile
from triage.protocols.exporting import export
from triage.protocols.manuscripts import levels_data, protocol_data, questions_data, source_data
from triage.protocols.problems import protocol_problem
from triage.protocols.tables import Protocol

__all__ = ["export", "import_file"]

# What an import may change.
_RIGHTS = [f"triage.{act}_{model}" for act in ("add", "change") for model in ("protocol", "level", "question")]


def import_file(file: ProtocolFile, *, by: User, at: datetime) -> Protocol:
    """Make the file the draft of its protocol, all of it or nothing, and return the draft. Nothing is published.

    Every changed object gets a new version that is kept like any other save; questions and levels that the file does
    not have leave the draft. Raises NotAllowedError, or RefusedError with every problem at once.
    """
    if not by.is_active or not by.has_perms(_RIGHTS):
        raise NotAllowedError("import")
    with transaction.atomic():
        protocol = Protocol.objects.select_for_update().filter(pk=file.id).first()
        found = [*_of_identity(file), *_of_services(file)]
        if found:
            raise RefusedError(found)
        sources, new = _sources(file)
        if protocol:
            protocol.questions.exclude(code__in=[one.id for one in file.questions]).delete()
            protocol.levels.exclude(level__in=[one.id for one in file.levels]).delete()
        drafted = [("protocol", protocol_data(file, protocol, sources))]
        drafted += [("triage_level", data) for data in levels_data(file, protocol, sources)]
        drafted += [("triage_question", data) for data in questions_data(file, protocol, sources)]
        try:
            load_content([Manuscript(Path(kind), kind, data) for kind, data in [*new, *drafted]], by=by, at=at)
        except LoadError as fault:
            where = Where("protocol", str(file.id))
            raise RefusedError(
                [protocol_problem("file-unfit", "", where, what=text) for text in fault.problems]
            ) from fault
        return Protocol.objects.get(pk=file.id)


def _of_identity(file: ProtocolFile) -> Iterator[DeskProblem]:
    where = Where("protocol", str(file.id))
    others = [model for kind, model in AGGREGATES.items() if kind != "protocol"]
    taken = any(model._default_manager.filter(pk=file.id).exists() for model in others)
    if taken or Standing.objects.filter(item=file.id).exclude(kind="protocol").exists():
        yield protocol_problem("file-id-taken", "", where)
    for language in LANGUAGES:
        slug = file.slug.of(language)
        if slug and holder_of("protocol", slug, file.id):
            yield press_problem("slug-taken", language, Where("protocol", str(file.id), "slug", language), slug=slug)


def _of_services(file: ProtocolFile) -> Iterator[DeskProblem]:
    known = {service.pk: service for service in CareService.objects.filter(pk__in=[one.id for one in file.services])}
    where = Where("protocol", str(file.id), "services")
    for one in file.services:
        service = known.get(one.id)
        if service is None:
            yield protocol_problem("file-service-unknown", "", where, number=one.number, country=one.country)
        elif (service.number, service.country) != (one.number, one.country):
            yield protocol_problem("file-service-differs", "", where, number=one.number, known=service.number)


def _sources(file: ProtocolFile) -> tuple[dict[str, UUID], list[tuple[str, Data]]]:
    """The desk's source for each key of the file, and what is to be made of those that it does not have."""
    ids: dict[str, UUID] = {}
    new: list[tuple[str, Data]] = []
    for key, one in file.references.items():
        same = Q(pk=one.id)
        same |= Q(doi=one.doi) if one.doi else Q()
        same |= Q(pmid=one.pmid) if one.pmid else Q()
        # The id decides where several are meant.
        known = sorted(Source.objects.filter(same), key=lambda source: source.pk != one.id)
        ids[key] = known[0].pk if known else one.id
        if not known and not any(data["id"] == str(one.id) for _kind, data in new):
            new.append(("source", source_data(one)))
    return ids, new
