"""Expunging: lawful erasure by two people, of an item or a shared part, at the desk and in everything ever published.

It is the one way past the guards. What is erased must not be live and nothing at the desk may use it: what readers see
changes by withdrawing and publishing, as always, and never by an erasure.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from articles.canonical.problems import Refused
from articles.canonical.text import passage
from articles.content.aggregates import AGGREGATES, rows_of
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.pictures import Picture
from articles.content.problems import DeskProblem, Where
from articles.content.texts import TEXTS
from articles.content.words import sentence
from articles.editions import journal as journals
from articles.editions.erasing import Erasure, editions_of, erase
from articles.editions.expunged import Expunged
from articles.editions.guards import erasing
from articles.editions.parts import Picture as FrozenPicture
from articles.editions.parts import Rendition
from articles.editions.shelf import Edition, Standing
from articles.editions.store import Part
from articles.editorial import audit
from articles.editorial.checklists import Answer, Waiver
from articles.editorial.comments import Comment
from articles.editorial.confirmations import Confirmation, forget_words
from articles.editorial.part_confirmations import PartRevocation
from articles.editorial.revisions import Revision
from articles.editorial.roles import require
from articles.editorial.scratch import erase_scratch
from articles.editorial.signed_texts import SignedText
from articles.editorial.signoffs import Revocation, SignOff
from articles.editorial.transitions import Transition
from articles.editorial.translation_tasks import TranslationTask
from articles.publishing.dues import Due
from articles.publishing.erasures import ErasureRequest
from articles.publishing.gists import DriftingPart, Gist, Reading
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.scheduling import forget_item
from articles.publishing.uses import drafts_using, texts_with
from articles.search.following import forget

# What may be somebody's words, name or face, or a text about somebody.
ERASABLE: frozenset[str] = frozenset({*TEXTS, "topic", "term", "quote", "expert", "source", "picture"})


def ask_expunge(kind: str, id: UUID | str, *, reason: str, by: User, at: datetime) -> ErasureRequest:
    """Ask for an object to be erased for good, and return the request that a second person has to confirm.

    Raises KeyError for a kind that is never erased, NotAllowedError, or RefusedError with everything that is in the
    way: it is live, something at the desk uses it, no grounds are given, it was asked for already.
    """
    if kind not in ERASABLE:
        raise KeyError(kind)
    require(by, "withdraw")
    with transaction.atomic():
        problems = obstacles(kind, id)
        grounds = _grounds(kind, id, reason, problems)
        if ErasureRequest.objects.filter(kind=kind, object_id=id, outcome=ErasureRequest.Outcome.OPEN).exists():
            problems.append(press_problem("erasure-asked", "", Where(kind, str(id))))
        if problems:
            raise RefusedError(problems)
        audit.record("erasure-asked", by=by, at=at, kind=kind, about=id)
        return ErasureRequest.objects.create(kind=kind, object_id=id, grounds=grounds, asked_by=by, asked_at=at)


def confirm_expunge(request: ErasureRequest, *, by: User, at: datetime) -> list[Expunged]:
    """Erase what was asked for, and return the record of each edition that lost its words.

    The words leave every edition, saved version and working row; numbers, digests and the journal's chain stay. Raises
    NotAllowedError, or RefusedError: for whoever asked, for a settled request, and for all that `ask_expunge` refuses.
    """
    require(by, "expunge")
    with transaction.atomic():
        request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
        working = AGGREGATES[request.kind]._default_manager.select_for_update().filter(pk=request.object_id).first()
        with journals.opened(at) as journal:
            _refuse(request, by)
            what = Part(request.kind, str(request.object_id))
            erasure = Erasure(what, request.grounds, request.asked_by_id, by.pk)
            editions = editions_of(what)
            files = _files(request.kind, request.object_id, editions)
            records = erase(journal, editions, erasure)
            forget([edition.pk for edition in editions])
        _erase_from_the_desk(request.kind, request.object_id, working, at)
        _settle(request, ErasureRequest.Outcome.DONE, by, at)
        audit.record("erased", by=by, at=at, kind=request.kind, about=request.object_id)
        for path in sorted(files):
            # A file cannot be brought back, so it goes when the erasure is certain; one that fails is in the log.
            transaction.on_commit(partial(default_storage.delete, path), robust=True)
    return records


def decline_expunge(request: ErasureRequest, *, by: User, at: datetime) -> ErasureRequest:
    """Close a request without erasing anything; whoever asked may do it too.

    Raises NotAllowedError, or RefusedError if it is settled already.
    """
    require(by, "withdraw")
    with transaction.atomic():
        request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
        if not request.is_open:
            raise RefusedError([press_problem("erasure-settled", "", Where(request.kind, str(request.object_id)))])
        audit.record("erasure-declined", by=by, at=at, kind=request.kind, about=request.object_id)
        return _settle(request, ErasureRequest.Outcome.DECLINED, by, at)


def obstacles(kind: str, id: UUID | str) -> list[DeskProblem]:
    """Return what has to be done before the object may be erased, the places named."""
    where = Where(kind, str(id))
    live = [*_own(kind, id), *texts_with(Part(kind, str(id)))]
    working = AGGREGATES[kind]._default_manager.filter(pk=id).first()
    drafts = drafts_using(working) if working else []
    found: list[DeskProblem] = []
    if live:
        names = [f"{row.title} ({row.language.upper()})" for row in live]
        found.append(press_problem("erasure-live", "", where, names=_first(names)))
    if drafts:
        found.append(press_problem("erasure-used", "", where, names=_first([label(draft) for draft in drafts])))
    return found


def _first(names: list[str]) -> str:
    """The first three names; whoever needs all of them has a page that says where the object is used."""
    named = list(dict.fromkeys(names))
    return "; ".join([*named[:3], *(["…"] if len(named) > 3 else [])])


def _own(kind: str, id: UUID | str) -> list[Standing]:
    return list(Standing.objects.filter(kind=kind, item=id, state=Standing.State.LIVE).order_by("-language"))


def _grounds(kind: str, id: UUID | str, reason: str, problems: list[DeskProblem]) -> str:
    where = Where(kind, str(id))
    try:
        grounds = passage(reason)
    except Refused as refusal:
        problems += [press_problem("words-unreadable", "", where, what=sentence(one)) for one in refusal.problems]
        return ""
    if not grounds:
        problems.append(press_problem("grounds-missing", "", where))
    return grounds


def _refuse(request: ErasureRequest, by: User) -> None:
    where = Where(request.kind, str(request.object_id))
    found: list[DeskProblem] = []
    if not request.is_open:
        found.append(press_problem("erasure-settled", "", where))
    if by.pk == request.asked_by_id:
        found.append(press_problem("erasure-own", "", where))
    if found := [*found, *obstacles(request.kind, request.object_id)]:
        raise RefusedError(found)


def _settle(request: ErasureRequest, outcome: ErasureRequest.Outcome, by: User, at: datetime) -> ErasureRequest:
    request.outcome, request.settled_by, request.settled_at = outcome, by, at
    request.save(update_fields=["outcome", "settled_by", "settled_at"])
    return request


def _erase_from_the_desk(kind: str, id: UUID, working: DeskObject | None, at: datetime) -> None:
    """The working row with all that belongs to it, and every trace: versions, confirmations, comments, the log.

    Who signed which digest stays; what reviewers wrote to colleagues beside their signatures goes.
    """
    rows = rows_of(working) if working else []
    ids = [str(id), *(str(row.pk) for row in rows)]
    with erasing(Revision, SignOff, Revocation, SignedText, PartRevocation, Transition, Waiver, Answer) as written:
        # Whatever names it: its own words, and those of every other text that carried it when somebody signed.
        carried = Q(kind=kind, item=id) | Q(document_json__contains=str(id))
        written(SignedText).filter(carried).update(document_json="")
        written(Revision).filter(kind=kind, object_id=id).update(data={})
        written(SignOff).filter(kind=kind, item=id).update(note="")
        written(Transition).filter(kind=kind, item=id).update(note="")
        written(Revocation).filter(sign_off__kind=kind, sign_off__item=id).update(reason="")
        written(PartRevocation).filter(part=id).update(reason="")
        written(Waiver).filter(kind=kind, item=id).update(reason="")
        written(Answer).filter(kind=kind, item=id).update(note="")
    Confirmation.objects.filter(item=id).delete()
    Confirmation.objects.filter(part__in=ids).delete()
    # A wording of another text that showed the object may hold its words; which digest was confirmed stays.
    forget_words()
    Comment.objects.filter(item=id).delete()
    erase_scratch(id)
    Due.objects.filter(kind=kind, item=id).delete()
    forget_item(id, at=at)
    LogEntry.objects.filter(object_id__in=ids).update(object_repr="", change_message="")
    for row in rows:
        row.delete()
    if working:
        working.delete()
    # What lists and queues keep of it, a title among it.
    for kept in (TranslationTask, Gist, Reading, DriftingPart):
        kept.objects.filter(item=id).delete()


def _files(kind: str, id: UUID, editions: Collection[Edition]) -> set[str]:
    """The files of a picture, also those that it once had; what another picture at the desk shows stays."""
    if kind != "picture":
        return set()
    ever = {one.path for edition in editions for one in _renditions(edition, str(id))}
    kept = Revision.objects.filter(kind=kind, object_id=id).values_list("data", flat=True)
    pictures = Picture.objects.all()
    listed = [data.get("renditions") for data in kept] + [row.renditions for row in pictures.filter(pk=id)]
    others = {one["path"] for other in pictures.exclude(pk=id) for one in other.renditions}
    return (ever | {one["path"] for entries in listed for one in entries or []}) - others


def _renditions(edition: Edition, id: str) -> list[Rendition]:
    parts = edition.document.shared_parts()
    return [one for part in parts if isinstance(part, FrozenPicture) and part.id == id for one in part.renditions]
