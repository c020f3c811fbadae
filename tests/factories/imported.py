"""Protocols that many tests begin with: imported once in a process, and then written again as the rows of that time.

An import asks and writes hundreds of times, hundreds of tests begin with one, and its own tests call it themselves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q

from articles.content.sources import Source
from articles.editorial.revisions import Revision
from articles.editorial.translation_tasks import MovedObject, moved
from articles.publishing.erasures import any_expunged
from articles.publishing.gists import Touched
from triage.engine.exchange import ProtocolFile
from triage.protocols.tables import Protocol
from triage.protocols.transfer import import_file

# Written by triggers and by `moved`, once for every time.
FOLLOWS = (Touched, MovedObject)


@dataclass(frozen=True)
class _Kept:
    """A file and the rows that its import leaves in a database without them, by model."""

    file: ProtocolFile
    rows: dict[type[models.Model], list[dict[str, Any]]]
    objects: list[UUID]


_KEPT: dict[tuple[int, datetime], _Kept] = {}


def imported(file: ProtocolFile, *, by: User, at: datetime) -> Protocol:
    """Return the draft of a file that the process keeps; the database is as after `import_file`, by the same person.

    Where anything of it is there already, or was, the file is imported, for that says something else.
    """
    if not _is_new(file):
        return import_file(file, by=by, at=at)
    # The file is kept with the rows, so its number is nobody else's.
    kept = _KEPT.get((id(file), at))
    if kept is None:
        before = {model: set(_keys(model)) for model in _written()}
        draft = import_file(file, by=by, at=at)
        rows = {model: list(_rows(model, before[model])) for model in before}
        objects = list(
            Revision.objects.exclude(pk__in=before[Revision]).order_by("pk").values_list("object_id", flat=True)
        )
        _KEPT[id(file), at] = _Kept(file, {model: made for model, made in rows.items() if made}, objects)
        return draft
    with transaction.atomic():
        for model, values in kept.rows.items():
            model._base_manager.bulk_create(_made(model, values, by))
        moved(kept.objects)
    return Protocol.objects.get(pk=file.id)


def _is_new(file: ProtocolFile) -> bool:
    references = list(file.references.values())
    known = Q(pk__in=[one.id for one in references])
    known |= Q(doi__in=[one.doi for one in references if one.doi])
    known |= Q(pmid__in=[one.pmid for one in references if one.pmid])
    ids = [file.id, *(one.id for one in references)]
    return not (
        Protocol.objects.filter(Q(pk=file.id) | Q(slug_ru=file.slug.ru) | Q(slug_en=file.slug.en)).exists()
        or Source.objects.filter(known).exists()
        or Revision.objects.filter(object_id__in=ids).exists()
        or any_expunged(ids)
    )


def _written() -> Iterator[type[models.Model]]:
    for app in ("articles", "triage"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy and model not in FOLLOWS:
                yield model


def _keys(model: type[models.Model]) -> Iterable[Any]:
    return model._base_manager.values_list("pk", flat=True)


def _rows(model: type[models.Model], before: set[Any]) -> Iterator[dict[str, Any]]:
    # A number that the database gave is not given again.
    names = [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    for row in model._base_manager.exclude(pk__in=before).order_by("pk"):
        yield {name: row.__dict__[name] for name in names}


def _made(model: type[models.Model], rows: list[dict[str, Any]], by: User) -> Iterator[models.Model]:
    people = [field.attname for field in model._meta.concrete_fields if field.related_model is User]
    for values in rows:
        row = model()
        # Past the names that mean the language of the moment.
        row.__dict__.update(values | dict.fromkeys(people, by.pk))
        yield row
