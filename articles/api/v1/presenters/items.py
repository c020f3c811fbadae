"""What every item carries: names, dates, review, rights, and how its languages stand."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.api.v1.shapes import common as shapes
from articles.canonical import tree
from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.editions import wording
from articles.editions.blocks import AnyBlock, CareBoxBlock
from articles.editions.care import emergency_words
from articles.editions.dates import spelled
from articles.editions.document import Document
from articles.editions.envelope import ChangeNote, Credits, Review
from articles.editions.overdue import overdue_sentence
from articles.editions.queries import Shelved, Target
from articles.editions.shelf import Standing
from articles.editions.times import rfc3339
from articles.editions.translations import TranslationState

# What is dialled in an emergency is short everywhere.
_SHORT_NUMBER = re.compile(r"tel:\d{2,4}")

LICENCE_NAME = _("All rights reserved; ask before you republish")
LICENCE_COVERS = _("Our own words. Quotes, names and titles belong to their owners.")


def common_members(shelved: Shelved) -> dict[str, Any]:
    """Return the members that every kind of item has, for the active language."""
    envelope = shelved.envelope
    language = shelved.language
    review = review_out(envelope.review, language, is_overdue=shelved.is_overdue)
    return {
        "id": shelved.item,
        "kind": shelved.standing.kind,
        "language": language,
        "edition": envelope.number,
        "digest": shelved.standing.edition.digest,
        "content_digest": envelope.content_digest,
        "url": shelved.page_url,
        "api_url": shelved.api_url,
        "title": shelved.document.title,
        "published_at": envelope.published_at,
        "first_published_at": envelope.first_published_at,
        "content_changed_at": envelope.content_changed_at,
        "review": review,
        "credits": credits_out(envelope.credits),
        "change": change_out(envelope.change),
        "translations": translations_out([shelved.standing, *([shelved.twin] if shelved.twin else [])]),
        "attribution": attribution_out(shelved, review),
        "licence": licence_out(language),
        "max_age": 3600 if shelved.gap_since else max_age(shelved.document, may_call=_may_call(shelved)),
        "under_check": (check := check_out(shelved)) is not None,
        "check": check,
        "safety_gap": gap_out(shelved),
    }


def gap_out(shelved: Shelved) -> shapes.SafetyGapOut | None:
    """Return that the text lacks a change for safety of the other language, None if it lacks none."""
    if shelved.gap_since is None:
        return None
    other, twin = other_language(shelved.language), shelved.twin
    return shapes.SafetyGapOut(
        since=rfc3339(shelved.gap_since),
        language=other,
        api_url=Shelved(twin, None).api_url if twin and twin.is_live else None,
        statement=str(wording.SAFETY_GAP[other]) % {"emergency": emergency_words(shelved.language)},
    )


def check_out(shelved: Shelved) -> shapes.CheckOut | None:
    """Return that the text is being checked for an error right now, None if it is not."""
    check = shelved.check
    if check is None:
        return None
    statement = f"{wording.UNDER_CHECK}. {check['note']}".strip()
    return shapes.CheckOut(note=check["note"], started_at=check["started_at"], statement=statement)


def link_out(item: str, target: Target) -> shapes.LinkOut:
    """Return a live item that a text leads to."""
    return shapes.LinkOut(id=item, title=target.title, url=target.url, api_url=target.api_url)


def condition_out(item: str, target: Target) -> shapes.ConditionOut:
    """Return a live term that names a condition which a text is about."""
    return shapes.ConditionOut(
        id=item, title=target.title, url=target.url, api_url=target.api_url, codes=list(target.codes)
    )


def credits_out(credits: Credits | None) -> shapes.CreditsOut:
    """Return who is named as having written and translated the text."""
    return shapes.CreditsOut(
        written=credits.written if credits else [], translated=credits.translated if credits else []
    )


def review_out(review: Review, language: Language, *, is_overdue: bool = False) -> shapes.ReviewOut:
    """Return the review record with the sentence that must be shown; `is_overdue` is how the text stands now."""
    statement = _statement(review, language)
    return shapes.ReviewOut(
        state="overdue" if is_overdue else review.state,
        by=[shapes.SignatoryOut(name=signatory.name, role=signatory.role) for signatory in review.by],
        on=review.on or None,
        next_on=review.next_on or None,
        reason=review.reason,
        statement=f"{statement} {overdue_sentence(review, language)}" if is_overdue else statement,
    )


def change_out(change: ChangeNote) -> shapes.ChangeOut:
    """Return the class of the change and its note."""
    return shapes.ChangeOut(class_=change.class_, note=change.note)


def translations_out(standings: list[Standing]) -> list[shapes.TranslationOut]:
    """Return how each language stands, Russian first; a language that is not live is missing and has no address."""
    found = {standing.language: standing for standing in standings if standing.is_live}
    return [_translation(language, found.get(language)) for language in LANGUAGES]


def attribution_out(shelved: Shelved, review: shapes.ReviewOut) -> shapes.AttributionOut:
    """Return the lines that must stand beside the text: title and address, edition and date, and the review."""
    envelope = shelved.envelope
    origin = gettext("“%(title)s”, edition %(edition)s of %(date)s.") % {
        "title": shelved.document.title,
        "edition": envelope.number,
        "date": spelled(envelope.published_at, shelved.language),
    }
    link = f'<a href="{escape(shelved.page_url)}">{escape(origin, quote=False)}</a>'
    return shapes.AttributionOut(
        html=f"<p>{link}</p><p>{escape(review.statement, quote=False)}</p>",
        text=f"{origin} {shelved.page_url}\n{review.statement}",
    )


def licence_out(language: Language) -> shapes.LicenceOut:
    """Return what may be done with the texts; its names are in the language of the request."""
    return shapes.LicenceOut(
        spdx=None,
        name=str(LICENCE_NAME),
        url=f"{settings.SITE_URL}/api/v1/docs/licence/?lang={language}",
        covers=str(LICENCE_COVERS),
    )


def max_age(document: Document, *, may_call: bool = True) -> Literal[3600, 86400]:
    """Return for how many seconds a copy may be shown unconfirmed.

    An hour where the text may decide about an emergency: it has a block that must not be dropped, or names a number to
    call. That is more cautious than one hour for emergency cards alone. `may_call` is False where it is known that no
    link is a number.
    """
    urgent = any(block.required or _is_emergency(block) for block in document.blocks)
    calls = may_call and any(_SHORT_NUMBER.fullmatch(address) for address in _addresses(document))
    return 3600 if urgent or calls else 86400


def _may_call(shelved: Shelved) -> bool:
    # As canonical JSON has it: no quotation mark of a text stands there without its backslash.
    return '"href":"tel:' in shelved.standing.edition.document_json


def _is_emergency(block: AnyBlock) -> bool:
    return isinstance(block, CareBoxBlock) and block.box.level == "emergency"


def _addresses(document: Document) -> Iterator[str]:
    for block in document.blocks:
        for body in block.bodies():
            yield from (node["href"] for node in tree.walk(body) if node["type"] == "link")


def _statement(review: Review, language: Language) -> str:
    names = ", ".join(signatory.name for signatory in review.by)
    if review.state == "reviewed":
        return gettext("Reviewed by %(names)s on %(date)s.") % {"names": names, "date": spelled(review.on, language)}
    unreviewed = str(wording.NOT_REVIEWED) % {"emergency": emergency_words(language)}
    decided = {"name": names, "date": spelled(review.on, language), "reason": review.reason}
    return f"{unreviewed} {str(wording.NOT_REVIEWED_DECISION) % decided}"


def _translation(language: Language, standing: Standing | None) -> shapes.TranslationOut:
    if standing is None:
        return shapes.TranslationOut(language=language, state="missing", lacks=None, api_url=None)
    shelved = Shelved(standing, None)
    state: TranslationState = shelved.translation
    return shapes.TranslationOut(
        language=language,
        state=state.state,
        lacks=state.lacks or None,  # type: ignore[arg-type]
        api_url=shelved.api_url,
    )
