"""A text turns out to be dangerous while some partners' servers are away: in the end every one of them was told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.pace import Pace
from articles.partners.worker import Worker
from tests.articles.partners.hooks import Hook, head, hook, publish, take_down
from tests.factories.partners import make_partner
from tests.services.receiving import PATIENCE, receivers, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

PARTNERS = 20
AWAY = 5

# As many attempts as it takes: the servers stay away for as long as the test says, not for three days.
SHORT = Pace(delays=(timedelta(0),) + (timedelta(milliseconds=200),) * 10_000, seconds=30.0)


@contextmanager
def working() -> Iterator[None]:
    """A worker in a thread, as `run_jobs` has one."""
    stopped = threading.Event()
    thread = threading.Thread(target=Worker(SHORT).serve, args=[stopped], kwargs={"every": 0.05})
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(PATIENCE)


def told(hooks: list[Hook], line: int) -> int:
    """How many of them have been told of the line."""
    keys = [one.endpoint.pk for one in hooks]
    return Delivery.objects.filter(endpoint__in=keys, sequence=line, state=Delivery.State.DELIVERED).count()


def test_a_recall_with_twenty_partners_of_whom_five_are_away_for_a_while_reaches_every_one() -> None:
    with receivers(PARTNERS) as servers:
        hooks = [hook(one, partner=make_partner(f"Partner {number}")) for number, one in enumerate(servers)]
        here, away = hooks[AWAY:], hooks[:AWAY]
        # Each is away in its own way: no answer, faults of its own, faults of what stands before it.
        for one, answer in zip(away, [None, None, 500, 502, (503, {"Retry-After": "0"})], strict=True):
            one.receiver.answer = lambda got, answer=answer: answer
        with working():
            publish("dangerous", times=2)
            publish("harmless")
            until(lambda: told(here, 1) == len(here), "those who are there know the text")
            take_down("dangerous")
            recall = head()
            began = time.monotonic()
            until(lambda: told(here, recall) == len(here), "those who are there are told")
            took = time.monotonic() - began
            # The five hold up nobody; a slow machine gets all the time that it needs.
            assert took < PATIENCE
            assert told(away, recall) == 0

            for one in away:
                one.receiver.answer = lambda got: 204
            until(lambda: told(hooks, recall) == PARTNERS, "everybody is told")
            until(lambda: not Delivery.objects.filter(state=Delivery.State.WAITING).exists(), "nothing waits")

        assert Endpoint.objects.filter(state=Endpoint.State.ACTIVE).count() == PARTNERS
        for one in hooks:
            about = [message["data"] for message in one.verified() if message["data"]["id"] == item_of(recall)]
            # In order, and the withdrawal last: whoever acts on what it hears ends without the text.
            assert [line["sequence"] for line in about] == sorted(line["sequence"] for line in about)
            assert about[-1]["event"] == "withdrawn"


def item_of(line: int) -> str:
    return str(Delivery.objects.filter(sequence=line).values_list("item", flat=True)[0])
