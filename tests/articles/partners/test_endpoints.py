"""Registering, pausing and rotating."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.editions.shelf import Change
from articles.partners import endpoints
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import MOST_PER_PARTNER, BadAddressError, Endpoint, TooManyEndpointsError
from articles.partners.pauses import untold
from articles.partners.reminders import remind
from articles.partners.replaying import resume
from articles.partners.standings import standings_on, tallies
from tests.articles.partners.hooks import head, publish, send, take_down
from tests.factories.partners import make_endpoint, make_partner
from tests.services.receiving import Receiver, receivers

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers(1) as [one]:
        yield one


def test_a_new_webhook_is_told_of_what_comes_and_not_of_what_was(receiver: Receiver) -> None:
    publish("before")
    made = endpoints.register(
        make_partner(), receiver.url, at=timezone.now(), kinds=["faq", "article"], languages=["ru"]
    )
    assert (made.reached, made.is_active, made.kinds, made.languages) == (head(), True, ["article", "faq"], ["ru"])
    assert receiver.received == []


@pytest.mark.parametrize(("url", "kind"), [
    ("https://no-such-name.invalid/", "no-such-host"),
    ("http://10.0.0.1/", "forbidden-address"),
    ("http://169.254.169.254/latest/meta-data/", "forbidden-address"),
    ("ftp://127.0.0.1/", "bad-address"),
    ("https://user:word@partner.example/", "bad-address"),
])  # fmt: skip
def test_an_address_that_we_would_not_ask_is_refused(url: str, kind: str) -> None:
    with pytest.raises(BadAddressError) as refused:
        endpoints.register(make_partner(), url, at=timezone.now())
    assert refused.value.fault.kind == kind
    assert not Endpoint.objects.exists()


def test_in_production_this_machine_is_refused(receiver: Receiver, settings: LazySettings) -> None:
    settings.OUTGOING_LOOPBACK = False
    partner = make_partner()
    for url in (receiver.url, receiver.url.replace("http:", "https:")):
        with pytest.raises(BadAddressError):
            endpoints.register(partner, url, at=timezone.now())


def test_a_partner_has_so_many_and_no_more(receiver: Receiver) -> None:
    partner = make_partner()
    for _ in range(MOST_PER_PARTNER):
        endpoints.register(partner, receiver.url, at=timezone.now())
    with pytest.raises(TooManyEndpointsError):
        endpoints.register(partner, receiver.url, at=timezone.now())
    endpoints.register(make_partner("Another of the tests"), receiver.url, at=timezone.now())


def test_a_pause_keeps_its_first_reason() -> None:
    endpoint = make_endpoint()
    endpoints.pause(endpoint, Endpoint.Pause.GONE, at=timezone.now())
    endpoints.pause(endpoint, Endpoint.Pause.BY_PARTNER, at=timezone.now())
    assert (endpoint.is_active, endpoint.pause_reason) == (False, "gone")


def test_a_resumed_webhook_has_no_reason_any_more() -> None:
    endpoint = make_endpoint()
    endpoints.pause(endpoint, Endpoint.Pause.GONE, at=timezone.now())
    resume(endpoint, at=timezone.now())
    assert (endpoint.is_active, endpoint.pause_reason, endpoint.paused_at) == (True, "", None)


def test_a_pause_without_a_reason_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Endpoint.objects.filter(pk=make_endpoint().pk).update(state="paused")


def test_a_deleted_webhook_is_gone_with_its_deliveries() -> None:
    endpoint = make_endpoint()
    publish("one")
    send()
    assert endpoint.deliveries.exists()  # type: ignore[attr-defined]
    endpoints.delete(endpoint)
    assert not Endpoint._base_manager.exists()
    assert not Delivery.objects.exists()


def test_deleting_a_webhook_takes_nothing_out_of_the_report_of_a_recall(receiver: Receiver) -> None:
    endpoint = endpoints.register(make_partner(), receiver.url, at=timezone.now())
    publish("one")
    take_down("one")
    line = Change.objects.get(event="withdrawn")
    send()
    told_at = standings_on(line)[0].told_at
    assert told_at

    endpoints.delete(endpoint)
    assert (standings_on(line)[0].told_at, tallies([line])[line.sequence].told) == (told_at, 1)
    assert not Endpoint.objects.exists()
    assert not endpoint.partner.endpoints.exists()  # type: ignore[attr-defined]
    assert receiver.url not in str(list(Endpoint._base_manager.values()))
    assert Delivery.objects.count() == 1

    received = len(receiver.received)
    remind([endpoint.partner_id], line, by=endpoint.partner.created_by, at=timezone.now())
    publish("two")
    assert send() == 0
    assert (len(receiver.received), untold()) == (received, [])
    for _ in range(MOST_PER_PARTNER):
        endpoints.register(endpoint.partner, receiver.url, at=timezone.now())
