"""Releasing a protocol: both languages from the desk to the shelf in one transaction, by the one press there is.

Two languages that are live never differ in their logic, nor in the day until which it holds. A text may be corrected in
one language alone; a rank, a rule or an answer goes out in both or not at all.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User

from articles.canonical.languages import LANGUAGES, Language
from articles.content.problems import DeskProblem, Where
from articles.editions.document import Document
from articles.editions.shelf import Edition
from articles.editions.store import standing_of
from articles.publishing.compose import Composition
from articles.publishing.problems import press_problem
from articles.publishing.publish import Decision, Terms, publish
from articles.publishing.releases import ReleaseEntry
from articles.publishing.scheduling import add
from triage.engine.document import ProtocolDocument
from triage.protocols import tables
from triage.protocols.drafts import draft
from triage.protocols.problems import LONGEST_MONTHS, protocol_problem


def release(
    protocol: tables.Protocol, *, terms: Mapping[Language, Terms], decision: Decision, by: User, at: datetime
) -> dict[Language, Edition]:
    """Release the protocol in the languages of `terms`; return the live edition of each, new or unchanged.

    Whoever releases vouches that both languages say the same: a protocol is translated as a whole or not at all.
    Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    return publish("protocol", protocol.pk, terms, decision=decision, confirming=_parts(protocol), by=by, at=at)


def keep(
    planned: UUID,
    protocol: tables.Protocol,
    *,
    terms: Mapping[Language, Terms],
    decision: Decision,
    by: User,
    at: datetime,
) -> list[ReleaseEntry]:
    """Keep the protocol for a release among other texts, on the terms on which `release` would send it out now.

    Raises NotAllowedError, or RefusedError with every problem at once; then nothing has changed.
    """
    return add(planned, "protocol", protocol.pk, terms, decision=decision, confirming=_parts(protocol), by=by, at=at)


def _parts(protocol: tables.Protocol) -> set[str]:
    return {part for document in draft(protocol).documents.values() for part in document.parts()}


def released(
    working: tables.Protocol, compositions: Mapping[Language, Composition], at: datetime | None
) -> list[DeskProblem]:
    """Return what keeps these languages from going out at a moment.

    One language may go alone where all that is live, in either language, has this very logic; else both go together.
    """
    where, found = Where("protocol", str(working.pk)), []
    own = {_shared(composition.document) for composition in compositions.values()}
    if len(own) > 1:
        # Somebody saved between the two readings.
        found += [press_problem("changed-meanwhile", language, where) for language in compositions]
    elif len(compositions) < len(LANGUAGES):
        standings = [standing_of(str(working.pk), language) for language in LANGUAGES]
        live = {_shared(one.edition.document) for one in standings if one and one.is_live}
        if live != own:
            found += [protocol_problem("both-languages", language, where) for language in compositions]
    if at and working.expires_on:
        found += [
            problem
            for language in compositions
            for problem in _of_expiry(working, working.expires_on, language, at.date())
        ]
    return found


def together(item: str, documents: Mapping[Language, Document]) -> list[DeskProblem]:
    """Return what keeps these documents from being live beside each other: another logic."""
    if len({_shared(document) for document in documents.values()}) < 2:
        return []
    return [protocol_problem("logic-differs", language, Where("protocol", item)) for language in documents]


def still_calls(document: ProtocolDocument, language: Language) -> Iterator[DeskProblem]:
    """Yield the rule of a live protocol that a service sent out by itself could break: there is a number to call."""
    if document.services and not any(service.purpose == "emergency" for service in document.services):
        where = Where("careservice", document.services[0].id, "purpose")
        yield protocol_problem("no-number-left", language, where, name=document.title)


def _of_expiry(working: tables.Protocol, day: date, language: Language, today: date) -> list[DeskProblem]:
    where = Where("protocol", str(working.pk), "expires_on")
    if day < today:
        return [protocol_problem("expiry-past", language, where)]
    if day > _in_months(today, LONGEST_MONTHS):
        return [protocol_problem("expiry-far", language, where, months=str(LONGEST_MONTHS))]
    return []


def _in_months(day: date, months: int) -> date:
    """The last day of a number of whole months from a day; 29 February becomes 28."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return day.replace(year=day.year + years, month=month + 1, day=28)


def _shared(document: Document) -> tuple[str, str]:
    """What both languages have in common: the logic, and the last day on which it holds."""
    if not isinstance(document, ProtocolDocument):
        raise TypeError(f"{type(document).__name__} is no protocol")
    return document.logic_digest, document.lapses_on
