"""verify_editions finds whatever was altered or lost behind our back."""

import pytest
from django.db import connection

from articles.editions.guards import lifted
from articles.editions.shelf import JournalHead
from articles.editions.verifying import verify_editions
from tests.factories.desk import a_quote, an_article, an_editor, place
from tests.factories.documents import REVIEWED, a_document, fall_due, heading, shelve
from tests.factories.shelf import publish_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf():
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=an_editor())


def tampered(statement: str) -> str:
    with lifted(), connection.cursor() as cursor:
        cursor.execute(statement)
    return " ".join(verify_editions())


def test_an_untouched_shelf_has_nothing_to_report():
    assert list(verify_editions()) == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (
            "UPDATE articles_edition SET document_json = replace(document_json, 'тестах', 'текстах')",
            "its words do not match their digest",
        ),
        (
            "UPDATE articles_edition SET envelope_json = replace(envelope_json, 'not_reviewed', 'reviewed')",
            "document and envelope do not match the digest",
        ),
        ("UPDATE articles_edition SET number = 2 WHERE language = 'ru'", "an edition is missing"),
        ("UPDATE articles_edition SET document_json = document_json || ' '", "not in canonical form"),
        ("DELETE FROM articles_mention WHERE part_kind = 'quote'", "its mentions do not match"),
        ("UPDATE articles_change SET note = 'x' WHERE sequence = 1", "does not match its hash"),
        ("DELETE FROM articles_change WHERE sequence = 1", "a line is missing"),
        ("DELETE FROM articles_change WHERE sequence = 2", "has no journal line"),
        ("UPDATE articles_standing SET edition_id = (SELECT max(edition_id) FROM articles_standing)", "newest edition"),
        ("DELETE FROM articles_standing WHERE language = 'ru'", "stands nowhere"),
        ("UPDATE articles_standing SET state = 'withdrawn', tombstone_json = '{}'", "is withdrawn, and live by the"),
        ("UPDATE articles_standing SET overdue_since = '2026-11-23 00:00:00+00'", "not overdue for a review as the"),
        (
            "UPDATE articles_edition SET envelope_json = replace(envelope_json, 'next_on', 'next_in')",
            "document and envelope do not match the digest",
        ),
    ],
)
def test_tampering_is_found(statement, finding):
    assert finding in tampered(statement)


def test_a_mark_that_was_taken_away_is_found():
    shelve(a_document(heading("Что это")), review=REVIEWED)
    fall_due()
    assert list(verify_editions()) == []

    assert "is not overdue for a review as the journal has it" in tampered(
        "UPDATE articles_standing SET overdue_since = NULL"
    )


def test_a_line_about_a_review_that_nobody_promised_for_then_is_found():
    shelve(a_document(heading("Что это")), review=REVIEWED)
    fall_due()

    found = tampered("UPDATE articles_change SET effective_at = '2027-01-01 00:00:00+00' WHERE event = 'fell_due'")

    assert "tells of a review that was not promised for then" in found


def test_a_head_that_was_set_back_is_found():
    JournalHead.objects.update(sequence=1)

    assert "head does not match" in " ".join(verify_editions())
