"""Workers that are killed, restarted, or more than one: every line arrives, in the order of its item."""

import json
import os
import random
import signal
from collections import defaultdict

import pytest
from django.conf import LazySettings

from articles.editions.shelf import Change
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint
from tests.articles.partners.hooks import head, hook, publish, sequence_of, take_down
from tests.factories.partners import make_partner
from tests.services import workers
from tests.services.receiving import Received, Receiver, receivers, until

pytestmark = pytest.mark.django_db(transaction=True)

# `make soak` asks for many more.
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def arrived(receiver: Receiver) -> dict[str, list[int]]:
    """Lines in the order in which they came, by item."""
    found: dict[str, list[int]] = defaultdict(list)
    for got in list(receiver.received):
        found[json.loads(got.body)["data"]["id"]].append(sequence_of(got))
    return found


def everything_is_delivered() -> bool:
    waiting = Delivery.objects.exclude(state=Delivery.State.DELIVERED)
    return not waiting.exists() and not Endpoint.objects.exclude(reached=head()).exists()


def test_a_worker_killed_at_any_moment_loses_nothing_and_confuses_no_order() -> None:
    chance = random.Random(20_261_126)
    with receivers(2) as servers:
        partner = make_partner()
        flaky = random.Random(7)

        def sometimes(got: Received) -> int | None:
            return flaky.choice([204, 204, 204, 500, None])

        hooks = [hook(one, partner=partner) for one in servers]
        servers[1].answer = sometimes
        for kill in range(ROUNDS):
            with workers.working(lease=2) as worker:
                seen = sum(len(one.received) for one in servers)
                for number in range(3):
                    publish(f"text {kill} {number}", times=2)
                take_down(f"text {kill} 0")
                more = chance.randint(0, 8)
                until(lambda seen=seen, more=more: sum(len(one.received) for one in servers) >= seen + more)
                workers.end(worker, signal.SIGKILL)
        with workers.working(lease=2) as worker:
            until(everything_is_delivered, "everything is delivered")
            assert workers.end(worker) == 0
        lines = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
        for one in hooks:
            came = arrived(one.receiver)
            assert sorted({line for item in came.values() for line in item}) == lines
            # A line may come twice, and never after a later one about its item.
            assert all(item == sorted(item) for item in came.values())
            assert one.verified()


def test_run_jobs_sends_webhooks_and_ends_when_it_is_told(settings: LazySettings) -> None:
    with receivers(1) as [receiver], workers.run_jobs() as worker:
        one = hook(receiver)
        publish("one")
        until(lambda: len(receiver.received) == 1)
        take_down("one")
        until(lambda: len(receiver.received) == 2)
        assert workers.end(worker) == 0
        assert one.lines() == [1, 2]


@pytest.mark.postgresql
def test_two_workers_at_once_send_nothing_twice() -> None:
    with receivers(3) as servers:
        partner = make_partner()
        hooks = [hook(one, partner=partner) for one in servers]
        with workers.working(lease=30) as first, workers.working(lease=30) as second:
            for number in range(5):
                publish(f"text {number}", times=4)
            until(everything_is_delivered, "everything is delivered")
            assert [workers.end(worker) for worker in (first, second)] == [0, 0]
        for one in hooks:
            assert sorted(one.lines()) == list(range(1, head() + 1))
            assert all(item == sorted(item) for item in arrived(one.receiver).values())
