"""What the journal tells: each text once, by what was done to it last."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions.news import corrections, news
from articles.publishing.withdraw import restore
from articles.publishing.withdraw import withdraw as withdraw_article
from tests.factories.desk import an_article
from tests.factories.documents import (
    ARTICLE,
    NOON,
    REVIEWED,
    a_document,
    agreed,
    an_english_document,
    an_id,
    heading,
    shelve,
    withdraw,
)
from tests.factories.documents_of_kinds import a_faq, a_term
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, later, publish_article

pytestmark = pytest.mark.django_db

KINDS = ("article", "faq")
DAY = timedelta(days=1)


def told(limit: int = 50) -> list[tuple[str, str]]:
    return [(one.shelved.standing.title, one.event) for one in news(KINDS, "ru", limit=limit)]


def test_the_journal_is_read_backwards_and_not_sorted() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL knows how long the journal is")
    shelve(a_document(heading("Что это")))
    with CaptureQueriesContext(connection) as made:
        told()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {made[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert len(plan) == 1, plan
    assert "articles_change" in plan[0]


def test_the_newest_comes_first_and_each_text_once() -> None:
    shelve(a_document(heading("Что это")))
    shelve(a_faq(), item=an_id("faq"), at=NOON + DAY)
    shelve(a_document(heading("Иначе")), change="update", at=NOON + 2 * DAY)

    assert told() == [("Судороги в тестах", "published"), ("Это опасно?", "published")]


def test_a_review_and_a_state_of_the_translation_are_no_news() -> None:
    original = a_document(heading("Что это"))
    shelve(original)
    shelve(an_english_document(heading("What", name="Что это")), "en", translation_of=agreed(original))
    shelve(a_faq(), item=an_id("faq"), at=NOON + DAY)
    shelve(original, change="review", review=REVIEWED, at=NOON + 2 * DAY)

    assert told() == [("Это опасно?", "published"), ("Судороги в тестах", "published")]


def test_other_kinds_and_the_other_language_are_not_told() -> None:
    shelve(a_term(), item=an_id("term"))
    shelve(an_english_document(heading("What")), "en")

    assert told() == []


def test_a_withdrawal_is_news_and_so_is_a_text_that_is_back(editor: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    why = {"ru": "Проверяем.", "en": "We are checking."}
    withdraw_article("article", article.pk, BOTH, reason_code="error", reasons=why, by=editor, at=later(1))
    gone = news(KINDS, "ru", limit=5)
    restore("article", article.pk, "ru", note="Проверили.", by=editor, at=later(2))

    back = news(KINDS, "ru", limit=5)

    assert [(one.event, one.shelved.is_live, one.change_class) for one in gone] == [("withdrawn", False, "safety")]
    assert [(one.event, one.shelved.is_live, one.note) for one in back] == [("restored", True, "Проверили.")]


def test_of_an_erased_text_the_withdrawal_is_what_is_told(editor: User, administrator: User) -> None:
    article = an_article()
    publish_article(article, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_article("article", article.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    erase(article, "article", editor, administrator)

    (one,) = news(KINDS, "ru", limit=5)

    assert (one.event, one.shelved.standing.title, one.shelved.standing.slug) == ("withdrawn", "", "")


def test_it_costs_two_queries_and_stops_at_the_limit(django_assert_num_queries: object) -> None:
    for number in range(12):
        shelve(a_faq(slug=f"q{number}", title=f"Вопрос {number}"), item=an_id(f"faq/{number}"))

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert told(3) == [(f"Вопрос {number}", "published") for number in (11, 10, 9)]


def test_corrections_are_those_of_this_text_in_this_language_and_only_the_newest() -> None:
    shelve(a_document(heading("0")))
    shelve(an_english_document(heading("0")), "en", change="correction", note="English only.")
    for number in range(1, 8):
        at = NOON + number * DAY
        shelve(a_document(heading(str(number))), change="correction", note=f"Раз {number}.", at=at)
    withdraw(at=NOON + 9 * DAY)

    assert [one.note for one in corrections(ARTICLE, "ru")] == [f"Раз {number}." for number in (7, 6, 5, 4, 3)]
    assert [one.note for one in corrections(ARTICLE, "en")] == ["English only."]
