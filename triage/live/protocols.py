"""Finding a protocol on the shelf, and whether anybody may be asked its questions.

By default nobody is: readers have the table of when to get help. The questions open when the operator switches them on
and two clinicians have signed these very words and this logic, or, labelled on every page, for a demonstration.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal
from uuid import UUID

from django.conf import settings

from articles.canonical.languages import Language
from articles.editions import queries
from articles.editions.overdue import overdue_from
from articles.editions.queries import Found, Shelved
from articles.editions.shelf import Edition
from articles.editions.withdrawals import WithdrawalReason
from triage.engine.deciding import Engine
from triage.engine.document import ProtocolDocument

# How many clinicians must have signed before anybody is asked.
SIGNATURES = 2

# Reasons of a withdrawal that speak against what decides.
_WRONG = frozenset({WithdrawalReason.SAFETY, WithdrawalReason.ERROR})

Mode = Literal["table", "demonstration", "interactive"]


@dataclass(frozen=True)
class LiveProtocol:
    """A protocol that is live in a language; `today` is the day on which it is asked, in UTC."""

    shelved: Shelved
    today: date

    @property
    def document(self) -> ProtocolDocument:
        return _document(self.shelved.standing.edition)

    @property
    def language(self) -> Language:
        return self.shelved.language

    @cached_property
    def engine(self) -> Engine:
        return _engine(_ByWords(self.shelved.standing.edition))

    @property
    def is_expired(self) -> bool:
        """Whether a promised day has passed: as the journal told it, or by the clock where it has not come to it yet.

        Nothing that may be kept depends on the clock; only that an expired protocol never decides.
        """
        lacking = overdue_from(self.shelved.envelope.review, self.document.lapses_on)
        return self.shelved.is_overdue or (lacking is not None and self.today >= lacking.date())

    @property
    def is_in_doubt(self) -> bool:
        """Whether either language is being checked, or the other was withdrawn as wrong and decided as this one does.

        What is wrong with a rank or a rule is wrong in both, whichever of them it was found in.
        """
        twin = self.shelved.twin
        if self.shelved.check or twin is None:
            return bool(self.shelved.check)
        if twin.is_live:
            return bool(twin.under_check)
        was_wrong = (twin.tombstone or {}).get("reason_code") in _WRONG and not twin.edition.is_erased
        return was_wrong and _document(twin.edition).logic_digest == self.document.logic_digest

    @property
    def is_signed(self) -> bool:
        """Whether enough clinicians have signed these words and this logic, and the other language has the same one."""
        review, twin = self.shelved.envelope.review, self.shelved.twin
        if review.state != "reviewed" or len({one.name for one in review.by}) < SIGNATURES:
            return False
        return twin is None or not twin.is_live or _document(twin.edition).logic_digest == self.document.logic_digest

    @property
    def mode(self) -> Mode:
        """What readers have of it now: the table alone, or the questions too. While it is checked, the table alone."""
        if self.is_expired or self.is_in_doubt:
            return "table"
        if settings.TRIAGE_INTERACTIVE and self.is_signed:
            return "interactive"
        return "demonstration" if settings.TRIAGE_DEMONSTRATION else "table"

    @property
    def may_decide(self) -> bool:
        return self.mode != "table"


def found(ref: str) -> Found | None:
    """Return the protocol with this slug or id in every language, live or not; None for what was never one."""
    try:
        return queries.by_id("protocol", UUID(ref))
    except ValueError:
        return queries.by_slug("protocol", ref)


def live(found: Found | None, language: Language, *, today: date) -> LiveProtocol | None:
    """Return the protocol as it lives in a language; None where it does not."""
    shelved = found.shelved(language) if found else None
    return LiveProtocol(shelved, today) if shelved and shelved.is_live else None


def _document(edition: Edition) -> ProtocolDocument:
    document = edition.document
    if not isinstance(document, ProtocolDocument):
        raise TypeError(f"{edition} is no protocol")
    return document


class _ByWords:
    """An edition that counts as equal to every other with the same words."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __hash__(self) -> int:
        return hash(self.edition.content_digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByWords) and other.edition.content_digest == self.edition.content_digest


@lru_cache(maxsize=16)
def _engine(words: _ByWords) -> Engine:
    return Engine(_document(words.edition).protocol)
