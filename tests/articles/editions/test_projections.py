"""Quotes and sources as live texts carry them."""

from uuid import UUID

import pytest

from articles.editions.parts import Quote, Source
from articles.editions.projections import carried, carried_ids, languages, withdrawal
from articles.editions.shelf import WithdrawnPart
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_news_source,
    a_person,
    a_quote,
    an_english_document,
    an_id,
    quoted,
    shelve,
    withdraw,
)

QUOTE = UUID(a_quote().id)

pytestmark = pytest.mark.django_db


def take_back(part: UUID, kind: str = "quote") -> None:
    """A withdrawal that no live text shows yet, as between two queries."""
    WithdrawnPart.objects.create(
        part_kind=kind, part=part, reason_code="request", reason_ru="Попросили.", reason_en="Asked.", withdrawn_at=NOON,
        sequence=1,
    )  # fmt: skip


def test_a_part_comes_with_the_sources_of_the_edition_that_its_words_are_from() -> None:
    edition = shelve(a_document(quoted(a_quote())))
    found = carried("quote", [QUOTE], "ru")[QUOTE]
    assert isinstance(found.part, Quote)
    assert set(found.sources) == {a_news_source().id}
    assert [shelved.standing.edition_id for shelved in found.carriers] == [edition.pk]


def test_a_part_that_no_live_text_carries_is_left_out() -> None:
    shelve(a_document(quoted(a_quote())))
    assert carried("quote", [UUID(an_id("nothing"))], "ru") == {}
    assert carried("quote", [QUOTE], "en") == {}
    assert carried("source", [QUOTE], "ru") == {}
    withdraw(ARTICLE)
    assert carried("quote", [QUOTE], "ru") == {}
    assert carried_ids("quote", "ru", limit=9) == []


def test_parts_come_in_the_order_in_which_they_are_asked_for() -> None:
    quotes = [a_quote(name) for name in "abc"]
    shelve(a_document(*(quoted(quote) for quote in quotes)))
    asked = [UUID(quotes[number].id) for number in (2, 0, 1)]
    assert list(carried("quote", asked, "ru")) == asked


def test_ids_are_listed_once_in_order_from_behind_the_last() -> None:
    quotes = sorted(UUID(a_quote(name).id) for name in "abc")
    for number in range(2):
        shelve(a_document(*(quoted(a_quote(name)) for name in "abc"), slug=f"n-{number}"), item=an_id(f"{number}"))
    assert carried_ids("quote", "ru", limit=9) == quotes
    assert carried_ids("quote", "ru", limit=1, after=quotes[0]) == quotes[1:2]


def test_beside_a_person_only_texts_that_carry_the_person_are_looked_at() -> None:
    boris = a_person("boris")
    shelve(a_document(quoted(a_quote("a"))))
    shelve(a_document(quoted(a_quote("b", speaker=boris)), slug="boris"), item=an_id("boris"))
    assert carried_ids("quote", "ru", limit=9, beside=("expert", UUID(boris.id))) == [UUID(a_quote("b").id)]


def test_a_withdrawn_part_is_not_listed_even_before_its_texts_are_amended() -> None:
    shelve(a_document(quoted(a_quote())))
    take_back(QUOTE)
    assert carried_ids("quote", "ru", limit=9) == []
    gone = withdrawal("quote", QUOTE)
    assert gone is not None
    assert gone.reason("en") == "Asked."
    assert withdrawal("source", QUOTE) is None


def test_languages_are_those_of_live_texts_russian_first() -> None:
    assert languages("quote", QUOTE) == []
    shelve(an_english_document(quoted(a_quote(text="It passes."))), "en")
    shelve(a_document(quoted(a_quote())))
    assert languages("quote", QUOTE) == ["ru", "en"]
    withdraw(ARTICLE)
    assert languages("quote", QUOTE) == ["en"]


def test_sources_are_found_like_quotes() -> None:
    shelve(a_document(quoted(a_quote())))
    key = UUID(a_news_source().id)
    assert carried_ids("source", "ru", limit=9) == [key]
    assert isinstance(carried("source", [key], "ru")[key].part, Source)
