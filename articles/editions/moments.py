"""What stood on the shelf at a moment of the past, as the journal tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.in_step import states_beside
from articles.editions.overdue import overdue_from
from articles.editions.shelf import Change, Edition
from articles.editions.times import rfc3339
from articles.editions.translations import TranslationState

_BRINGING = frozenset({"published", "amended", "restored"})


@dataclass(frozen=True)
class Then:
    """A text in one language at a moment: the edition that stood, or had been withdrawn, and the marks over it.

    `since` is the journal line that made it so, `sequence` the last line before the moment; `reason` is what readers
    were told where it had been withdrawn.
    """

    state: Literal["never", "live", "withdrawn"]
    edition: Edition | None
    since: Change | None
    sequence: int
    reason: str
    check: dict[str, str] | None
    overdue_since: datetime | None


def then(item: UUID | str, language: Language, moment: datetime) -> Then:
    """Return how a text stood in a language at a moment; two queries, one for what never was."""
    lines = list(Change.objects.filter(item=item, language=language, recorded_at__lte=moment).order_by("sequence"))
    numbers = {line.edition for line in lines if line.event in _BRINGING}
    editions = Edition.objects.filter(item=item, language=language, number__in=numbers) if numbers else ()
    by_number = {edition.number: edition for edition in editions}
    state: Literal["never", "live", "withdrawn"] = "never"
    edition, since, check, overdue, reason = None, None, None, None, ""
    for line in lines:
        if line.event in _BRINGING:
            edition, state, since, reason = by_number[line.edition or 0], "live", line, ""
            overdue = overdue if overdue and overdue == _promised_until(edition) else None
        elif line.event == "withdrawn":
            state, since, reason, check, overdue = "withdrawn", line, line.note, None, None
        elif line.event == "check_started":
            check = {"note": line.note, "started_at": rfc3339(line.recorded_at)}
        elif line.event == "check_ended":
            check = None
        elif line.event == "fell_due":
            overdue = line.effective_at
    return Then(state, edition, since, lines[-1].sequence if lines else 0, reason, check, overdue)


def translations_then(item: UUID | str, moment: datetime) -> dict[Language, TranslationState]:
    """Return how far the languages that were live at a moment were in step."""
    found = {language: then(item, language, moment) for language in LANGUAGES}
    live = {language: one.edition for language, one in found.items() if one.state == "live" and one.edition}
    return states_beside(live)


def _promised_until(edition: Edition) -> datetime | None:
    lapses_on = "" if edition.is_erased else edition.document.lapses_on
    return overdue_from(edition.envelope.review, lapses_on)
