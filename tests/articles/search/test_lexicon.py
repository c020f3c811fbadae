"""What a search knows of words follows the index, and is made anew only when that has moved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.search.following import follow
from articles.search.lexicon import lexicon
from tests.factories.documents import an_id, shelve, withdraw
from tests.factories.documents_of_kinds import a_term
from tests.factories.searching import shelve_text

pytestmark = pytest.mark.django_db


def test_words_are_known_while_a_live_text_has_them() -> None:
    shelve_text("Барсуковедение")
    follow()
    assert lexicon().vocabulary.known("барсуковедение")
    assert lexicon().texts == {"ru": 1}
    withdraw(an_id("Барсуковедение"))
    follow()
    assert not lexicon().vocabulary.known("барсуковедение")
    assert lexicon().texts == {}


def test_a_term_joins_its_synonyms_and_its_counterpart() -> None:
    shelve(a_term("Крампи", synonyms=["судорога"]), "ru", item=an_id("term"))
    shelve(a_term("Cramp", slug="cramp", synonyms=[]), "en", item=an_id("term"))
    follow()
    (place,) = lexicon().thesaurus.places(["крампи"])
    assert {alternative.language for alternative in place.alternatives} == {"ru", "en"}
    withdraw(an_id("term"), "en")
    follow()
    (place,) = lexicon().thesaurus.places(["крампи"])
    assert {alternative.language for alternative in place.alternatives} == {"ru"}


def test_what_has_not_moved_is_not_made_again() -> None:
    shelve_text("Магний")
    follow()
    first = lexicon()
    with CaptureQueriesContext(connection) as queries:
        assert lexicon() is first
    assert len(queries) == 1


def test_an_empty_index_knows_nothing() -> None:
    known = lexicon()
    assert not known.vocabulary.known("барсуковедение")
    assert known.texts == {}
