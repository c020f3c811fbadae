"""Withdrawing: an item in one language or both, or a quote or source out of every live text that carries it."""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.content.problems import DeskProblem, Where
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.envelope import Cause, ChangeNote
from articles.editions.parts import PartWithdrawal
from articles.editions.recalls import recall
from articles.editions.shelf import Edition, Standing
from articles.editions.times import rfc3339
from articles.editions.withdrawals import WithdrawalReason, change_class
from articles.editorial import audit
from articles.editorial.revisions import claim_version, keep
from articles.editorial.roles import require
from articles.publishing import workflow
from articles.publishing.amend import amend
from articles.publishing.carriers import carriers
from articles.publishing.desks import desk
from articles.publishing.for_readers import for_readers
from articles.publishing.preflight import both_original
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.replacing import Replacements
from articles.publishing.returned import is_returned
from articles.publishing.review_dues import await_review
from articles.publishing.reviewing import review_of
from articles.publishing.safety_gaps import settle_languages

_PARTS: dict[str, type[Quote] | type[Source]] = {"quote": Quote, "source": Source}


def withdraw(
    kind: str,
    item: UUID | str,
    languages: Collection[Language],
    *,
    reason_code: str,
    reasons: Mapping[Language, str],
    replaced_by: str = "",
    by: User,
    at: datetime,
) -> list[Standing]:
    """Take an item off the shelf; its addresses answer with the reason from now on. Returns what was withdrawn.

    `reasons` is the sentence for readers in each language, `replaced_by` the id of an item that takes its place.
    Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    require(by, "withdraw")
    where = Where(kind, str(item))
    with transaction.atomic(), journals.opened(at) as journal:
        languages = list(dict.fromkeys(languages))
        standings = [standing for language in languages if (standing := _live(item, language))]
        words, problems = for_readers(reasons, languages, where, missing="withdrawn-reason-missing")
        problems += _of_code(reason_code, where)
        live = {standing.language for standing in standings}
        problems += [press_problem("not-live", language, where) for language in languages if language not in live]
        if problems or not standings:
            raise RefusedError(problems or [press_problem("no-language", "", where)])
        for standing in standings:
            store.withdraw(
                journal,
                standing,
                tombstone=_tombstone(standing, reason_code, words[standing.language], replaced_by, at),  # type: ignore[index]
                change_class=change_class(reason_code),
            )
        settle_languages(journal, item, touched=[standing.language for standing in standings], by=by)  # type: ignore[misc]
        workflow.retired(standings, by=by, at=at)
        audit.record("withdrawn", by=by, at=at, kind=kind, about=item, detail=" ".join(sorted(live)))
    return standings


def restore(kind: str, item: UUID | str, language: Language, *, note: str, by: User, at: datetime) -> Standing:
    """Put the withdrawn edition of an item back on the shelf unchanged and return its standing.

    Raises NotAllowedError or RefusedError, also when a part of the edition was withdrawn meanwhile, or when a reviewer
    returned these words.
    """
    require(by, "publish")
    where = Where(kind, str(item))
    with ExitStack() as held:
        held.enter_context(transaction.atomic())
        # Nobody returns these words, or takes a signature on them back, while they are being put up again.
        desk(kind).lock(item)
        journal = held.enter_context(journals.opened(at))
        standing = store.standing_of(str(item), language)
        if standing is None or standing.is_live:
            raise RefusedError([press_problem("is-live" if standing else "not-live", language, where)])
        if standing.edition.is_erased:
            raise RefusedError([press_problem("is-erased", language, where)])
        if gone := recall(standing.edition):
            name = str(_PARTS[gone.part_kind].objects.get(pk=gone.part))
            raise RefusedError([press_problem("part-withdrawn", language, where, name=name)])
        words, problems = for_readers({language: note}, [language], where)
        if both_original(str(item), language, standing.edition.envelope.translation_of):
            problems.append(press_problem("original-switched", language, where))
        problems += _apart(kind, standing)
        if problems:
            raise RefusedError(problems)
        store.restore(journal, standing, note=words[language])
        await_review(journal, item, language, by=by)
        settle_languages(journal, item, touched=[language], by=by)
        workflow.brought_back(standing, note=words[language], by=by, at=at)
        audit.record("restored", by=by, at=at, kind=kind, about=item, detail=language)
    return standing


def withdraw_part(
    kind: str,
    part: UUID | str,
    *,
    reason_code: str,
    reasons: Mapping[Language, str],
    by: User,
    at: datetime,
) -> list[Edition]:
    """Withdraw a quote or source everywhere: a notice takes its place in every live text, in one transaction.

    Returns the amended editions. The desk remembers it, so no later publishing can bring the part back.
    """
    require(by, "withdraw")
    where = Where(kind, str(part))
    words, problems = for_readers(reasons, LANGUAGES, where, missing="withdrawn-reason-missing")
    problems += _of_code(reason_code, where)
    if problems:
        raise RefusedError(problems)
    named = store.Part(kind, str(part))
    notices = {code: Replacements(withdrawn={named: PartWithdrawal(reason_code, words[code])}) for code in LANGUAGES}
    notes = {code: ChangeNote(class_=change_class(reason_code), note=words[code]) for code in LANGUAGES}
    amended: list[Edition] = []
    with transaction.atomic():
        working = _PARTS[kind].objects.select_for_update().get(pk=part)
        if working.withdrawn_at is None:
            working.version = claim_version(working, working.version)
            working.withdrawn_at = at
            working.save(update_fields=["version", "withdrawn_at"])
            keep(working, by=by, at=at)
        with journals.opened(at) as journal:
            for item in carriers(kind, part):
                cause = Cause(event="withdrawn", kind=kind, id=str(part))
                new = amend(journal, item, notices, notes=notes, cause=cause)
                settle_languages(journal, item, touched=new, by=by)
                amended += new.values()
            store.note_withdrawn_part(journal, named, reason_code=reason_code, reasons=words)
        audit.record("withdrawn", by=by, at=at, kind=kind, about=part, detail=" ".join(LANGUAGES))
    return amended


def _apart(kind: str, standing: Standing) -> list[DeskProblem]:
    """What keeps a withdrawn text from standing again: what the other language says by now, or who signs it no more."""
    language: Language = standing.language  # type: ignore[assignment]
    documents = {language: standing.edition.document}
    if other := _live(standing.item, other_language(language)):
        documents[other_language(language)] = other.edition.document
    found = desk(kind).together(str(standing.item), documents)
    lacking = desk(kind).still_stands(str(standing.item), {language: standing.edition})
    if _is_reviewed_no_more(standing.edition, language):
        lacking = [*lacking, press_problem("review-gone", language, Where(kind, str(standing.item)))]
    if is_returned(standing.item, language, standing.edition.document, standing.edition):
        lacking = [*lacking, press_problem("returned", language, Where(kind, str(standing.item)))]
    return [*(problem for problem in found if problem.language == language), *lacking]


def _is_reviewed_no_more(edition: Edition, language: Language) -> bool:
    """Whether an edition says that it is reviewed, and nobody stands by it. Kinds of another app say it themselves."""
    if edition.envelope.review.state != "reviewed" or desk(edition.kind).review is not None:
        return False
    return review_of(edition.item, language, edition.document, edition) is None


def _of_code(reason_code: str, where: Where) -> list[DeskProblem]:
    """Partners act on the code, and it is written for good: one that they do not know is refused."""
    return [] if reason_code in WithdrawalReason.values else [press_problem("reason-code-missing", "", where)]


def _live(item: UUID | str, language: Language) -> Standing | None:
    standing = store.standing_of(str(item), language)
    return standing if standing and standing.is_live else None


def _tombstone(
    standing: Standing, reason_code: str, reason: str, replaced_by: str, at: datetime
) -> dict[str, str | None]:
    return {
        "id": str(standing.item),
        "kind": standing.kind,
        "language": standing.language,
        "withdrawn_at": rfc3339(at),
        "reason_code": WithdrawalReason(reason_code).value,
        "reason": reason,
        "replaced_by": replaced_by or None,
    }
