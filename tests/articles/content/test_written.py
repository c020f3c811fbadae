"""In which languages a save wrote, and whether it touched what belongs to none."""

from copy import deepcopy

import pytest

from articles.content.aggregates import dump
from articles.content.written import written
from tests.factories.desk import an_article

pytestmark = pytest.mark.django_db


def test_words_addresses_and_credits_belong_to_their_language_and_notes_for_colleagues_to_nobody():
    was = dump(an_article())
    now = deepcopy(was)
    now["internal_note"] = "Позвонить в клинику."
    assert (written("article", was, now).languages, written("article", was, now).structure) == (frozenset(), False)

    now["slug"]["en"] = "other-address"
    assert written("article", was, now).languages == {"en"}
    now["blocks"][1]["text"]["ru"] = "Другие слова."
    assert written("article", was, now).languages == {"ru", "en"}


def test_moving_a_block_rewords_nothing_and_is_met_by_readers_of_both_languages():
    was = dump(an_article())
    now = deepcopy(was) | {"blocks": was["blocks"][::-1]}

    moved = written("article", was, now)

    assert (moved.languages, moved.structure, moved.authored) == (frozenset(), True, {"ru", "en"})


def test_a_block_that_is_gone_takes_words_of_both_languages_along():
    was = dump(an_article())
    now = deepcopy(was) | {"blocks": was["blocks"][:1]}

    assert written("article", was, now).languages == {"ru", "en"}
