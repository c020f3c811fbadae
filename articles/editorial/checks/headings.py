"""The heading of a care box: an action, then “if”, so that the signs below it end the sentence."""

import re

from articles.canonical.languages import Language

_EMERGENCY = "{emergency}"
_WORDED: dict[str, re.Pattern[str]] = {
    "ru": re.compile(r"(?:\S+\s+)*\S{2,},\s*если:?", re.IGNORECASE),
    "en": re.compile(r"(?:\S+\s+)*\S{2,}\s+if:?", re.IGNORECASE),
}
# What the heading of a level must hold besides: whoever is in danger reads whom to call before anything else.
_HOLDS: dict[str, str] = {"emergency": _EMERGENCY}


def is_worded(title: str, language: Language) -> bool:
    """Return whether the heading is an action and “if”, with or without a colon."""
    return bool(_WORDED[language].fullmatch(title.strip()))


def lacks(title: str, level: str) -> str:
    """Return what the heading of a box of this level has to hold and does not; empty if it lacks nothing."""
    wanted = _HOLDS.get(level, "")
    return "" if wanted in title else wanted
