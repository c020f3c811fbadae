"""What a partner does about each event of the journal."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FETCH = _("Fetch the item anew and show what it says now.")

EVENTS: Mapping[str, Promise | str] = {
    "published": _FETCH,
    "amended": _FETCH,
    "restored": _FETCH,
    "language_state": _("Fetch the item anew: how far the languages are in step has changed."),
    "check_started": _("Fetch the item anew and show the sentence in “check”: the text is being checked for an error."),
    "check_ended": _("Fetch the item anew: the check is over."),
    "fell_due": _("Fetch the item anew: the day by which the text was to be reviewed again has passed."),
    "withdrawn": _("Take the text down at once, wherever you show it."),
    "expunged": _("Erase every copy of these editions: the law demanded it."),
}
