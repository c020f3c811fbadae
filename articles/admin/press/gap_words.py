"""How long a text may still lack a change for safety, in words: on the form, in the queue, on the home page."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.canonical.languages import Language
from articles.publishing.safety_gaps import Gap

_LACKS: dict[Language, Promise] = {
    "ru": _("The Russian page lacks a change for safety of the English one; its readers are warned."),
    "en": _("The English page lacks a change for safety of the Russian one; its readers are warned."),
}


def in_hours(gap: Gap, at: datetime) -> str:
    """Return which language lacks a change for safety, and in how many hours its page is withdrawn."""
    return f"{_LACKS[gap.language]} {hours_left(gap, at)}"


def hours_left(gap: Gap, at: datetime) -> str:
    """Return in how many hours the page is withdrawn, counted down to whole ones."""
    hours = int((gap.withdrawn_at - at).total_seconds() // 3600)
    if hours < 1:
        return str(_("It is withdrawn within the hour."))
    return ngettext("It is withdrawn in %(count)s hour.", "It is withdrawn in %(count)s hours.", hours) % {
        "count": hours
    }
