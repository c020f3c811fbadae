"""What is typed for readers at the press: notes and reasons, in the one form of all that is published."""

from collections.abc import Iterable, Mapping

from articles.canonical.languages import Language
from articles.canonical.problems import Refused
from articles.canonical.text import passage
from articles.content.problems import DeskProblem, Where
from articles.content.words import sentence
from articles.publishing.problems import press_problem

Words = dict[Language, str]


def for_readers(
    given: Mapping[Language, str], languages: Iterable[Language], where: Where, *, missing: str = ""
) -> tuple[Words, list[DeskProblem]]:
    """Return the words of each language in canonical form, and what is wrong with them.

    With `missing` every language needs some, and that is the problem's code where it has none.
    """
    words: Words = {}
    found: list[DeskProblem] = []
    for language in languages:
        try:
            words[language] = passage(given.get(language, ""))
        except Refused as refusal:
            words[language] = ""
            found += [
                press_problem("words-unreadable", language, where, what=sentence(problem))
                for problem in refusal.problems
            ]
        else:
            if missing and not words[language]:
                found.append(press_problem(missing, language, where))
    return words, found
