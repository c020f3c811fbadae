"""How long something took, as one says it."""

from datetime import timedelta

from django.utils.translation import gettext, ngettext

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def spoken(span: timedelta) -> str:
    """Return a span in words of the active language, with two units at most: “3 days 4 hours”, “12 seconds”."""
    seconds = int(span.total_seconds())
    if seconds < 1:
        return gettext("less than a second")
    parts = [
        (seconds // _DAY, ngettext("%(count)d day", "%(count)d days", seconds // _DAY)),
        (seconds % _DAY // _HOUR, ngettext("%(count)d hour", "%(count)d hours", seconds % _DAY // _HOUR)),
        (seconds % _HOUR // _MINUTE, ngettext("%(count)d minute", "%(count)d minutes", seconds % _HOUR // _MINUTE)),
        (seconds % _MINUTE, ngettext("%(count)d second", "%(count)d seconds", seconds % _MINUTE)),
    ]
    first = next(number for number, (count, _) in enumerate(parts) if count)
    return " ".join(words % {"count": count} for count, words in parts[first : first + 2] if count)
