"""What holds a shared part in a live text keeps its own rules when the part goes out by itself.

A part is looked at by itself before it goes out; what it does to the box or to the accounts around it is seen only in
the text: a service that is for advice from now on leaves a box without a number, a statement that no longer stands
under its speaker's name leaves experts who cannot be said to differ.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from articles.canonical.languages import Language
from articles.content.problems import DeskProblem, Where, desk_problem
from articles.editions.care import PLACEHOLDER
from articles.editions.document import Document
from articles.editions.parts import Accounts, CareBox, SharedPart


def newly_broken(before: Document, after: Document, language: Language) -> list[DeskProblem]:
    """Return the rules that an amended text breaks and the live one does not, in reading order."""
    known = {(problem.code, problem.where) for problem in _broken(before, language)}
    return [one for one in dict.fromkeys(_broken(after, language)) if (one.code, one.where) not in known]


def register(document: type[Document], rule: Callable[[Any, Language], Iterator[DeskProblem]]) -> None:
    """Add the rule of a kind of another app, of the document as a whole, at start-up."""
    _OF_DOCUMENTS[document] = rule


def _broken(document: Document, language: Language) -> Iterator[DeskProblem]:
    if rule := _OF_DOCUMENTS.get(type(document)):
        yield from rule(document, language)
    for part in document.shared_parts():
        if rule := _RULES.get(type(part)):
            yield from rule(part, language)


def _of_accounts(accounts: Accounts, language: Language) -> Iterator[DeskProblem]:
    if accounts.experts_differ and not accounts.they_differ():
        yield desk_problem("differ-not-by-name", language, Where("accounts", accounts.id, "experts_differ"))


def _of_box(box: CareBox, language: Language) -> Iterator[DeskProblem]:
    asks = box.level == "emergency" or PLACEHOLDER in box.title or PLACEHOLDER in box.advice
    if asks and not any(service.purpose == "emergency" for service in box.services):
        yield desk_problem("box-without-number", language, Where("carebox", box.id, "services"), name=box.title)


_OF_DOCUMENTS: dict[type[Document], Callable[[Any, Language], Iterator[DeskProblem]]] = {}
_RULES: Mapping[type[SharedPart], Callable[[Any, Language], Iterator[DeskProblem]]] = {
    Accounts: _of_accounts,
    CareBox: _of_box,
}
