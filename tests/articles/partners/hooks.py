"""Webhooks on this machine: registered, told of lines, and what arrived."""

import json
from dataclasses import dataclass
from typing import Any

import time_machine
from django.utils import timezone
from standardwebhooks import Webhook

from articles.editions.envelope import ChangeClass
from articles.editions.shelf import Change
from articles.partners import signing
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.pace import Pace
from articles.partners.worker import Worker
from tests.factories.documents import a_document, an_id, heading, restore, shelve, withdraw
from tests.factories.partners import make_endpoint
from tests.services.receiving import Received, Receiver

# The real schedule; on a busy machine a request may take its time.
PACE = Pace(seconds=60.0)


@dataclass
class Hook:
    """A webhook with its server."""

    endpoint: Endpoint
    receiver: Receiver

    def verified(self) -> list[dict[str, Any]]:
        """Everything that arrived, each checked by the library of the standard as if at the moment of its coming."""
        checker, found = Webhook(signing.secret(self.fresh())), []
        for got in list(self.receiver.received):
            with time_machine.travel(int(got.headers["webhook-timestamp"]), tick=False):
                found.append(checker.verify(got.body, got.headers))
        return found

    def lines(self) -> list[int]:
        """Numbers of the lines that arrived, in their order."""
        return [told["data"]["sequence"] for told in self.verified()]

    def fresh(self) -> Endpoint:
        return Endpoint.objects.get(pk=self.endpoint.pk)

    def deliveries(self) -> list[Delivery]:
        return list(Delivery.objects.filter(endpoint=self.endpoint).order_by("sequence"))

    def states(self) -> list[str]:
        return [one.state for one in self.deliveries()]


def hook(receiver: Receiver, **given: Any) -> Hook:
    return Hook(make_endpoint(url=receiver.url, **given), receiver)


def publish(name: str, *, change: ChangeClass = "first", times: int = 1) -> str:
    """Publish an article of this name and return its id."""
    for number in range(times):
        document = a_document(heading(f"{name} {number}"), slug=f"text-{an_id(name)}")
        shelve(document, item=an_id(name), change=change, note="Что изменилось.", at=timezone.now())
    return an_id(name)


def take_down(name: str) -> None:
    withdraw(an_id(name), reason_code="safety", at=timezone.now())


def bring_back(name: str) -> None:
    restore(an_id(name), at=timezone.now())


def head() -> int:
    return Change.objects.count()


def send(pace: Pace = PACE) -> int:
    """Let a worker send all that is due, and return how many requests that took."""
    return Worker(pace).once()


def sequence_of(got: Received) -> int:
    return int(json.loads(got.body)["data"]["sequence"])


def everything_due() -> None:
    """As if the next attempt of everything that waits had come."""
    Delivery.objects.filter(state=Delivery.State.WAITING).update(next_attempt_at=timezone.now(), leased_until=None)
