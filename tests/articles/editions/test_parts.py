"""What frozen parts know of themselves: when it may be said that experts differ."""

import pytest

from articles.editions.parts import Accounts
from tests.factories.documents import a_person, a_quote
from tests.factories.documents_of_kinds import a_withdrawn_account, accounts

OTHER = a_person("other", name="Борис Другой")


def said(*entries: object, experts_differ: bool = True) -> Accounts:
    return accounts(*entries, experts_differ=experts_differ).accounts  # type: ignore[arg-type]


@pytest.mark.parametrize("attribution", ["quoted", "reported"])
def test_two_people_under_their_own_names_differ(attribution: str) -> None:
    one = a_quote("one", attribution=attribution)

    assert said(one, a_quote("two", speaker=OTHER)).they_differ() is True
    assert said(one, a_quote("two", speaker=OTHER), experts_differ=False).they_differ() is False


@pytest.mark.parametrize("attribution", ["continues", "caption"])
def test_words_that_only_go_on_from_somebodys_are_no_opinion_of_theirs(attribution: str) -> None:
    assert said(a_quote("one", attribution=attribution), a_quote("two", speaker=OTHER)).they_differ() is False


def test_nobody_differs_from_a_statement_of_nobody() -> None:
    unnamed = a_quote("one", attribution="unnamed", speaker=None)

    assert said(unnamed, a_quote("two"), a_quote("three", speaker=OTHER)).they_differ() is False


def test_nobody_differs_from_themselves_once_the_other_has_gone() -> None:
    assert said(a_quote("one"), a_quote("two"), a_withdrawn_account()).they_differ() is False
    assert said(a_quote("one"), a_withdrawn_account()).they_differ() is False
