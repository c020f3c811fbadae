"""Codes of ICD-10, the classification of the World Health Organization, in their one form: `R25.2, G25.8`."""

import re

from articles.canonical.problems import Problem, Refused, problem
from articles.canonical.text import line, shown

_APART = re.compile(r"[\s,;]+")
_CODE = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,2})?")
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


def _problem(code: str) -> Problem | None:
    if _CODE.fullmatch(code):
        return None
    return problem("code-cyrillic" if _CYRILLIC.search(code) else "code-malformed", value=shown(code, 20))
