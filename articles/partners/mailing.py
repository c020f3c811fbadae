"""Sending the mails about urgent lines: each partner gets one for all the lines that wait for it."""

import threading
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from articles.canonical.languages import Language
from articles.editions.dates import spelled
from articles.editions.shelf import Change, Standing
from articles.editions.times import rfc3339
from articles.editions.urgency import act_by
from articles.partners import letters
from articles.partners.partner import Partner
from articles.partners.reminders import Reminder, herald
from articles.partners.rounds import repeat
from articles.partners.urgent_words import duty

# Whoever has taken a row has so long to send it; then it is somebody else's turn, for the first may have been killed.
_LEASE = timedelta(minutes=5)
# How long after each attempt the next one comes; the last of them again and again.
_PAUSES = tuple(timedelta(seconds=pause) for pause in (10, 30, 60, 300, 900))
# A mail that no server has taken for so long is given up: by then people have had to telephone.
_GIVEN_UP = timedelta(days=3)
# A withdrawn source may be in hundreds of texts. A mail names so many; the journal has the rest.
_NAMED = 40

Clock = Callable[[], datetime]


def tell(*, clock: Clock = timezone.now) -> int:
    """Make the mails that new lines call for and send all that wait; return how many letters were taken.

    Any number of workers may call it at once. One that is killed while it sends may send a letter again, never leave
    one out.
    """
    herald(at=clock())
    waiting = Reminder.objects.filter(sent_at=None, next_attempt_at__lte=clock())
    # Who has waited longest comes first; a partner once, whatever number of lines it is owed.
    partners = dict.fromkeys(waiting.order_by("next_attempt_at", "sequence").values_list("partner", flat=True))
    return sum(_tell_one(partner, clock) for partner in partners)


def serve(stopped: threading.Event, *, every: float = 1.0) -> None:
    """Tell until stopped."""
    repeat(stopped, tell, name="mails", every=every)


def _tell_one(key: UUID, clock: Clock) -> int:
    claimed = _claim(key, clock())
    by_themselves = [row for row in claimed if row.by_id is None]
    asked_for = [row for row in claimed if row.by_id is not None]
    return sum(_send(rows, clock) for rows in (by_themselves, asked_for) if rows)


def _claim(key: UUID, at: datetime) -> list[Reminder]:
    """Take the waiting rows of a partner, so that no other worker sends them meanwhile."""
    with transaction.atomic():
        waiting = Reminder.objects.filter(partner=key, sent_at=None, next_attempt_at__lte=at)
        rows = list(waiting.select_for_update(of=("self",)).select_related("partner").order_by("sequence"))
        taken = Reminder.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(next_attempt_at=at + _LEASE, attempts=F("attempts") + 1)
    return rows


def _send(rows: Sequence[Reminder], clock: Clock) -> int:
    partner, is_reminder = rows[0].partner, rows[0].by_id is not None
    context = letter(partner, [row.sequence for row in rows], is_reminder=is_reminder, at=clock())
    is_sent = letters.send("urgent", partner.safety_email, _language(partner), context)
    now = clock()
    own = Reminder.objects.filter(pk__in=[row.pk for row in rows])
    if is_sent:
        own.update(sent_at=now, next_attempt_at=None)
        return 1
    # `attempts` is as it was before this one.
    pause = _PAUSES[min(rows[0].attempts, len(_PAUSES) - 1)]
    own.filter(asked_at__gt=now - _GIVEN_UP).update(next_attempt_at=now + pause)
    own.filter(asked_at__lte=now - _GIVEN_UP).update(next_attempt_at=None)
    return 0


def letter(partner: Partner, sequences: Collection[int], *, is_reminder: bool, at: datetime) -> dict[str, Any]:
    """Return what the letter about these lines says, for its template; two queries."""
    language = _language(partner)
    lines = list(Change.objects.filter(sequence__in=sequences).order_by("sequence"))
    # What could harm somebody stands first, whatever its number.
    named = sorted(lines, key=lambda line: (act_by(line) - line.recorded_at, line.sequence))[:_NAMED]
    rows = Standing.objects.filter(item__in={line.item for line in named})
    titles = {(item, code): title for item, code, title in rows.values_list("item", "language", "title")}
    with override(language):
        told = [_told(line, titles.get((line.item, line.language), ""), language, at) for line in named]
        return {
            "partner": partner.name,
            "contact": settings.CONTACT_EMAIL,
            "is_reminder": is_reminder,
            "subject": _subject(told, len(lines), is_reminder),
            "lines": told,
            "more": len(lines) - len(named),
            "before": lines[0].sequence - 1,
            "upto": lines[-1].sequence,
        }


def _told(line: Change, title: str, language: Language, at: datetime) -> dict[str, Any]:
    return {
        "sequence": line.sequence,
        "happened": str(duty(line).happened),
        "to_do": str(duty(line).to_do),
        # Of what was erased no name is left.
        "title": title or str(line.item),
        "language": gettext("in Russian") if line.language == "ru" else gettext("in English"),
        "url": line.url or line.api_url,
        "why": line.note,
        "recorded_at": _moment(line.recorded_at, language),
        "act_by": _moment(act_by(line), language),
        "is_late": act_by(line) < at,
    }


def _subject(told: Sequence[dict[str, Any]], count: int, is_reminder: bool) -> str:
    first = told[0]
    if count == 1:
        said = gettext("“%(title)s” %(happened)s (line %(sequence)d)") % first
    else:
        said = ngettext(
            "%(count)d text withdrawn, corrected or in doubt", "%(count)d texts withdrawn, corrected or in doubt", count
        ) % {"count": count}
    return (gettext("Reminder, act now: %s") if is_reminder else gettext("Act now: %s")) % said


def _moment(moment: datetime, language: Language) -> str:
    clock = moment.astimezone(UTC)
    return f"{spelled(rfc3339(moment), language)}, {clock:%H:%M} UTC"


def _language(partner: Partner) -> Language:
    return partner.language  # type: ignore[return-value]
