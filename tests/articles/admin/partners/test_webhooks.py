"""The page of a webhook: each delivery of thirty days with its attempts, and the way to pause it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.partners.deliveries import Attempt, Delivery
from articles.partners.endpoints import Endpoint, pause
from tests.factories.partners import make_endpoint

pytestmark = pytest.mark.django_db


def page(endpoint: Endpoint) -> str:
    return reverse("admin:partner_webhook", args=[endpoint.pk])


def a_delivery(endpoint: Endpoint, sequence: int, *, days_ago: int = 0, **given: Any) -> Delivery:
    at = timezone.now() - timedelta(days=days_ago)
    values: dict[str, Any] = {"type": "item.withdrawn", "state": Delivery.State.FAILED, "created_at": at, "attempts": 2}
    delivery = Delivery.objects.create(endpoint=endpoint, sequence=sequence, **(values | given))
    Attempt.objects.create(delivery=delivery, number=1, at=at, milliseconds=321, status=503)
    Attempt.objects.create(delivery=delivery, number=2, at=at, milliseconds=10_000, fault="too-slow")
    return delivery


def test_each_delivery_is_shown_with_what_came_back(office: Client) -> None:
    endpoint = make_endpoint()
    a_delivery(endpoint, 41, is_urgent=True)

    html = office.get(page(endpoint)).content.decode()

    for words in (
        "item.withdrawn",
        "urgent",
        "41",
        "given up",
        "answered 503",
        "321 ms",
        "The server took too long.",
    ):
        assert words in html


def test_deliveries_of_before_the_thirty_days_and_of_others_are_not_shown(office: Client) -> None:
    endpoint = make_endpoint()
    a_delivery(endpoint, 5, days_ago=31)
    a_delivery(make_endpoint(endpoint.partner, url="https://partner.test/other"), 6)

    assert office.get(page(endpoint)).context["deliveries"] == []


def test_a_pause_is_ours_and_noted_and_a_second_click_changes_nothing(office: Client) -> None:
    endpoint = make_endpoint()
    for _ in range(2):
        office.post(page(endpoint), {"_pause": "1"})

    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.pause_reason) == ("paused", "by_us")
    html = office.get(reverse("admin:articles_partner_change", args=[endpoint.partner_id])).content.decode()
    assert html.count("Webhook https://partner.test/hook paused. Анна Белова") == 1


def test_what_has_waited_is_due_when_it_is_resumed(office: Client) -> None:
    endpoint = make_endpoint()
    later = timezone.now() + timedelta(days=1)
    delivery = a_delivery(endpoint, 7, state=Delivery.State.WAITING, next_attempt_at=later)
    pause(endpoint, Endpoint.Pause.GIVEN_UP, at=timezone.now())
    assert "it could not be reached for three days" in office.get(page(endpoint)).content.decode()

    office.post(page(endpoint), {"_resume": "1"})

    endpoint.refresh_from_db()
    delivery.refresh_from_db()
    assert endpoint.is_active
    assert delivery.next_attempt_at is not None
    assert delivery.next_attempt_at < later


def test_many_deliveries_come_on_pages_and_cost_as_many_queries_as_one(
    office: Client, django_assert_num_queries: Any
) -> None:
    endpoint = make_endpoint()
    a_delivery(endpoint, 1)
    office.get(page(endpoint))
    with CaptureQueriesContext(connection) as few:
        office.get(page(endpoint))
    for number in range(2, 53):
        a_delivery(endpoint, number)

    with django_assert_num_queries(len(few)):
        first = office.get(page(endpoint))
    assert len(first.context["deliveries"]) == 50
    assert len(office.get(page(endpoint) + "?page=2").context["deliveries"]) == 2
    assert office.get(page(endpoint) + "?page=nonsense").status_code == 200
