"""Who did what with a partner and when: Django's own log, in which an act is a code, so that both languages read it.

A key is named by its public beginning. Its text is in nothing that is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.partners.partner import Partner

ACTS: Mapping[str, str | Promise] = {
    "admitted": _("Admitted as a partner"),
    "changed": _("Details changed"),
    "suspended": _("Access suspended"),
    "let-in-again": _("Access opened again"),
    "key-issued": _("Key %(what)s issued"),
    "key-revoked": _("Key %(what)s revoked"),
    "webhook-paused": _("Webhook %(what)s paused"),
    "webhook-resumed": _("Webhook %(what)s resumed"),
}

_SHOWN = 50


@dataclass(frozen=True)
class Noted:
    act: str
    who: str
    at: datetime


def note(partner: Partner, act: str, *, by: User, what: str = "") -> None:
    """Remember an act; `what` is the key or the webhook that it was done to. Raise KeyError for an unknown act."""
    ACTS[act]
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Partner),
        object_id=str(partner.pk),
        object_repr=partner.name[:200],
        action_flag=ADDITION if act == "admitted" else CHANGE,
        change_message=f"{act} {what}".strip(),
    )


def noted(partner: Partner) -> list[Noted]:
    """Return what was done with a partner, newest first; one query."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Partner), object_id=str(partner.pk)
    ).select_related("user")
    return [_noted(entry) for entry in entries.order_by("-action_time", "-pk")[:_SHOWN]]


def _noted(entry: LogEntry) -> Noted:
    act, _space, what = entry.change_message.partition(" ")
    words = str(ACTS[act]) % {"what": what} if act in ACTS else entry.get_change_message()
    return Noted(words, entry.user.get_full_name() or entry.user.get_username(), entry.action_time)
