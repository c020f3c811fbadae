"""What stands over a protocol wherever it is shown, on pages and in partners' answers."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.editions.dates import spelled
from triage.live.protocols import LiveProtocol

DEMONSTRATION = _("This is a demonstration.")
UNSIGNED = _("Doctors have not yet approved these questions or this advice.")
NOT_TO_WAIT = _("Do not use it to decide whether you can wait to get help.")
EXPIRED = _("The check has expired")


def label(live: LiveProtocol) -> str:
    """Return what must stand over the protocol as it is now; empty where nothing must. Call inside the language's
    override."""
    if live.is_expired:
        date = spelled(live.document.lapses_on, live.language)
        held = gettext("It was valid until %(date)s and has not been checked again since.") % {"date": date}
        return f"{EXPIRED}. {held}"
    if live.mode != "demonstration":
        return ""
    return " ".join(str(part) for part in (DEMONSTRATION, *([] if live.is_signed else [UNSIGNED]), NOT_TO_WAIT))
