"""Signing a protocol: a clinician has checked its logic, its words in both languages, and each way into self-care."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.canonical import canonical_json
from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.text import excerpt
from articles.content.problems import DeskProblem, Where
from articles.editions import journal as journals
from articles.editions import store
from articles.editions.value import digest
from articles.editorial import audit
from articles.editorial.review_plans import MONTHS, plan_of
from articles.editorial.roles import NotAllowedError, require
from articles.editorial.signoffs import signing_problems
from articles.publishing.desks import Text
from articles.publishing.for_readers import for_readers
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.reviewing import digests_signed
from triage.engine.verifying.self_care import SelfCareRow, self_care_digest
from triage.protocols.completeness import problems
from triage.protocols.drafts import draft
from triage.protocols.findings import verification
from triage.protocols.problems import protocol_problem
from triage.protocols.reviewing import counted
from triage.protocols.signatures import Signature, SignatureRevocation
from triage.protocols.tables import Protocol

# What readers are told when a signature without which nobody should be asked is taken back.
TAKEN_BACK = _("A clinician who had checked these questions has withdrawn the signature. We are checking them again.")


@dataclass(frozen=True)
class Sheet:
    """What a clinician looks at before signing. `rows` are all ways into self-care, none while something is wrong."""

    logic_digest: str
    content_digests: Mapping[Language, str]
    rows: Sequence[SelfCareRow]
    problems: Sequence[DeskProblem]

    @property
    def self_care_digest(self) -> str:
        return self_care_digest(self.rows)

    @property
    def seen(self) -> str:
        """Stands for all of it, so that nobody signs what was changed after they looked."""
        words = [self.content_digests[language] for language in LANGUAGES]
        return canonical_json.digest([self.logic_digest, *words, self.self_care_digest])


def sheet(protocol: Protocol) -> Sheet:
    """Return what there is to sign, with everything that keeps it from being signed."""
    rows = draft(protocol)
    found = list(dict.fromkeys(problem for language in LANGUAGES for problem in problems(rows, language)))
    documents = rows.documents
    # Both languages have one logic: it comes from the same rows.
    logic = documents[LANGUAGES[0]]
    return Sheet(
        logic.logic_digest,
        {language: digest(document) for language, document in documents.items()},
        () if found else verification(rows).self_care,
        found,
    )


def sign(
    protocol: Protocol,
    *,
    seen: str,
    ticked: Collection[str],
    name: Mapping[Language, str],
    next_on: date | None,
    note: str = "",
    by: User,
    at: datetime,
) -> Signature:
    """Sign the protocol as it was looked at: `seen` is `Sheet.seen`, `ticked` the keys of its rows, one by one.

    Raises NotAllowedError, or RefusedError with every problem at once: the draft has moved on, it could not be
    released, a row is not ticked or unknown, a name or the next date is lacking.
    """
    require(by, "review")
    where = Where("protocol", str(protocol.pk))
    with transaction.atomic():
        working = Protocol.objects.select_for_update().filter(pk=protocol.pk).first()
        if working is None:
            raise RefusedError([press_problem("no-language", "", where)])
        looked_at = sheet(working)
        found = list(looked_at.problems)
        if looked_at.seen != seen:
            found.append(protocol_problem("seen-differs", "", where))
        elif not found:
            found += _of_rows(looked_at.rows, ticked, where)
        found += signing_problems(name, next_on, on=at.date(), where=where, months=MONTHS[plan_of(working.pk).risk])
        notes, unreadable = for_readers({LANGUAGES[0]: note}, LANGUAGES[:1], where)
        found += unreadable
        if found or next_on is None:
            raise RefusedError(list(dict.fromkeys(found)))
        audit.record("signed", by=by, at=at, kind="protocol", about=working.pk, detail=" ".join(LANGUAGES))
        return Signature.objects.create(
            protocol=working.pk,
            logic_digest=looked_at.logic_digest,
            content_digest_ru=looked_at.content_digests["ru"],
            content_digest_en=looked_at.content_digests["en"],
            self_care_digest=looked_at.self_care_digest,
            rows=sorted(ticked),
            signer=by,
            name_ru=name["ru"],
            name_en=name["en"],
            signed_at=at,
            next_review_on=next_on,
            note=notes[LANGUAGES[0]],
        )


def take_back(signature: Signature, *, reason: str = "", by: User, at: datetime) -> SignatureRevocation:
    """Take one's own signature back for good; a second time changes nothing.

    Where what is live is not checked by enough clinicians without it, readers are told so at once, and nobody is asked
    the questions until an editor has ended that check. Raises NotAllowedError for all but its signer, RefusedError for
    a reason that cannot be kept.
    """
    if signature.signer_id != by.pk or not by.is_active:
        raise NotAllowedError("take back")
    where = Where("protocol", str(signature.protocol))
    reasons, unreadable = for_readers({LANGUAGES[0]: reason}, LANGUAGES[:1], where)
    if unreadable:
        raise RefusedError(unreadable)
    with transaction.atomic():
        # Nobody releases under a signature while it is being taken back.
        working = Protocol.objects.select_for_update().filter(pk=signature.protocol).first()
        made, is_new = SignatureRevocation.objects.get_or_create(
            signature=signature, defaults={"revoked_at": at, "reason": excerpt(reasons[LANGUAGES[0]], 300)}
        )
        if is_new:
            _tell_readers(signature, working, at)
            both = " ".join(LANGUAGES)
            audit.record("signature-revoked", by=by, at=at, kind="protocol", about=signature.protocol, detail=both)
    return made


@dataclass(frozen=True)
class Signed:
    """A signature, and whether it stands on what the desk holds now."""

    signature: Signature
    holds: bool


def signatures(protocol: Protocol) -> list[Signed]:
    """Return every signature on the protocol, revoked ones too, newest first."""
    now = {language: digest(document) for language, document in draft(protocol).documents.items()}
    rows = Signature.objects.filter(protocol=protocol.pk).select_related("signer", "revocation")
    return [
        Signed(row, not row.is_revoked and all(row.content_digest(code) == now[code] for code in LANGUAGES))
        for row in rows.order_by("-signed_at", "-pk")
    ]


def _of_rows(rows: Sequence[SelfCareRow], ticked: Collection[str], where: Where) -> list[DeskProblem]:
    known = {row.key for row in rows}
    found = []
    if missing := known - set(ticked):
        found.append(protocol_problem("rows-unticked", "", where, number=str(len(missing))))
    if set(ticked) - known:
        found.append(protocol_problem("rows-unknown", "", where))
    return found


def _tell_readers(signature: Signature, working: Protocol | None, at: datetime) -> None:
    with journals.opened(at) as journal:
        standings = {code: store.standing_of(str(signature.protocol), code) for code in LANGUAGES}
        live = {code: row.edition for code, row in standings.items() if row and row.is_live}
        texts = {
            code: Text(live[code].content_digest if code in live else signature.content_digest(code), live.get(code))
            for code in LANGUAGES
        }
        if counted(signature.protocol, texts, working):
            return
        for language, edition in live.items():
            standing = standings[language]
            rests_on_it = signature.content_digest(language) in digests_signed(edition.content_digest, edition)
            if standing and rests_on_it and edition.envelope.review.state == "reviewed" and not standing.check_json:
                with override(language):
                    store.start_check(journal, standing, note=str(TAKEN_BACK))
