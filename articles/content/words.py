"""What a person reads when a text is refused: every code of `articles.canonical` in the interface language."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from articles.canonical.problems import CODES, Problem


def sentence(problem: Problem) -> str:
    """Return the problem as a sentence in the active interface language."""
    return gettext(CODES[problem.code]) % problem.values


def validation_error(problems: Iterable[Problem]) -> ValidationError:
    """Return all problems at once as Django's error, each with its code."""
    return ValidationError([ValidationError(sentence(problem), code=problem.code) for problem in problems])
