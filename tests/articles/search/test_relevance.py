"""How well search answers judged queries, on the bundled content among neighbours; `make relevance` prints it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from articles.editions.shelf import Standing
from articles.search import finding
from articles.search.finding import search
from articles.search.following import follow
from articles.search.tables import IndexedText
from cramps_site.first_run import create_accounts, load_starter
from tests.examples.search import report
from tests.examples.search.report import Measured
from tests.factories.documents import NOON

pytestmark = pytest.mark.django_db

# nDCG@5, success@1 and success@5: a little below what was reached when the scorer was tuned (.886 .879 .924 in Russian,
# .857 .856 .896 in English). A change that falls below is no improvement.
FLOORS = {"ru": (0.9, 0.9, 0.94), "en": (0.87, 0.88, 0.92)}
# Nothing else than nothing can be right here.
NOTHING = "nothing"
# One of two words stands somewhere («Курсы хинди»), or is like one that does (races). Half a question is answered, or
# a name with “Dr” before it would find nothing.
HALF_FOUND = {"курс доллара", "mortgage rates"}
DEEP = 10


@pytest.fixture(scope="module", autouse=True)
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The bundled content and its neighbours, published and indexed once for all tests here, and taken back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        create_accounts(lambda name, password: None)
        load_starter(NOON)
        report.shelve_neighbours()
        follow()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def results(shelf: None) -> list[Measured]:
    return report.measured(lambda query, language: [hit.item for hit in search(query, language, limit=DEEP).hits])


def test_the_judged_queries_are_many_and_name_what_was_wanted() -> None:
    judged = report.judged_queries()

    assert len({(one.language, one.query) for one in judged}) == len(judged) >= 140
    assert len([None for one in judged if one.language == "ru"]) >= 60
    assert len([None for one in judged if one.language == "en"]) >= 60
    for one in judged:
        assert set(one.wanted.values()) <= {1, 2, 3}, one
        assert (report.WANTED in one.wanted.values()) == (one.kind != NOTHING), one


def test_everything_that_is_judged_can_be_found() -> None:
    live = {str(item) for item in Standing.objects.filter(state=Standing.State.LIVE).values_list("item", flat=True)}

    assert {item for one in report.judged_queries() for item in one.wanted} <= live
    assert len([None for _, language, _ in report.neighbours() if language == "ru"]) == 60
    assert len([None for _, language, _ in report.neighbours() if language == "en"]) == 60


def test_search_answers_judged_queries(results: list[Measured]) -> None:
    names = dict(Standing.objects.order_by("language").values_list("item", "title"))
    rows = report.table(results)
    print("\n".join(["", report.HEAD, *map(str, rows), "", "Not first what was wanted:"]))
    print("\n".join(report.misses(results, {str(item): title for item, title in names.items()})))

    for row in rows:
        if row.kind == "all" and row.language:
            reached = zip((row.ndcg, row.first, row.five), FLOORS[row.language], strict=True)
            assert all(value >= floor for value, floor in reached), row


def test_what_nobody_wrote_about_is_not_found(results: list[Measured]) -> None:
    found = {one.judged.query for one in results if one.judged.kind == NOTHING and one.found}

    assert found <= HALF_FOUND


def test_the_order_is_that_of_scoring_every_text(results: list[Measured], monkeypatch: pytest.MonkeyPatch) -> None:
    """Candidates of the database leave out nothing that would be among the first ten; so both databases agree."""
    every = list(IndexedText.objects.order_by("pk").values_list("pk", flat=True))
    monkeypatch.setattr(finding._Asking, "_chosen", lambda self, wanted, candidates: every)

    for one in results:
        hits = search(one.judged.query, one.judged.language, limit=DEEP).hits
        assert tuple(hit.item for hit in hits) == one.found, one.judged.query


def test_a_third_of_all_texts_is_candidates_enough(results: list[Measured], monkeypatch: pytest.MonkeyPatch) -> None:
    """So many times more texts than there are candidates, and the first ten are still the same."""
    monkeypatch.setattr(finding, "CANDIDATES", 40)

    for one in results:
        hits = search(one.judged.query, one.judged.language, limit=DEEP).hits
        assert tuple(hit.item for hit in hits) == one.found, one.judged.query
