"""Who did what with a partner and when, from the one audit trail (`articles/editorial/audit.py`).

A key is named by its public beginning. Its text is in nothing that is kept.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from articles.editorial import audit
from articles.editorial.audit import AuditEntry
from articles.partners.partner import Partner

KIND = "partner"

_SHOWN = 50


@dataclass(frozen=True)
class Noted:
    act: str
    who: str
    at: datetime


def note(partner: Partner, act: str, *, by: User, what: str = "") -> None:
    """Remember an act; `what` is the key or the webhook that it was done to. Raise KeyError for an unknown act."""
    audit.record(act, by=by, at=timezone.now(), kind=KIND, about=partner.pk, detail=what)


def noted(partner: Partner) -> list[Noted]:
    """Return what was done with a partner, newest first; one query."""
    return [_noted(entry) for entry in audit.about(KIND, partner.pk, _SHOWN)]


def _noted(entry: AuditEntry) -> Noted:
    who = entry.done_by
    return Noted(entry.sentence, (who.get_full_name() or who.get_username()) if who else "", entry.done_at)
