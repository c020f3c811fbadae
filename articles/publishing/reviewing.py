"""The medical review at the press: signing what the desk holds now, and what an edition says of it.

Any kind that has a desk is reviewed in the same way. Nobody reviews what they wrote themselves: such a signature is
refused, and one that came to be so counts for nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from articles.canonical.languages import LANGUAGES, Language
from articles.canonical.text import excerpt
from articles.content.aggregates import kind_of
from articles.content.desk_object import DeskObject
from articles.content.problems import DeskProblem, Where
from articles.editions.document import Document
from articles.editions.envelope import Review, Signatory
from articles.editions.shelf import Edition
from articles.editions.value import encoded
from articles.editorial import signoffs
from articles.editorial.review_plans import MONTHS, plan_of
from articles.editorial.roles import require
from articles.editorial.signed_texts import keep_signed
from articles.editorial.signoffs import SignOff, signing_problems
from articles.publishing import workflow
from articles.publishing.approvals import authors, independent
from articles.publishing.checklist import blocking, checklist
from articles.publishing.covering import covering, signatures_holding, signed_document
from articles.publishing.desks import desk
from articles.publishing.digests import substances
from articles.publishing.for_readers import for_readers
from articles.publishing.problems import RefusedError, press_problem
from articles.publishing.substance import substance

# Kinds whose texts give medical advice, for lists of what waits for a review; any kind may be reviewed.
REVIEWED_KINDS = frozenset({"article", "faq"})


def review(
    kind: str,
    item: UUID | str,
    language: Language,
    content_digest: str,
    *,
    name: Mapping[Language, str],
    next_on: date | None,
    note: str = "",
    by: User,
    at: datetime,
) -> SignOff:
    """Sign the text with this digest as a medical reviewer.

    Raises NotAllowedError, or RefusedError with every problem at once: the desk holds another text by now, the text
    could not be published, a name or the next date is lacking.
    """
    require(by, "review")
    where = Where(kind, str(item))
    with transaction.atomic():
        working = desk(kind).lock(item)
        if working is None:
            raise RefusedError([press_problem("no-language", language, where)])
        if desk(kind).review:
            raise RefusedError([press_problem("signed-elsewhere", language, where)])
        composition = desk(kind).compose(working, language)
        found: list[DeskProblem] = list(composition.problems)
        if isinstance(working, DeskObject):
            found += blocking(checklist(working, language, on=at.date(), complete=[]))
        if composition.content_digest != content_digest:
            found.append(press_problem("changed-meanwhile", language, where))
        if by.pk in authors(item, language, composition.document):
            found.append(press_problem("own-words", language, where))
        found += signing_problems(name, next_on, on=at.date(), where=where, months=MONTHS[plan_of(item).risk])
        notes, unreadable = for_readers({language: note}, [language], where)
        found += unreadable
        if found or next_on is None:
            raise RefusedError(list(dict.fromkeys(found)))
        text = substance(composition.document)
        keep_signed(kind, item, language, content_digest, encoded(composition.document).decode())
        signed = signoffs.sign(
            kind, item, language, content_digest, name=name, next_on=next_on, note=notes[language], frame=text.frame,
            parts=text.parts_by_name, by=by, at=at,
        )  # fmt: skip
        workflow.approve(kind, working, language, content_digest, by=by, at=at)
        return signed


def take_back(sign_off: SignOff, *, reason: str = "", by: User, at: datetime) -> None:
    """Revoke one's own signature. Readers are told with the next publication.

    Raises NotAllowedError for all but its signer, RefusedError for a reason that cannot be kept.
    """
    where = Where(sign_off.kind, str(sign_off.item))
    language: Language = sign_off.language  # type: ignore[assignment]
    with transaction.atomic():
        # Nobody publishes under a signature while it is being taken back.
        working = desk(sign_off.kind).lock(sign_off.item)
        reasons, unreadable = for_readers({LANGUAGES[0]: reason}, LANGUAGES[:1], where)
        if unreadable:
            raise RefusedError(unreadable)
        reason = excerpt(reasons[LANGUAGES[0]], 300)
        signoffs.revoke(sign_off, reason=reason, by=by, at=at)
        if working is not None:
            document = desk(sign_off.kind).compose(working, language).document
            if review_of(sign_off.item, language, document, None) is None:
                workflow.unapprove(sign_off.kind, working, language, document, note=reason, by=by, at=at)


def review_of(
    item: UUID | str,
    language: Language,
    document: Document,
    live: Edition | None,
    signed: Collection[SignOff] | None = None,
) -> Review | None:
    """Return the review record of a text; None if no signature holds for it but of those who wrote it.

    `signed` are all signatures that stand on texts of the item, where they are at hand already.
    """
    rows = independent(signatures_holding(item, language, document, live, signed), item, language, document)
    if not rows:
        return None
    return Review(
        state="reviewed",
        by=[Signatory(name=row.name_in(language), role=row.role) for row in rows],
        on=max(row.signed_at for row in rows).date().isoformat(),
        next_on=min(row.next_review_on for row in rows).isoformat(),
        reason="",
    )


def digests_signed(content_digest: str, live: Edition | None) -> set[str]:
    """Return the digests whose signatures hold for a text with this one, for kinds signed in a way of their own.

    An amendment keeps the text's review, so the live text's signatures hold for its amended words too.
    """
    if live is None or live.content_digest != content_digest:
        return {content_digest}
    return {content_digest, _text_of(live).content_digest}


def last_signed(item: UUID | str, language: Language) -> tuple[SignOff, Document | None] | None:
    """Return the last signature on a text and the document it stands on, unless its words were erased since."""
    rows = signoffs.history(item, language)
    if not rows:
        return None
    return rows[0], signed_document(item, rows[0].kind, language, rows[0].content_digest)


@dataclass(frozen=True)
class Unsigned:
    """A text whose words as they are now no reviewer has signed."""

    text: DeskObject
    language: Language


def unsigned(texts: Collection[DeskObject]) -> list[Unsigned]:
    """Return which of these texts no signature covers, in the order given; constant queries.

    A text that has no title in a language is not in it yet.
    """
    medical = [text for text in texts if kind_of(text) in REVIEWED_KINDS]
    covered = covering(substances(medical))
    return [
        Unsigned(text, language)
        for text in medical
        for language in LANGUAGES
        if getattr(text, f"title_{language}") and not covered[text.pk, language]
    ]


def _text_of(edition: Edition) -> Edition:
    """The edition whose text this one still carries: the last that was not an amendment."""
    if edition.envelope.caused_by is None:
        return edition
    earlier = Edition.objects.filter(item=edition.item, language=edition.language, number__lt=edition.number)
    newest_first = earlier.order_by("-number").iterator(chunk_size=10)
    return next((one for one in newest_first if one.envelope.caused_by is None), edition)
