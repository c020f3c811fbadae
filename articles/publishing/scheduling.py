"""Arranging what goes out later: releases, the texts in them, their moment. All is checked when it is arranged."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q

from articles.canonical.languages import Language
from articles.canonical.problems import Refused
from articles.canonical.text import line
from articles.content.problems import DeskProblem, Where
from articles.content.words import sentence
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.overdue import overdue_from
from articles.editions.shelf import Edition
from articles.editorial import audit
from articles.editorial.roles import require
from articles.publishing.desks import desk
from articles.publishing.dues import Due
from articles.publishing.frozen import freeze
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.publish import Decision, Terms, keep_confirmations, ready
from articles.publishing.releases import LONGEST_NAME, Release, ReleaseEntry, ReleaseStep, waiting_for

# What is approved today should not wait for longer.
FURTHEST = timedelta(days=366)

KIND = "release"

# How the audit trail calls a step; what was done with its texts and its moment, the release's own page tells.
_AUDITED = {ReleaseStep.Act.MADE: "release-made", ReleaseStep.Act.CANCELLED: "release-cancelled"}


def make(name: str, goes_out_at: datetime | None, *, by: User, at: datetime) -> Release:
    """Make an empty release that goes out at a moment to come.

    Raises NotAllowedError, or RefusedError with every problem at once.
    """
    require(by, "publish")
    tidy, found = _name(name)
    found += _moment(goes_out_at, at)
    if found or goes_out_at is None:
        raise RefusedError(found)
    with transaction.atomic(), journals.opened(at):
        release = Release.objects.create(name=tidy, goes_out_at=goes_out_at, arranged_by=by)
        _await(release, by)
        _note(release, ReleaseStep.Act.MADE, {"moment": goes_out_at.isoformat()}, by, at)
    return release


def add(
    release: UUID | str,
    kind: str,
    item: UUID | str,
    terms: Mapping[Language, Terms],
    *,
    decision: Decision,
    confirming: Collection[str] = (),
    confirmed_against: str | None = None,
    by: User,
    at: datetime,
) -> list[ReleaseEntry]:
    """Put an item into a release as it stands now, in the languages of `terms`; what it held of these is replaced.

    Everything that publishing asks for is asked for now. Returns the entries of the languages that would change.
    Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    require(by, "publish")
    where = Where(kind, str(item))
    with transaction.atomic():
        planned = Release.objects.filter(pk=release).first()
        working = desk(kind).lock(item)
        if working is None or not terms:
            raise RefusedError([press_problem("no-language", "", where)])
        if planned is None or not planned.is_open:
            raise RefusedError([press_problem("release-closed", "", where)])
        stood = store.stands(str(item))
        going = ready(
            kind,
            working,
            terms,
            decision=decision,
            confirming=confirming,
            confirmed_against=confirmed_against,
            by=by,
            at=at,
            goes_out_at=max(planned.goes_out_at, at),
        )
        found = _lacking(planned, going.new, where)
        with journals.opened(at):
            held = _open(release, where)
            if store.stands(str(item)) != stood:
                found.append(press_problem("changed-meanwhile", "", where))
            found += [
                press_problem("release-elsewhere", entry.language, where, name=entry.release.name)
                for entry in waiting_for(item).exclude(release=held.pk)
                if entry.language in going.new
            ]
            if found:
                raise RefusedError(found)
            keep_confirmations(working, going.proofs, confirming, by=by, at=at)
            return [_kept(held, submission, stood, by, at) for submission in going.new.values()]


def take_out(entry: ReleaseEntry, *, by: User, at: datetime) -> None:
    """Take one language of an item out of a release that has not gone out. Raises NotAllowedError or RefusedError."""
    require(by, "publish")
    with transaction.atomic(), journals.opened(at):
        held = _open(entry.release_id, Where(entry.kind, str(entry.item)))
        if ReleaseEntry.objects.filter(pk=entry.pk).delete()[0]:
            _note(held, ReleaseStep.Act.REMOVED, _text(entry), by, at)


def move(release: UUID | str, goes_out_at: datetime | None, *, by: User, at: datetime) -> Release:
    """Set another moment; a release that did not go out is planned again. Whoever does it answers for it from now on.

    Raises NotAllowedError, or RefusedError with every problem at once.
    """
    require(by, "publish")
    where = Where(KIND, str(release))
    if (found := _moment(goes_out_at, at)) or goes_out_at is None:
        raise RefusedError(found)
    with transaction.atomic(), journals.opened(at):
        held = _open(release, where)
        held.goes_out_at, held.state, held.refusals = goes_out_at, Release.State.PLANNED, []
        held.arranged_by = by
        held.save(update_fields=["goes_out_at", "state", "refusals", "arranged_by"])
        _await(held, by)
        _note(held, ReleaseStep.Act.MOVED, {"moment": goes_out_at.isoformat()}, by, at)
    return held


def cancel(release: UUID | str, *, by: User, at: datetime) -> Release:
    """Let a release never go out; what was kept of its texts is forgotten. Raises NotAllowedError or RefusedError."""
    require(by, "publish")
    with transaction.atomic(), journals.opened(at):
        held = _open(release, Where(KIND, str(release)))
        held.state = Release.State.CANCELLED
        held.save(update_fields=["state"])
        _waiting(held).delete()
        forget(held.entries.all())
        _note(held, ReleaseStep.Act.CANCELLED, {}, by, at)
    return held


def forget(entries: Any) -> None:
    """Keep of these entries only which text they were: what they held stands on the shelf by now, or never will."""
    entries.update(document_json="", terms_json="")


def forget_item(item: UUID | str, *, at: datetime) -> None:
    """Remove every entry of an erased object, and all that show it; their releases wait until somebody looks at them.

    The journal must be open.
    """
    for entry in _showing(item):
        held = entry.release
        if held.is_open:
            held.state, held.refusals = Release.State.REFUSED, []
            held.save(update_fields=["state", "refusals"])
            _waiting(held).delete()
            _note(held, ReleaseStep.Act.REMOVED, _text(entry), None, at)
        entry.delete()


def _showing(item: UUID | str) -> list[ReleaseEntry]:
    shown = Q(item=item) | Q(document_json__contains=str(item))
    return list(ReleaseEntry.objects.filter(shown).select_related("release"))


def _kept(
    release: Release,
    submission: store.Submission,
    stood: list[tuple[str, str, int]],
    by: User,
    at: datetime,
) -> ReleaseEntry:
    entry = ReleaseEntry.objects.filter(
        release=release, item=submission.item, language=submission.language
    ).first() or ReleaseEntry(release=release)
    freeze(entry, submission)
    entry.stood = stands_in(stood, submission.language)
    entry.editions = Edition.objects.aggregate(last=Max("pk"))["last"] or 0
    entry.kept_by, entry.kept_at = by, at
    entry.save()
    _note(release, ReleaseStep.Act.ADDED, _text(entry), by, at)
    return entry


def stands_in(stands: list[tuple[str, str, int]], language: str) -> list[Any]:
    """Return state and live edition of one language of an item, as they are kept; empty where it never was live."""
    return next(([state, edition] for code, state, edition in stands if code == language), [])


def _lacking(release: Release, new: Mapping[Language, store.Submission], where: Where) -> list[DeskProblem]:
    """What keeps these texts from waiting for the moment, though they could be published now."""
    if not new:
        return [press_problem("release-nothing-new", "", where)]
    found = []
    for language, submission in new.items():
        lapses = overdue_from(submission.review, submission.document.lapses_on)
        if lapses and lapses <= release.goes_out_at:
            day = min(one for one in (submission.review.next_on, submission.document.lapses_on) if one)
            found.append(press_problem("release-review-lapses", language, where, day=day))
    return found


def _open(release: UUID | str, where: Where) -> Release:
    """The release with its row locked; raise RefusedError unless it may still be changed."""
    held = Release.objects.select_for_update().filter(pk=release).first()
    if held is None or not held.is_open:
        raise RefusedError([press_problem("release-closed", "", where)])
    return held


def _await(release: Release, by: User) -> None:
    _waiting(release).delete()
    Due.objects.create(
        act=Due.Act.RELEASE, kind=KIND, item=release.pk, language="", due_at=release.goes_out_at, arranged_by=by
    )


def _waiting(release: Release) -> Any:
    return Due.objects.filter(act=Due.Act.RELEASE, item=release.pk, settled_at__isnull=True)


def _note(release: Release, act: ReleaseStep.Act, said: dict[str, str], by: User | None, at: datetime) -> None:
    ReleaseStep.objects.create(release=release, act=act, said=said, done_by=by, done_at=at)
    if by is not None:
        audit.record(_AUDITED.get(act, "release-changed"), by=by, at=at, kind=KIND, about=release.pk)


def _text(entry: ReleaseEntry) -> dict[str, str]:
    """Which text a step was about, by its id: a name may have to be erased, and steps are written for good."""
    return {"kind": entry.kind, "item": str(entry.item), "language": entry.language}


def _name(name: str) -> tuple[str, list[DeskProblem]]:
    where = Where(KIND, "", "name")
    try:
        tidy = line(name)
    except Refused as refusal:
        return "", [press_problem("words-unreadable", "", where, what=sentence(one)) for one in refusal.problems]
    if not tidy:
        return "", [press_problem("release-name-missing", "", where)]
    if len(tidy) > LONGEST_NAME:
        return "", [press_problem("release-name-long", "", where, most=str(LONGEST_NAME))]
    return tidy, []


def _moment(goes_out_at: datetime | None, at: datetime) -> list[DeskProblem]:
    where = Where(KIND, "", "goes_out_at")
    if goes_out_at is None or goes_out_at <= at:
        return [press_problem("release-past", "", where)]
    return [press_problem("release-far", "", where)] if goes_out_at - at > FURTHEST else []
