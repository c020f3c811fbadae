"""Publishing an old edition again: its words, past the draft, through every refusal of the press and its checklist.

What was withdrawn or erased since does not come back by it. Shared parts go out as the desk has them now, as with
every publication: a number to call that was changed since is not brought back by old words around it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical.languages import Language, other_language
from articles.content.desk_object import DeskObject
from articles.content.labels import label
from articles.content.part_completeness import part_problems
from articles.content.problems import DeskProblem, Where
from articles.editions import store
from articles.editions.document import Document
from articles.editions.envelope import Envelope, TranslationOf
from articles.editions.histories import CORRECTIONS, later
from articles.editions.shelf import Edition, WithdrawnPart
from articles.editions.store import Part
from articles.editions.upgrades import CURRENT_SCHEMA
from articles.editorial import transitions
from articles.editorial.roles import require
from articles.editorial.states import State
from articles.publishing.checklist import Entry, blocking, unanswered
from articles.publishing.compose import Composition
from articles.publishing.desks import desk
from articles.publishing.drift import Drift, frozen_parts, moved, replacements, working_parts
from articles.publishing.edition_checklist import edition_checklist
from articles.publishing.erasures import any_expunged
from articles.publishing.holders import newly_broken
from articles.publishing.preflight import Proof, both_original
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.publish import Decision, Terms, hand_over
from articles.publishing.replacing import replaced
from articles.publishing.reviewing import review_of
from articles.publishing.workflow import States, states_of

# Where the words of the draft stay, whatever readers are given meanwhile.
_ON_THEIR_WAY = (State.IN_REVIEW, State.APPROVED, State.RETURNED)


def publish_again(
    kind: str,
    item: UUID | str,
    language: Language,
    number: int,
    terms: Terms,
    *,
    decision: Decision,
    by: User,
    at: datetime,
) -> Edition:
    """Put the words of an old edition on the shelf as a new one, and return it. The draft stays as it is.

    Signatures that hold for these words hold again, unless a later edition corrected them. Raises NotAllowedError, or
    RefusedError with every problem at once; then nothing has changed.
    """
    require(by, "publish")
    with transaction.atomic():
        working = desk(kind).lock(item)
        where = Where(kind, str(item))
        edition = Edition.objects.filter(kind=kind, item=item, language=language, number=number).first()
        if working is None or edition is None:
            raise RefusedError([press_problem("no-language", language, where)])
        if found := obstacles(edition):
            raise RefusedError(found)
        stood = store.stands(str(item))
        proof = proof_of(edition, working, on=at.date())
        was = states_of([working])  # type: ignore[list-item]
        published = hand_over(
            kind,
            working,
            {language: proof},
            {language: terms},
            decision=decision,
            stood=stood,
            was=was,
            on_their_way=[language] if _is_on_its_way(working, was, proof) else [],
            by=by,
            at=at,
        )
    return published[language]


def _is_on_its_way(working: models.Model, was: States, proof: Proof) -> bool:
    """Whether the draft has other words that somebody reviews, has approved or has given back."""
    place = (working.pk, proof.language)
    if was[place] not in _ON_THEIR_WAY:
        return False
    return transitions.last([working.pk])[place].content_digest != proof.composition.content_digest


def obstacles(edition: Edition) -> list[DeskProblem]:
    """Return what keeps the words of an edition from being read at all: they are gone, or were taken down since."""
    language: Language = edition.language  # type: ignore[assignment]
    where = Where(edition.kind, str(edition.item))
    if edition.is_erased:
        return [press_problem("is-erased", language, where)]
    if desk(edition.kind).review is not None:
        return [press_problem("again-elsewhere", language, where)]
    carried = [part.id for part in store.parts_of(edition.document)]
    if any_expunged([edition.item, *carried]):
        return [press_problem("is-erased", language, where)]
    gone = WithdrawnPart.objects.filter(part__in=carried)
    rows = working_parts(Part(one.part_kind, str(one.part)) for one in gone)
    return [press_problem("part-withdrawn", language, where, name=label(row)) for row in rows.values()]


def proof_of(edition: Edition, working: models.Model, *, on: date) -> Proof:
    """Return an old edition as it would go out on a day, with everything that keeps it from that.

    Its words are looked through like a draft's: rules and glossary may have moved on since they went out first. Ask
    `obstacles` first.
    """
    language: Language = edition.language  # type: ignore[assignment]
    where = Where(edition.kind, str(edition.item))
    document, problems = _with_parts_of_now(edition, language)
    standing = store.standing_of(str(edition.item), language)
    live = standing.edition if standing and standing.is_live else None
    composition = Composition(document, list(problems))
    translation_of = _still_said(edition, document)
    is_live = live is not None and live.content_digest == composition.content_digest
    if is_live:
        problems.append(press_problem("is-live", language, where))
    if not store.address_is_free(edition.kind, document.slug, str(edition.item)):
        problems.append(press_problem("slug-taken", language, where, slug=document.slug))
    if both_original(str(edition.item), language, translation_of):
        problems.append(press_problem("original-switched", language, where))
    entries = _looked_through(edition, working, composition, on)
    found = [*blocking(entries), *(unanswered(entries, edition.kind) if not is_live else [])]
    problems += [problem for problem in found if problem not in problems]
    return Proof(
        language,
        composition,
        standing,
        problems,
        translation_of,
        [],
        # Who signed words before somebody found them wrong has not signed them since.
        review=None if corrected_since(edition) else review_of(working.pk, language, document, live),
        original=None,
        credits=edition.envelope.credits,
        checklist=entries,
    )


def _looked_through(edition: Edition, working: models.Model, composition: Composition, on: date) -> list[Entry]:
    language: Language = edition.language  # type: ignore[assignment]
    if not isinstance(working, DeskObject):
        return []
    other = store.standing_of(str(edition.item), other_language(language))
    return edition_checklist(
        working,
        language,
        composition.document,
        other.edition.document if other and other.is_live else None,
        on=on,
        complete=composition.problems,
    )


def corrected_since(edition: Edition) -> list[Envelope]:
    """Return the editions after this one that put something right in its own words, oldest first."""
    return [one for one in later(edition) if one.change.class_ in CORRECTIONS and one.caused_by is None]


def _with_parts_of_now(edition: Edition, language: Language) -> tuple[Document, list[DeskProblem]]:
    text = msgspec.structs.replace(edition.document, schema=CURRENT_SCHEMA)
    frozen = frozen_parts(text)
    working: Mapping[Part, models.Model] = working_parts(frozen)
    drifts = [
        Drift(str(edition.item), language, part, working[part], before, now)
        for part, (before, now) in moved(frozen, working, language).items()
    ]
    document = replaced(text, replacements(drifts, language)) if drifts else text
    found = [
        problem for one in drifts for problem in part_problems(one.working, language, shown=set(one.before.sources()))
    ]
    return document, list(dict.fromkeys([*found, *newly_broken(text, document, language)]))


def _still_said(edition: Edition, document: Document) -> TranslationOf | None:
    """What was confirmed of these words, but for parts that show something else now."""
    agreed = edition.envelope.translation_of
    if agreed is None:
        return None
    was, now = edition.document.parts(), document.parts()
    return TranslationOf(
        agreed.language, {part: one for part, one in agreed.parts.items() if was.get(part) == now.get(part)}
    )
