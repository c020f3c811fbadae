"""Putting the questions of a protocol in another order, which is part of the logic: it decides what is asked next."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from articles.editorial.revisions import claim_version, keep
from articles.editorial.roles import NotAllowedError, right
from triage.protocols.tables import Protocol, Question


class OrderRefusedError(ValueError):
    """Raised when the ids are not those of the protocol's questions now: somebody added or deleted one meanwhile."""


def put_in_order(protocol: UUID, ids: Sequence[UUID], *, by: User, at: datetime) -> list[Question]:
    """Ask the questions in the order of their ids; return those whose place is another one, each kept as a version.

    Translators put into words what is asked; its order is decided by whoever may add to it.
    Raises NotAllowedError, or OrderRefusedError and then changes nothing.
    """
    if not (by.is_active and by.has_perm(right("add", Question))):
        raise NotAllowedError("order")
    with transaction.atomic():
        Protocol.objects.select_for_update().filter(pk=protocol).first()
        known = {question.pk: question for question in Question.objects.filter(protocol=protocol)}
        if sorted(map(str, ids)) != sorted(map(str, known)):
            raise OrderRefusedError
        moved = []
        for number, id in enumerate(ids, start=1):
            question, position = known[id], number * 10
            if question.position == position:
                continue
            question.version = claim_version(question, question.version)
            question.position = position
            question.save(update_fields=["position", "version"])
            keep(question, by=by, at=at)
            moved.append(question)
    return moved
