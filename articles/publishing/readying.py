"""What a publisher says, put beside the proofs of an item: what becomes editions, or everything that is in the way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models

from articles.canonical.languages import Language, other_language
from articles.content.problems import DeskProblem, Where
from articles.editions import store
from articles.editions.envelope import ChangeNote, Review, Signatory
from articles.publishing.for_readers import Words, for_readers
from articles.publishing.gate import in_the_way
from articles.publishing.preflight import Proof
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.terms import Decision, Terms


@dataclass(frozen=True)
class Ready:
    """An item that nothing keeps from going out: each language's proof, and what becomes of those that change."""

    proofs: Mapping[Language, Proof]
    new: Mapping[Language, store.Submission]


def ready_from(
    kind: str,
    working: models.Model,
    proofs: Mapping[Language, Proof],
    terms: Mapping[Language, Terms],
    *,
    decision: Decision,
    urgent: str,
    knowing: Collection[str] = (),
    by: User,
    at: datetime,
) -> Ready:
    """Return what publishing an item by these proofs would put on the shelf.

    `knowing` are the languages of which an urgent publisher knows that a reviewer returned these words.
    Raises RefusedError with everything that keeps it from being published.
    """
    where = Where(kind, str(working.pk))
    held_up = in_the_way(kind, proofs, terms, where, urgent=urgent, knowing=knowing)
    said = _said(proofs, terms, decision, where, held_up)
    reviews = {
        language: proof.review or _decided(decision, said.reasons[language], language, by, at)
        for language, proof in proofs.items()
    }
    closing = {code for code in terms if terms[code].this_language_only and _other_has_gap(working.pk, code)}
    return Ready(
        proofs,
        {
            code: _submission(kind, working.pk, proof, terms[code], said, reviews[code])
            for code, proof in proofs.items()
            if code in closing or not _is_live_already(proof, reviews[code])
        },
    )


@dataclass(frozen=True)
class _Said:
    """What the publisher tells readers, by language, in canonical form."""

    notes: Words
    reasons: Words


def _said(
    proofs: Mapping[Language, Proof],
    terms: Mapping[Language, Terms],
    decision: Decision,
    where: Where,
    held_up: Sequence[DeskProblem],
) -> _Said:
    """Return what readers are told; raise RefusedError with everything that keeps the item from being published."""
    notes, found = for_readers({language: terms[language].note for language in proofs}, proofs, where)
    reasons, unreadable = for_readers({code: decision.reason_in(code) for code in proofs}, proofs, where)
    found += [*unreadable, *held_up]
    for language, proof in proofs.items():
        found += proof.problems
        asked = terms[language]
        if asked.seen and asked.seen != proof.composition.content_digest:
            found.append(press_problem("changed-meanwhile", language, where))
        if not (proof.is_first or proof.is_unchanged):
            if asked.change_class is None:
                found.append(press_problem("class-missing", language, where))
            if not notes[language] and not asked.note.strip():
                found.append(press_problem("note-missing", language, where))
        if proof.review is None and not decision.reason_in(language):
            found.append(press_problem("reason-missing", "" if isinstance(decision.reason, str) else language, where))
    if found:
        raise RefusedError(list(dict.fromkeys(found)))
    return _Said(notes, reasons)


def _decided(decision: Decision, reason: str, language: Language, by: User, at: datetime) -> Review:
    signature = decision.signed_in(language)
    signatory = (
        Signatory(name=signature, role="")
        if signature
        else Signatory(name=by.get_full_name() or by.get_username(), role="editor")
    )
    return Review(state="not_reviewed", by=[signatory], on=at.date().isoformat(), next_on="", reason=reason)


def _change(proof: Proof, terms: Terms, said: _Said) -> ChangeNote:
    note = said.notes[proof.language]
    if proof.is_first:
        return ChangeNote(class_="first", note=note)
    if proof.is_unchanged:
        return ChangeNote(class_="review", note=note)
    return ChangeNote(class_=terms.change_class or "update", note=note)


def _is_live_already(proof: Proof, review: Review) -> bool:
    """Whether publishing would change nothing."""
    live = proof.live_edition
    if live is None or not proof.is_unchanged or proof.is_newly_confirmed or proof.is_newly_credited:
        return False
    return live.envelope.review == _standing_review(proof, review)


def _standing_review(proof: Proof, review: Review) -> Review:
    """A decision to go without a review stands for as long as the words it was taken about."""
    live = proof.live_edition
    if live and proof.is_unchanged and live.envelope.review.state == review.state == "not_reviewed":
        return live.envelope.review
    return review


def _other_has_gap(item: UUID | str, language: Language) -> bool:
    other = store.standing_of(str(item), other_language(language))
    return other is not None and other.gap_since is not None


def _submission(
    kind: str, item: UUID | str, proof: Proof, terms: Terms, said: _Said, review: Review
) -> store.Submission:
    return store.Submission(
        item=str(item),
        kind=kind,
        language=proof.language,
        document=proof.composition.document,
        content_digest=proof.composition.content_digest,
        change=_change(proof, terms, said),
        review=_standing_review(proof, review),
        translation_of=proof.translation_of,
        parts=proof.composition.parts,
        credits=proof.credits,
        this_language_only=terms.this_language_only,
    )
