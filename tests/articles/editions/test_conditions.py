"""Codes of ICD-10 lead to terms, and terms to the texts about them."""

import pytest

from articles.editions import conditions
from articles.editions.conditions import Match, coded_terms, match, nearest, texts_about
from tests.factories.documents import a_document, an_id, item_link, said, shelve, text, withdraw
from tests.factories.documents_of_kinds import a_faq, a_term


@pytest.mark.parametrize(
    ("asked", "code", "how"),
    [
        ("R25.2", "R25.2", "exact"), ("R25", "R25", "exact"), ("R25", "R25.2", "narrower"),
        ("G25.8", "G25.81", "narrower"), ("R25.2", "R25", "broader"), ("R25.2", "R25.3", None), ("R25", "R26", None),
        ("R25.2", "R25.21", "narrower"), ("G25.81", "G25.8", "broader"), ("G25", "R25", None),
    ],
)  # fmt: skip
def test_how_codes_stand_to_each_other(asked: str, code: str, how: Match | None) -> None:
    assert match(asked, code) == how


def test_of_several_codes_the_nearest_counts() -> None:
    assert nearest("R25", ["R25.2", "R25"]) == "exact"
    assert nearest("R25.2", ["R25", "R25.21"]) == "narrower"
    assert nearest("R25.2", ["G40", "R25"]) == "broader"
    assert nearest("R25.2", []) is None


@pytest.mark.django_db
def test_terms_have_codes_while_they_are_live_in_a_language() -> None:
    shelve(a_term("Крампи", codes=["R25.2"]), item=an_id("cramp"))
    shelve(a_term("Судорога", codes=["R56.8", "G40"], slug="s"), item=an_id("seizure"))
    shelve(a_term("Без кода «codes»:[", slug="bez"), item=an_id("none"))
    shelve(a_term("Cramp", codes=["R25.2"], slug="cramp"), "en", item=an_id("cramp"))

    assert coded_terms("ru") == {an_id("cramp"): ("R25.2",), an_id("seizure"): ("R56.8", "G40")}

    withdraw(an_id("cramp"))

    assert set(coded_terms("ru")) == {an_id("seizure")}
    assert set(coded_terms("en")) == {an_id("cramp")}


@pytest.mark.django_db
def test_texts_are_about_a_condition_that_they_name_and_not_about_one_that_they_mention() -> None:
    term = an_id("cramp")
    shelve(a_document(conditions=[term]))
    shelve(a_faq(conditions=[term, an_id("other")]), item=an_id("faq"))
    mention = text(said("См. ", item_link("крампи", term, "term")), name="t")
    shelve(a_document(mention, slug="mimo"), item=an_id("mention"))

    assert {text.item for text in texts_about([term], "ru")} == {an_id("article"), an_id("faq")}
    assert texts_about([], "ru") == texts_about([term], "en") == []


@pytest.mark.django_db
def test_of_very_many_texts_the_newest_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conditions, "MOST", 2)
    for number in range(4):
        shelve(a_document(conditions=[an_id("cramp")], slug=f"a-{number}"), item=an_id(f"{number}"))
    found = texts_about([an_id("cramp"), an_id("none")], "ru")
    assert {text.standing.slug for text in found} == {"a-3", "a-2"}
