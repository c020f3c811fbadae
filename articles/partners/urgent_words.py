"""What an urgent line of the journal says in words, and what a partner must do: the same in mails and at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.editions.shelf import Change


@dataclass(frozen=True)
class Duty:
    """What happened to a text, as it stands before its title, and what is to be done."""

    happened: Promise
    to_do: Promise


_REPLACE = _("Replace it with the edition that is live now. Until you can, hide it.")

# By event, and where the class is `safety` by event and class.
_DUTIES: Mapping[tuple[str, str], Duty] = {
    ("withdrawn", ""): Duty(
        pgettext_lazy("what happened to a text", "withdrawn"),
        _("Take it down everywhere at once: on pages, in apps, in caches and in search."),
    ),
    ("expunged", ""): Duty(
        pgettext_lazy("what happened to a text", "erased by law"),
        _("Erase every copy of this edition, in archives too: the law demanded it."),
    ),
    ("check_started", ""): Duty(
        pgettext_lazy("what happened to a text", "in doubt, being checked"),
        _("Show this sentence above the text, or hide the text, until the journal says that the check has ended."),
    ),
    ("published", ""): Duty(pgettext_lazy("what happened to a text", "corrected"), _REPLACE),
    ("amended", ""): Duty(pgettext_lazy("what happened to a text", "corrected"), _REPLACE),
    ("published", "safety"): Duty(pgettext_lazy("what happened to a text", "corrected for safety"), _REPLACE),
    ("amended", "safety"): Duty(pgettext_lazy("what happened to a text", "corrected for safety"), _REPLACE),
    ("language_state", "safety"): Duty(
        pgettext_lazy("what happened to a text", "behind a change for safety in the other language"),
        _("Fetch it anew and say above it that it is behind, or hide it until it has caught up."),
    ),
}

# An event that comes later and is for safety.
_OTHER = Duty(
    pgettext_lazy("what happened to a text", "changed for safety"), _("Fetch it anew. Until you can, hide it.")
)


def duty(line: Change) -> Duty:
    """Return what an urgent line says, lazily: in the language that is active when it is shown."""
    return _DUTIES.get((line.event, line.change_class)) or _DUTIES.get((line.event, "")) or _OTHER
