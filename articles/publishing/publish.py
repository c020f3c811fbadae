"""Publishing: the whole item from the desk to the shelf, in one language or both, in one transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction

from articles.canonical.languages import Language
from articles.content.problems import Where
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.shelf import Edition
from articles.editorial import audit
from articles.editorial.roles import require
from articles.publishing import workflow
from articles.publishing.desks import desk
from articles.publishing.dossiers import Behind, Stood, look_again
from articles.publishing.gate import record_returned
from articles.publishing.preflight import Preflight, Proof, whole_preflight
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.readying import Ready as Ready
from articles.publishing.readying import ready_from
from articles.publishing.review_dues import await_review
from articles.publishing.safety_gaps import settle_languages
from articles.publishing.terms import Decision as Decision
from articles.publishing.terms import Terms as Terms
from articles.publishing.vouching import vouch
from articles.publishing.workflow import States, states_known


def publish(
    kind: str,
    item: UUID | str,
    terms: Mapping[Language, Terms],
    *,
    decision: Decision,
    confirming: Collection[str] = (),
    confirmed_against: str | None = None,
    urgent: str = "",
    knowing: Collection[str] = (),
    by: User,
    at: datetime,
) -> dict[Language, Edition]:
    """Put the item on the shelf in the languages of `terms`; return the live edition of each, new or unchanged.

    `confirming` names parts of the translation of which the publisher says that they say what the original says, in the
    words whose digest is `confirmed_against`, where that is given.
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
        # Readers who are in danger wait for no reasons and answers.
        looked = whole_preflight(kind, working, terms, confirming=confirming, at=at, asking=not urgent)
        _as_seen(kind, working, looked, confirming, confirmed_against)
        return hand_over(
            kind, working, looked.proofs, terms, decision=decision, confirming=confirming, urgent=urgent,
            knowing=knowing, stood=looked.known.stood, was=states_known(working, looked.compositions, looked.known),
            by=by, at=at,
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
    stood: Stood,
    was: States,
    on_their_way: Collection[Language] = (),
    by: User,
    at: datetime,
) -> dict[Language, Edition]:
    """Put proofs of an item on the shelf, as `publish` says: an old edition too passes through here.

    The item's row is locked; `stood` is where it stood when the proofs were made, `was` the states of its words at the
    desk. `on_their_way` are the languages of which the desk has other words on their way: these stay where they are.
    Raises RefusedError.
    """
    item: UUID = working.pk
    going = ready_from(kind, working, proofs, terms, decision=decision, urgent=urgent, knowing=knowing, by=by, at=at)
    new = {code: proofs[code] for code in going.new}
    if not new:
        keep_confirmations(working, proofs, confirming, by=by, at=at)
        return {language: proof.live_edition for language, proof in proofs.items() if proof.live_edition}
    with journals.opened(at) as journal:
        behind = _look_again(kind, item, stood, new)
        # Behind the journal's lock: an amendment carries confirmations on while it holds that lock.
        is_told = keep_confirmations(working, proofs, confirming, by=by, at=at)
        stands, waiting = behind.standings, behind.waiting
        published, states = store.put_all(journal, list(going.new.values()), event="published", standings=stands)
        for language in published:
            await_review(journal, item, language, standing=stands[language], waiting=waiting, by=by)
        settle_languages(
            journal, item, touched=published, standings=stands, states=states, waiting=waiting, is_told=is_told, by=by
        )
        for is_urgent in (False, True):
            went = {code: one for code, one in new.items() if (bool(urgent) and one.review is None) == is_urgent}
            steps = {code: one for code, one in went.items() if code not in on_their_way}
            digests = {language: proof.composition.content_digest for language, proof in steps.items()}
            note = urgent if is_urgent else ""
            workflow.published(kind, working.pk, digests, was, note=note, is_urgent=is_urgent, by=by, at=at)
    act = "published-urgently" if urgent and any(one.review is None for one in new.values()) else "published"
    audit.record(act, by=by, at=at, kind=kind, about=item, detail=" ".join(published))
    record_returned(new if urgent else {}, Where(kind, str(item)), by=by, at=at)
    return {language: published.get(language) or proof.live_edition for language, proof in proofs.items()}  # type: ignore[misc]


def ready(
    kind: str,
    working: models.Model,
    terms: Mapping[Language, Terms],
    *,
    decision: Decision,
    confirming: Collection[str] = (),
    confirmed_against: str | None = None,
    by: User,
    at: datetime,
    goes_out_at: datetime | None = None,
) -> Ready:
    """Return what publishing an item, whose row is locked, would put on the shelf; nothing is touched.

    `goes_out_at` is the moment at which readers are to see it, where that is not this one.
    Raises RefusedError with everything that keeps it from being published.
    """
    looked = whole_preflight(kind, working, terms, confirming=confirming, at=goes_out_at or at)
    _as_seen(kind, working, looked, confirming, confirmed_against)
    return ready_from(kind, working, looked.proofs, terms, decision=decision, urgent="", by=by, at=at)


def _as_seen(
    kind: str, working: models.Model, looked: Preflight, confirming: Collection[str], against: str | None
) -> None:
    """Raise RefusedError where parts are confirmed against an original that was changed meanwhile."""
    original = desk(kind).original_language(working)
    if confirming and against not in (None, looked.compositions[original].content_digest):
        raise RefusedError([press_problem("changed-meanwhile", original, Where(kind, str(working.pk)))])


def _look_again(kind: str, item: UUID, stood: Stood, new: Mapping[Language, Proof]) -> Behind:
    """What others withdrew, amended or took while this was composed: only behind the journal's lock is it known.

    Return what is final by now; raise RefusedError.
    """
    carried = {language: proof.composition.parts for language, proof in new.items()}
    slugs = {language: proof.composition.document.slug for language, proof in new.items()}
    behind = look_again(kind, item, chain.from_iterable(carried.values()), set(slugs.values()))
    found = []
    for language in new:
        ids = {str(item), *(part.id for part in carried[language])}
        if behind.stand != stood or behind.gone & ids:
            found.append(press_problem("changed-meanwhile", language, Where(kind, str(item))))
        if slugs[language] in behind.taken:
            where = Where(kind, str(item), "slug", language)
            found.append(press_problem("slug-taken", language, where, slug=slugs[language]))
    if found:
        raise RefusedError(found)
    return behind


def keep_confirmations(
    working: models.Model, proofs: Mapping[Language, Proof], confirming: Collection[str], *, by: User, at: datetime
) -> bool:
    """Keep that the publisher has said of these parts that they say what the original says; return whether of any."""
    kept = False
    for language, proof in proofs.items():
        if proof.translation_of and proof.original:
            parts = [part for part in confirming if part in proof.translation_of.parts]
            placed = proof.composition.placed or None
            kept |= vouch(working, language, proof.original, parts, placed=placed, by=by, at=at)
    return kept
