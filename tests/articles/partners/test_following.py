"""Each line of the journal becomes one delivery per webhook that it concerns."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editions.shelf import JournalHead
from articles.partners import endpoints, following
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint
from tests.articles.partners.hooks import head, publish, take_down
from tests.factories.documents import a_document, an_english_document, an_id, heading, shelve
from tests.factories.partners import make_endpoint, make_partner

pytestmark = pytest.mark.django_db


def follow() -> int:
    return following.follow(at=timezone.now())


def told(endpoint: Endpoint) -> list[int | None]:
    rows = Delivery.objects.filter(endpoint=endpoint).order_by("sequence")
    return list(rows.values_list("sequence", flat=True))


def test_every_line_is_told_once() -> None:
    endpoint = make_endpoint()
    publish("one", times=3)
    assert (follow(), follow()) == (3, 0)
    take_down("one")
    assert follow() >= 1
    endpoint.refresh_from_db()
    assert told(endpoint) == list(range(1, head() + 1))
    assert endpoint.reached == head()


def test_more_lines_than_one_transaction_tells_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BATCH", 2)
    endpoint = make_endpoint()
    publish("one", times=5)
    assert follow() == 5
    assert told(endpoint) == [1, 2, 3, 4, 5]


def test_a_webhook_is_told_what_is_in_its_scope_and_passes_over_the_rest() -> None:
    shelve(a_document(heading("да")), "ru", item=an_id("one"))
    shelve(an_english_document(heading("yes")), "en", item=an_id("one"))
    partner = make_partner()
    english = make_endpoint(partner, languages=["en"])
    questions = make_endpoint(partner, kinds=["faq"])
    follow()
    languages = {row.sequence for row in Delivery.objects.filter(endpoint=english)}
    assert languages
    assert told(questions) == []
    assert set(Endpoint.objects.values_list("reached", flat=True)) == {head()}
    assert len(languages) < head()


def test_a_paused_webhook_stays_where_it_is() -> None:
    endpoint = make_endpoint()
    endpoints.pause(endpoint, Endpoint.Pause.BY_PARTNER, at=timezone.now())
    publish("one")
    assert follow() == 0
    assert Endpoint.objects.get().reached == 0


def test_rows_and_place_are_written_together(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = make_endpoint()
    publish("one")

    def fails(*given: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(following, "_hurry", fails)
        with pytest.raises(RuntimeError):
            follow()
    assert told(endpoint) == []
    assert Endpoint.objects.get().reached == 0
    assert follow() == 1


def test_after_a_restored_backup_new_lines_are_not_taken_for_told() -> None:
    endpoint = make_endpoint(reached=50)
    publish("one")
    assert follow() == 0
    publish("two")
    assert follow() == 1
    assert told(endpoint) == [2]


def test_without_a_journal_there_is_nothing_to_tell() -> None:
    make_endpoint()
    JournalHead.objects.all().delete()
    assert follow() == 0


def test_a_round_without_news_costs_two_queries_however_many_webhooks_there_are() -> None:
    partner = make_partner()
    for _ in range(5):
        make_endpoint(partner)
    publish("one")
    follow()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        follow()
    assert len(queries) == 2


def test_what_is_for_safety_is_marked() -> None:
    make_endpoint()
    publish("one")
    publish("two", change="safety")
    take_down("one")
    follow()
    rows = {row.sequence: (row.type, row.is_urgent) for row in Delivery.objects.all()}
    assert rows[1] == ("item.published", False)
    assert rows[2] == ("item.published", True)
    assert rows[3] == ("item.withdrawn", True)
