"""What was sent to be decided on, member by member."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from articles.api.v1.body import Fault, invalid, refuse, unknown_members
from articles.canonical.languages import LANGUAGES, Language

LARGEST_EDITION = 2**31 - 1

MEMBERS = ("language", "answers", "edition", "country")


@dataclass(frozen=True)
class Asked:
    """What is asked; `answers` is anything at all until the engine has read it."""

    language: Language
    answers: object
    edition: int | None
    country: str | None


def asked(body: Mapping[str, Any]) -> Asked:
    """Return what is asked; raise RefusedError with everything that is wrong with it."""
    faults = unknown_members(body, MEMBERS)
    faults += _wrong_members(body)
    if faults:
        refuse(faults)
    return Asked(body["language"], body["answers"], body.get("edition"), body.get("country"))


def language_in(body: Mapping[str, Any]) -> Language | None:
    """Return the language that the body names, None if it names none of ours."""
    named = body.get("language")
    return named if isinstance(named, str) and named in LANGUAGES else None


def _wrong_members(body: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    if language_in(body) is None:
        allowed = gettext("Give one of: %(allowed)s.") % {"allowed": ", ".join(LANGUAGES)}
        faults.append(invalid("language", "language" in body, allowed))
    if "answers" not in body:
        faults.append(invalid("answers", False, gettext("Without answers yet, send an empty object.")))
    edition = body.get("edition")
    if edition is not None and not (type(edition) is int and 1 <= edition <= LARGEST_EDITION):
        faults.append(
            invalid("edition", True, gettext("Give the number of the edition that you show, or leave it out."))
        )
    country = body.get("country")
    if country is not None and not isinstance(country, str):
        faults.append(invalid("country", True, gettext("Give the code of a country, or leave it out.")))
    return faults
