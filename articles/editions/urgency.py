"""Which lines of the journal partners must act on at once: one answer for webhooks, mails and the report of a recall.

When in doubt a line is urgent: a copy that is put right for nothing costs somebody an hour, one that is not may cost a
reader more.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from articles.editions.envelope import ChangeClass
from articles.editions.shelf import Change

# What happened, whatever its class. A withdrawal for a lesser reason too: from then on we stand behind the words no
# more, and nobody hears of what turns out to be wrong with them. An erasure is owed to somebody by law. A check that
# starts is often the first step of a recall: our page warns its readers from that second, a copy does not.
# What ends or brings back (`check_ended`, `restored`) can wait: a warning or a gap that stays longer harms nobody.
_EVENTS = frozenset({"withdrawn", "expunged", "check_started"})

# Whatever happened: a translation that lacks a change for safety (`language_state`) gives the old words too.
_ANYWHERE: ChangeClass = "safety"

# New words in the place of live ones. `advice` is the graver of the two: readers would act differently, so a copy with
# the earlier words cannot be left standing where one with an error may not.
_IN_NEW_WORDS: Mapping[str, frozenset[ChangeClass]] = {
    "published": frozenset({"advice", "correction"}),
    "amended": frozenset({"advice", "correction"}),
}


def is_urgent(line: Change) -> bool:
    """Return whether partners must act on this line at once."""
    return (
        line.event in _EVENTS
        or line.change_class == _ANYWHERE
        or line.change_class in _IN_NEW_WORDS.get(line.event, frozenset())
    )


def urgent(prefix: str = "") -> Q:
    """Return the condition for journal lines of which `is_urgent` is true; `prefix` leads to the line in a query."""
    found = Q(**{f"{prefix}event__in": sorted(_EVENTS)}) | Q(**{f"{prefix}change_class": _ANYWHERE})
    for event, classes in _IN_NEW_WORDS.items():
        found |= Q(**{f"{prefix}event": event, f"{prefix}change_class__in": sorted(classes)})
    return found


# The two spans for which a copy may stay unconfirmed (`max_age` of items): nobody is promised less time than that, and
# nobody more.
_DANGEROUS = timedelta(hours=1)
_WRONG = timedelta(days=1)


def act_by(line: Change) -> datetime:
    """Return until when partners must have acted on an urgent line: within the hour where somebody could be harmed."""
    is_dangerous = line.change_class == _ANYWHERE or line.event == "check_started"
    return line.recorded_at + (_DANGEROUS if is_dangerous else _WRONG)
