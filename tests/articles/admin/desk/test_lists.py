"""Long lists: fifty rows in a page, a fixed number of queries, found in both languages whatever the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content.aggregates import AGGREGATES
from articles.content.sources import Source
from articles.content.terms import Term
from articles.content.texts import Article
from articles.publishing.gist_following import follow
from tests.articles.admin.desk.browser import Desk, address
from tests.factories.desk import a_quote, a_source, an_article, an_expert, an_organisation
from tests.factories.desk_kinds import (
    a_care_box,
    a_care_service,
    a_page,
    a_picture,
    a_question,
    a_term,
    a_topic,
    an_evidence_table,
    some_accounts,
)
from tests.factories.triage_desk import a_protocol, small_file
from triage.engine.exchange import Words

MAKERS: dict[str, Callable[[int], Any]] = {
    "organisation": lambda n: an_organisation(),
    "source": lambda n: a_source(title=f"Source {n}"),
    "expert": lambda n: an_expert(),
    "quote": lambda n: a_quote(),
    "topic": lambda n: a_topic(slug_en=f"topic-{n}"),
    "term": lambda n: a_term(slug_en=f"term-{n}"),
    "care_service": lambda n: a_care_service(),
    "care_box": lambda n: a_care_box(),
    "evidence_table": lambda n: an_evidence_table(),
    "accounts": lambda n: some_accounts(),
    "picture": lambda n: a_picture(),
    "faq": lambda n: a_question(f"question-{n}"),
    "page": lambda n: a_page(f"page-{n}"),
    "article": lambda n: an_article(f"article-{n}"),
    "protocol": lambda n: a_protocol(msgspec.structs.replace(small_file(), id=uuid4(), slug=Words(f"p-{n}", f"p-{n}"))),
}
# They are listed in the form of their protocol.
WITHOUT_A_LIST = {"triage_level", "triage_question"}


def _queries(desk: Desk, page: str, **asked: str) -> int:
    follow()
    desk.client.get(page, asked)
    with CaptureQueriesContext(connection) as captured:
        answer = desk.client.get(page, asked)
    assert answer.status_code == 200
    return len(captured)


def test_every_kind_is_among_the_lists() -> None:
    assert set(MAKERS) == set(AGGREGATES) - WITHOUT_A_LIST


@pytest.mark.parametrize("kind", MAKERS)
def test_a_list_costs_the_same_with_1_and_9_rows_and_at_most_12_queries(desk: Desk, kind: str) -> None:
    MAKERS[kind](0)
    page = address(AGGREGATES[kind], "changelist")
    one = _queries(desk, page)
    for number in range(1, 9):
        MAKERS[kind](number)
    assert _queries(desk, page) == one <= 12


@pytest.fixture
def hundreds_of_terms(db) -> None:
    Term.objects.bulk_create(
        Term(title_ru=f"Термин {n}", title_en=f"Term {n}", slug_ru=f"termin-{n}", slug_en=f"term-{n}")
        for n in range(399)
    )
    Term.objects.create(title_ru="Ахиллово сухожилие", title_en="Achilles tendon", synonyms_ru="пяточное сухожилие")


def test_hundreds_of_terms_are_shown_fifty_at_a_time_for_as_many_queries_as_one(
    desk: Desk, hundreds_of_terms: None
) -> None:
    page = address(Term, "changelist")
    many = _queries(desk, page)
    shown = desk.client.get(page).context["cl"]
    assert (len(shown.result_list), shown.result_count) == (50, 400)
    Term.objects.exclude(title_en="Achilles tendon").delete()
    assert _queries(desk, page) == many


def test_a_term_is_found_among_hundreds_of_in_either_language_whatever_the_case(
    desk: Desk, hundreds_of_terms: None
) -> None:
    asked = ["АХИЛЛОВО", "ахиллово сухожилие", "ПЯТОЧНОЕ", "achilles TENDON"]
    answers = [desk.client.get(address(Term, "changelist"), {"q": words}).context["cl"].result_list for words in asked]
    assert [[term.title_en for term in found] for found in answers] == [["Achilles tendon"]] * len(asked)


def test_the_filter_by_state_answers_for_hundreds_of_terms(desk: Desk, hundreds_of_terms: None) -> None:
    page = address(Term, "changelist")
    for state, count in {"never-ru": 400, "live-en": 0, "changed-ru": 0}.items():
        assert _queries(desk, page, state=state) <= 12
        assert desk.client.get(page, {"state": state}).context["cl"].result_count == count


def test_a_picker_answers_among_hundreds_of_sources_for_a_fixed_number_of_queries(desk: Desk) -> None:
    Source.objects.bulk_create(
        Source(kind="review", title=f"Обзор {n}", authors=f"Автор{n}, А.", issued="2020", language="ru")
        for n in range(500)
    )
    asked = {"app_label": "articles", "model_name": "quote", "field_name": "source", "term": "ОБЗОР 432"}
    with CaptureQueriesContext(connection) as captured:
        answer = desk.client.get("/admin/autocomplete/", asked)
    assert [one["text"] for one in answer.json()["results"]] == ["Автор432 2020"]
    assert len(captured) < 8


def test_the_column_of_the_other_language_is_marked_with_it(desk: Desk) -> None:
    a_term()
    page = desk.client.get(address(Term, "changelist")).content.decode()
    assert '<span lang="ru">Крампи</span>' in page


def test_a_list_begins_at_its_first_title_without_a_sort(desk: Desk) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL decides by how many there are")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {Article.objects.all()[:50].query}".replace("= article", "= 'article'"))
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "text_by_title" in plan
    assert "TEMP B-TREE" not in plan
