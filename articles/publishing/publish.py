"""Publishing: the whole item from the desk to the shelf, in one language or both, in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical.languages import Language, other_language
from articles.content.problems import DeskProblem, Where
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.envelope import ChangeNote, Review, Signatory
from articles.editions.shelf import Edition
from articles.editorial import audit
from articles.editorial.roles import require
from articles.publishing import workflow
from articles.publishing.agreeing import vouch
from articles.publishing.desks import desk
from articles.publishing.erasures import any_expunged
from articles.publishing.for_readers import Words, for_readers
from articles.publishing.gate import in_the_way, record_returned
from articles.publishing.preflight import Proof, preflight
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.review_dues import await_review
from articles.publishing.safety_gaps import settle_languages
from articles.publishing.terms import Decision as Decision
from articles.publishing.terms import Terms as Terms
from articles.publishing.workflow import States, states_of


def publish(
    kind: str,
    item: UUID | str,
    terms: Mapping[Language, Terms],
    *,
    decision: Decision,
    confirming: Collection[str] = (),
    urgent: str = "",
    knowing: Collection[str] = (),
    by: User,
    at: datetime,
) -> dict[Language, Edition]:
    """Put the item on the shelf in the languages of `terms`; return the live edition of each, new or unchanged.

    `confirming` names parts of the translation of which the publisher says that they say what the original says.
    Where medical reviewers who did not write them have signed these very words, the edition says so; elsewhere the
    decision stands in its place and needs a reason, and the setting `UNREVIEWED_KINDS` must allow it for the kind.
    `urgent` says why a safety correction cannot wait for a review: it goes out whatever is set, and is reviewed after;
    `knowing` names the languages of which the publisher knows that a reviewer returned these words.
    Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    require(by, "publish")
    with transaction.atomic():
        working = desk(kind).lock(item)
        where = Where(kind, str(item))
        if working is None or not terms:
            raise RefusedError([press_problem("no-language", "", where)])
        stood = store.stands(str(item))
        # Readers who are in danger wait for no reasons and answers.
        proofs = preflight(kind, working, terms, confirming=confirming, at=at, asking=not urgent)
        return hand_over(
            kind, working, proofs, terms, decision=decision, confirming=confirming, urgent=urgent, knowing=knowing,
            stood=stood, by=by, at=at,
        )  # fmt: skip


def hand_over(
    kind: str,
    working: models.Model,
    proofs: Mapping[Language, Proof],
    terms: Mapping[Language, Terms],
    *,
    decision: Decision,
    confirming: Collection[str] = (),
    urgent: str = "",
    knowing: Collection[str] = (),
    stood: list[tuple[str, str, int]],
    by: User,
    at: datetime,
) -> dict[Language, Edition]:
    """Put proofs of an item on the shelf, as `publish` says: an old edition too passes through here.

    The item's row is locked, and `stood` is where it stood when the proofs were made. Raises RefusedError.
    """
    item: UUID = working.pk
    was = states_of([working])  # type: ignore[list-item]
    going = _ready(kind, working, proofs, terms, was, decision=decision, urgent=urgent, knowing=knowing, by=by, at=at)
    new = {code: proofs[code] for code in going.new}
    if not new:
        keep_confirmations(working, proofs, confirming, by=by, at=at)
        return {language: proof.live_edition for language, proof in proofs.items() if proof.live_edition}
    with journals.opened(at) as journal:
        if found := _overtaken(kind, item, stood, new):
            raise RefusedError(found)
        # Behind the journal's lock: an amendment carries confirmations on while it holds that lock.
        keep_confirmations(working, proofs, confirming, by=by, at=at)
        published = {code: store.put(journal, one, event="published") for code, one in going.new.items()}
        for language in published:
            await_review(journal, item, language, by=by)
        settle_languages(journal, item, touched=published, by=by)
        for is_urgent in (False, True):
            went = {code: one for code, one in new.items() if (bool(urgent) and one.review is None) == is_urgent}
            digests = {language: proof.composition.content_digest for language, proof in went.items()}
            note = urgent if is_urgent else ""
            workflow.published(kind, working.pk, digests, was, note=note, is_urgent=is_urgent, by=by, at=at)
    act = "published-urgently" if urgent and any(one.review is None for one in new.values()) else "published"
    audit.record(act, by=by, at=at, kind=kind, about=item, detail=" ".join(published))
    record_returned(new if urgent else {}, Where(kind, str(item)), by=by, at=at)
    return {language: published.get(language) or proof.live_edition for language, proof in proofs.items()}  # type: ignore[misc]


@dataclass(frozen=True)
class Ready:
    """An item that nothing keeps from going out: each language's proof, and what becomes of those that change."""

    proofs: Mapping[Language, Proof]
    new: Mapping[Language, store.Submission]


def ready(
    kind: str,
    working: models.Model,
    terms: Mapping[Language, Terms],
    *,
    decision: Decision,
    confirming: Collection[str] = (),
    by: User,
    at: datetime,
    goes_out_at: datetime | None = None,
) -> Ready:
    """Return what publishing an item, whose row is locked, would put on the shelf; nothing is touched.

    `goes_out_at` is the moment at which readers are to see it, where that is not this one.
    Raises RefusedError with everything that keeps it from being published.
    """
    proofs = preflight(kind, working, terms, confirming=confirming, at=goes_out_at or at)
    was = states_of([working])  # type: ignore[list-item]
    return _ready(kind, working, proofs, terms, was, decision=decision, urgent="", by=by, at=at)


def _ready(
    kind: str,
    working: models.Model,
    proofs: Mapping[Language, Proof],
    terms: Mapping[Language, Terms],
    was: States,
    *,
    decision: Decision,
    urgent: str,
    knowing: Collection[str] = (),
    by: User,
    at: datetime,
) -> Ready:
    where = Where(kind, str(working.pk))
    held_up = in_the_way(kind, proofs, terms, was, where, urgent=urgent, knowing=knowing)
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


def _overtaken(
    kind: str, item: UUID | str, stood: list[tuple[str, str, int]], new: Mapping[Language, Proof]
) -> list[DeskProblem]:
    """What others withdrew, amended or took while this was composed: only behind the journal's lock is it known."""
    found = []
    moved = store.stands(str(item)) != stood
    for language, proof in new.items():
        where = Where(kind, str(item), "slug", language)
        slug = proof.composition.document.slug
        parts = proof.composition.parts
        if moved or store.has_withdrawn(parts) or any_expunged([item, *(part.id for part in parts)]):
            found.append(press_problem("changed-meanwhile", language, Where(kind, str(item))))
        if not store.address_is_free(kind, slug, str(item)):
            found.append(press_problem("slug-taken", language, where, slug=slug))
    return found


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


def keep_confirmations(
    working: models.Model, proofs: Mapping[Language, Proof], confirming: Collection[str], *, by: User, at: datetime
) -> None:
    """Keep that the publisher has said of these parts that they say what the original says."""
    for language, proof in proofs.items():
        if proof.translation_of and proof.original:
            vouch(
                working,
                language,
                proof.original,
                [part for part in confirming if part in proof.translation_of.parts],
                by=by,
                at=at,
            )
