"""One name for every object in the admin."""

from django.db import models
from django.utils.translation import get_language, gettext

from articles.canonical.languages import LANGUAGES


def label(obj: models.Model, language: str | None = None) -> str:
    """Return the object's name in `language` (the interface language when not given).

    A name that exists only in the other language is shown with that language's code, never as a blank: fallbacks are
    off, so Django's own `str(obj)` would be empty for an editor who works in the other language.
    """
    wanted = (language or get_language() or LANGUAGES[0]).split("-")[0]
    name = obj.name_in  # type: ignore[attr-defined]
    if own := name(wanted):
        return own
    for other in LANGUAGES:
        if other != wanted and (foreign := name(other)):
            return f"{foreign} ({other})"
    return gettext("no name yet")
