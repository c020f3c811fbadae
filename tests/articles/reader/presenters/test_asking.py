"""What an address asks of the search page."""

import pytest

from articles.reader.presenters.asking import Asked, asked
from articles.search.typed import LONGEST

KINDS = {"faq": "Questions", "term": "Glossary"}


def read(**given: str) -> Asked:
    return asked(given, KINDS)


def test_a_query_is_one_line_in_one_form() -> None:
    assert read(q="  и\N{COMBINING BREVE}од\n\tсо\N{SOFT HYPHEN}ли\N{NO-BREAK SPACE}").query == "йод соли"


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800", "\N{RIGHT-TO-LEFT OVERRIDE}", "\ufdd0", "\ufffe"])
def test_what_no_word_is_made_of_parts_words(character: str) -> None:
    assert read(q=f"leg{character}cramp").query == "leg cramp"
    assert read(q=character).query == ""


def test_only_the_beginning_of_a_long_text_is_looked_for() -> None:
    long = read(q="судорога " * 1000)

    assert len(long.query) <= LONGEST
    assert long.is_cut
    assert not read(q="ж" * LONGEST).is_cut


@pytest.mark.parametrize("page", ["-1", "0", "abc", "", "1.5", "٣", "99999", " 2", "2\0"])
def test_a_page_that_cannot_be_meant_is_the_first(page: str) -> None:
    assert read(q="x", page=page).page == 1


@pytest.mark.parametrize("kind", ["unknown", "", "FAQ", "faq\0", "../faq"])
def test_a_kind_that_there_is_not_is_every_kind(kind: str) -> None:
    assert read(q="x", kind=kind).kind == ""


def test_an_address_says_what_was_asked_and_nothing_else() -> None:
    question = read(q="боль & «нога»", kind="faq", page="3", exact="1", utm_source="letter")

    address = question.address("ru")

    assert address == (
        "/ru/search/?q=%D0%B1%D0%BE%D0%BB%D1%8C+%26+%C2%AB%D0%BD%D0%BE%D0%B3%D0%B0%C2%BB&kind=faq&page=3&exact=1"
    )
    assert Asked("").address("en") == "/en/search/"


def test_another_kind_or_spelling_begins_at_its_first_page() -> None:
    question = read(q="x", kind="faq", page="3")

    assert question.of_kind("term").address("en") == "/en/search/?q=x&kind=term"
    assert question.exactly().address("en") == "/en/search/?q=x&kind=faq&exact=1"
