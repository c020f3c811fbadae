"""What lets a text through to readers: an approval of these very words, or a decision to go without one."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User

from articles.canonical.languages import Language
from articles.content.problems import DeskProblem, Where
from articles.editorial import audit
from articles.editorial.transitions import Transition
from articles.publishing.covering import signatures_holding
from articles.publishing.desks import desk
from articles.publishing.for_readers import for_readers
from articles.publishing.preflight import Proof
from articles.publishing.problems import press_problem
from articles.publishing.returned import returned, returned_before
from articles.publishing.terms import Terms


def may_go_unreviewed(kind: str) -> bool:
    """Return whether a named decision may stand in the place of a review of this kind of text, as the site is set."""
    allowed: frozenset[str] | None = settings.UNREVIEWED_KINDS
    return allowed is None or kind in allowed


def in_the_way(
    kind: str,
    proofs: Mapping[Language, Proof],
    terms: Mapping[Language, Terms],
    where: Where,
    *,
    urgent: str,
    knowing: Collection[str],
) -> list[DeskProblem]:
    """Return what keeps texts from going out: past the review, where `urgent` says why, or on the ordinary way."""
    if urgent:
        return urgent_problems(proofs, terms, urgent, where, knowing=knowing)
    return kept_back(kind, proofs, where)


def kept_back(kind: str, proofs: Mapping[Language, Proof], where: Where) -> list[DeskProblem]:
    """Return what keeps texts from readers until somebody else has looked at them.

    What a reviewer returned stays back whatever was decided, until its words are others or it is sent for review anew.
    """
    found: list[DeskProblem] = []
    documents = {language: proof.composition.document for language, proof in proofs.items()}
    back = returned(UUID(where.id), documents, {language: proof.live_edition for language, proof in proofs.items()})
    for language, proof in proofs.items():
        if language in back:
            found.append(press_problem("returned", language, where))
        elif proof.review is None and not may_go_unreviewed(kind):
            found.append(press_problem(_lacking(kind, proof, where), language, where))
    return found


def _lacking(kind: str, proof: Proof, where: Where) -> str:
    if desk(kind).review:
        return "signatures-missing"
    signed = signatures_holding(where.id, proof.language, proof.composition.document, proof.live_edition)
    return "self-approved" if signed else "not-approved"


def urgent_problems(
    proofs: Mapping[Language, Proof],
    terms: Mapping[Language, Terms],
    why: str,
    where: Where,
    *,
    knowing: Collection[str] = (),
) -> list[DeskProblem]:
    """Return what keeps texts from going out past the review: only corrections of what readers have, and a reason.

    Words that a reviewer returned, and that nobody has signed since, go out only by somebody who says that they know
    it: `knowing` has the languages.
    """
    _words, found = for_readers(dict.fromkeys(proofs, why), proofs, where, missing="urgent-why-missing")
    found += [
        press_problem("urgent-returned", language, where)
        for language in were_returned(proofs, where)
        if language not in knowing
    ]
    for language, proof in proofs.items():
        is_correction = not proof.is_first and not proof.is_unchanged
        if not is_correction or terms[language].change_class != "safety":
            found.append(press_problem("urgent-not-safety", language, where))
    return found


def were_returned(proofs: Mapping[Language, Proof], where: Where) -> dict[Language, Transition]:
    """Return the languages whose words somebody gave back, sent again or not, and no reviewer has signed since."""
    asked = {language: proof for language, proof in proofs.items() if proof.review is None}
    steps = {
        language: returned_before(UUID(where.id), language, proof.composition.document, proof.live_edition)
        for language, proof in asked.items()
    }
    return {language: step for language, step in steps.items() if step}


def record_returned(proofs: Mapping[Language, Proof], where: Where, *, by: User, at: datetime) -> None:
    """Write into the trail that words went out past the review which a reviewer had returned."""
    if returned := were_returned(proofs, where):
        detail = " ".join(sorted(returned))
        audit.record("published-returned", by=by, at=at, kind=where.model, about=where.id, detail=detail)
