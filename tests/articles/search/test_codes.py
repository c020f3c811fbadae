"""A text is found by the clinical codes of the conditions that it is about."""

import pytest

from articles.search.finding import search
from articles.search.following import follow, start_anew
from tests.factories.documents import an_id, item_link, shelve, text, withdraw
from tests.factories.documents_of_kinds import a_term
from tests.factories.searching import everything, only, shelve_text, titles

pytestmark = pytest.mark.django_db


def test_texts_follow_the_codes_of_the_terms_that_name_their_conditions() -> None:
    cramp = an_id("cramp")
    shelve_text("Сводит ногу", text("Что делать."), conditions=[cramp])
    shelve_text("Просто упоминает", text(item_link("судорога", cramp, "term")))
    follow()
    assert titles("R25.2") == []
    shelve(a_term("Судорога", codes=["R25.2"]), item=cramp)
    follow()
    for query in ("r25.2", "МКБ R25.2", "R25.2 МКБ-10"):
        assert sorted(titles(query)) == ["Сводит ногу", "Судорога"]
    assert only(search("R25.2", "ru", kinds=["article"]).hits).path.endswith("/")

    shelve(a_term("Судорога", codes=["G40"]), item=cramp, change="correction")
    follow()
    assert (titles("R25.2", exact=True), sorted(titles("G40"))) == ([], ["Сводит ногу", "Судорога"])
    stepwise = everything()
    start_anew()
    follow()
    assert everything() == stepwise

    withdraw(cramp)
    follow()
    assert titles("G40", exact=True) == []


def test_a_code_in_another_language_says_nothing_here() -> None:
    shelve(a_term("Cramp", codes=["R25.2"]), "en", item=an_id("cramp"))
    shelve_text("Сводит ногу", conditions=[an_id("cramp")])
    follow()

    assert titles("R25.2") == ["Cramp"]
