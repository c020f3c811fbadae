"""Codes of ICD-10, the classification of the World Health Organization, in their one form: `R25.2, G25.8`."""

import re

from articles.canonical.problems import Problem, Refused, problem
from articles.canonical.text import line, shown

_APART = re.compile(r"[\s,;]+")
_CODE = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,2})?")
_SOUGHT = re.compile(r"([A-Z][0-9]{2})(?:\.-|\.?([0-9]{1,2}))?[*+†]?")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


def codes(value: str) -> str:
    """Return the codes in capitals, each once, in the order given. Raises ``Refused`` with everything that is none.

    A Cyrillic letter is never taken for the Latin one that looks like it: «Р» may have been meant as P or as R, and
    every letter of the alphabet begins the code of some disease.
    """
    given = dict.fromkeys(_APART.sub(" ", line(value)).upper().split())
    if problems := [found for code in given if (found := _problem(code))]:
        raise Refused(problems)
    return ", ".join(given)


def sought(typed: str) -> str | None:
    """Return the code that somebody looks for in its one form, None if it is none.

    Programs leave out the dot (R252), books write R25.- for the whole category and mark codes with a dagger or an
    asterisk: each can mean one code only. What a Cyrillic letter means nobody can know, as in `codes`.
    """
    found = _SOUGHT.fullmatch(_APART.sub("", typed).upper())
    if found is None:
        return None
    category, within = found.groups()
    return f"{category}.{within}" if within else category


def is_cyrillic(typed: str) -> bool:
    """Return whether there is a Cyrillic letter in what was typed."""
    return bool(_CYRILLIC.search(typed))


def _problem(code: str) -> Problem | None:
    if _CODE.fullmatch(code):
        return None
    return problem("code-cyrillic" if _CYRILLIC.search(code) else "code-malformed", value=shown(code, 20))
