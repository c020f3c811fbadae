"""How many texts are apart: counted once, then followed line by line."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions import tallies
from tests.factories.documents import (
    ARTICLE,
    a_document,
    an_english_document,
    an_id,
    heading,
    restore,
    shelve,
    withdraw,
)

pytestmark = pytest.mark.django_db

KINDS = ("article", "faq")


def anew() -> dict[tuple[str, str], int]:
    tallies.forget()
    return {key: number for key, number in tallies.apart(KINDS).items() if number}


def followed() -> dict[tuple[str, str], int]:
    return {key: number for key, number in tallies.apart(KINDS).items() if number}


HAPPENING: list[Callable[[], object]] = [
    lambda: shelve(a_document(heading("Что это"))),
    lambda: shelve(a_document(heading("Другая"), slug="drugaya"), item=an_id("other")),
    lambda: shelve(an_english_document(heading("What it is")), "en"),
    withdraw,
    restore,
    lambda: withdraw(language="en"),
    lambda: withdraw(an_id("other")),
]


def test_what_is_followed_is_what_would_be_counted_anew() -> None:
    anew()
    told = []
    for happen in HAPPENING:
        happen()
        told.append(followed())
        kept = dict(tallies._kept)
        assert told[-1] == anew()
        tallies._kept.update(kept)
    alone = {("alone", "ru"): 1}
    assert told[0] == alone
    assert told[1] == {("alone", "ru"): 2}
    assert ("alone", "en") not in told[2]
    assert told[3] == {("alone", "ru"): 1, ("alone", "en"): 1}
    assert told[-1] == alone


def test_following_looks_at_what_has_moved_and_at_nothing_else() -> None:
    for number in range(3):
        shelve(a_document(slug=f"a-{number}"), item=an_id(f"{number}"))
    anew()
    shelve(a_document(heading("Иначе"), slug="a-1"), item=an_id("1"))
    with CaptureQueriesContext(connection) as made:
        followed()
    assert [one["sql"].partition("WHERE")[2].count(an_id("2").replace("-", "")) for one in made] == [0, 0, 0]
    assert len(made) == 3


def test_another_journal_is_counted_anew() -> None:
    shelve(a_document())
    anew()
    kept = tallies._kept[frozenset(KINDS)]
    kept.at = tallies.Head(kept.at.sequence, "0" * 64)
    kept.put(ARTICLE, "ru", "behind")
    assert followed() == {("alone", "ru"): 1}
