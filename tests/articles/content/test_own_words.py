"""What an object itself says in a language, read from its plain data."""

import pytest

from articles.content.aggregates import AGGREGATES, dump
from articles.content.own_words import own_words, reworded
from tests.factories.desk import a_quote, an_article
from tests.factories.desk_kinds import a_care_box, a_term, an_evidence_table

pytestmark = pytest.mark.django_db


def test_what_a_text_says_are_its_fields_and_those_of_its_blocks_but_no_address_and_no_note():
    article = an_article()

    words = own_words("article", dump(article), "en")

    assert words[""] == {"title": "Cramps in tests", "summary": "What this article is about."}
    assert words[str(article.headingblock_set.get().pk)] == {"text": "What it is"}
    assert "СЕКРЕТНАЯ" not in repr(words)


def test_forms_to_avoid_are_no_words_for_readers():
    assert "forms_to_avoid" not in own_words("term", dump(a_term()), "ru")[""]


def test_a_row_that_says_nothing_in_a_language_is_left_out():
    table = an_evidence_table()
    row = table.rows.first()
    row.option_en = row.finding_en = row.conclusion_en = ""
    row.save()

    assert str(row.pk) in own_words("evidence_table", dump(table), "ru")
    assert str(row.pk) not in own_words("evidence_table", dump(table), "en")


def test_a_change_is_known_by_row_and_language():
    table = an_evidence_table()
    before, row = dump(table), table.rows.first()
    row.finding_en = "In four trials."
    row.save()

    assert reworded("evidence_table", before, dump(table)) == {(str(row.pk), "en")}


def test_a_number_to_call_and_a_verdict_are_no_words():
    quote, box = a_quote(), a_care_box()
    said, called = dump(quote), dump(box)
    quote.verdict = "not_assessed"
    quote.save()
    box.level = "same_day"
    box.save()

    assert (reworded("quote", said, dump(quote)), reworded("care_box", called, dump(box))) == (set(), set())


def test_of_what_is_new_everything_is_new():
    assert reworded("quote", None, dump(a_quote())) == {("", "ru"), ("", "en")}


def test_every_kind_is_known():
    assert [own_words(kind, None, "ru") for kind in AGGREGATES] == [{}] * len(AGGREGATES)
