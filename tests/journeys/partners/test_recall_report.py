"""A recall with twenty partners, five of them down for a while: everybody is told in the end, and the report is right.

The partners do what ours are asked to do: they pull the journal with their key when their webhook is told, and
acknowledge. What the report says is compared with what they know of themselves.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from articles.partners import mailing
from articles.partners.deliveries import Delivery
from articles.partners.pace import Pace
from articles.partners.partner import Partner
from articles.partners.reminders import Reminder
from articles.partners.worker import Worker
from tests.articles.partners.hooks import Hook, hook
from tests.factories.documents import withdraw
from tests.factories.partners import bearing, make_key, make_partner
from tests.factories.recalls import a_live_text, newest_line
from tests.services.receiving import PATIENCE, receivers, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

PARTNERS = 20
AWAY = 5
# Of those who are there, so many acknowledge at once; the others only fetch.
QUICK = 10

# As many attempts as it takes: the servers stay away for as long as the test says, not for three days.
SHORT = Pace(delays=(timedelta(0),) + (timedelta(milliseconds=200),) * 10_000, seconds=30.0)


@dataclass
class Member:
    """A partner with its webhook and its key, and what it knows of its own doings."""

    partner: Partner
    hook: Hook
    key: dict[str, Any]
    fetched_at: datetime | None = None
    acknowledged_at: datetime | None = None

    def fetch(self, client: Client, line: int) -> None:
        lines = json.loads(client.get(f"/api/v1/changes/?after={line - 1}", **self.key).content)["results"]
        assert [one["event"] for one in lines] == ["withdrawn"]
        # To ask for what comes next says that it holds everything so far.
        assert client.get(f"/api/v1/changes/?after={line}", **self.key).status_code == 200
        self.fetched_at = timezone.now()

    def acknowledge(self, client: Client, line: int) -> None:
        given = {"content_type": "application/json"} | self.key
        answer = client.post("/api/v1/acknowledgements/", json.dumps({"up_to": line}), **given)
        assert json.loads(answer.content)["urgent"] == []
        self.acknowledged_at = timezone.now()

    def is_told(self, line: int) -> bool:
        return Delivery.objects.filter(endpoint=self.hook.endpoint, sequence=line, delivered_at__isnull=False).exists()


@contextmanager
def working() -> Iterator[None]:
    """The threads that `run_jobs` has beside its own."""
    stopped = threading.Event()
    threads = [
        threading.Thread(target=Worker(SHORT).serve, args=[stopped], kwargs={"every": 0.05}),
        threading.Thread(target=mailing.serve, args=[stopped], kwargs={"every": 0.05}),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in threads:
            thread.join(PATIENCE)


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client


def report(desk: Client, line: int) -> dict[str, Any]:
    """The report as a file, by the names of partners."""
    told = json.loads(desk.get(f"/admin/recalls/{line}/export/json/").content)
    return told | {"partners": {row["name"]: row for row in told["partners"]}}


def counts(told: dict[str, Any]) -> dict[str, int]:
    return {step: found["count"] for step, found in told["times"].items()} | {
        "neither": sum(row["has_neither"] for row in told["partners"].values())
    }


def test_a_recall_in_which_five_of_twenty_are_down_ends_with_everybody_told_and_the_report_right(
    client: Client, desk: Client, editor: User, mailoutbox: list[EmailMessage]
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    a_live_text("dangerous", at=yesterday)
    with ExitStack() as stack:
        members = []
        for number, server in enumerate(stack.enter_context(receivers(PARTNERS))):
            partner = make_partner(
                f"Partner {number:02}", created_at=yesterday, safety_email=f"night{number:02}@partner.test"
            )
            members.append(Member(partner, hook(server, partner=partner), bearing(make_key(partner)[1])))
        away, here = members[:AWAY], members[AWAY:]
        for one in away:
            one.hook.receiver.answer = lambda got: 503
        stack.enter_context(working())

        withdraw(a_live_text("other", at=yesterday), "en", reason_code="safety", at=timezone.now())
        line = newest_line()
        until(lambda: all(one.is_told(line.sequence) for one in here), "those who are there are told")
        until(lambda: sent() == PARTNERS, "everybody is mailed")
        for one in here:
            one.fetch(client, line.sequence)
        for one in here[:QUICK]:
            one.acknowledge(client, line.sequence)

        middle = report(desk, line.sequence)
        assert counts(middle) == {
            "told": PARTNERS - AWAY, "mailed": PARTNERS, "fetched": PARTNERS - AWAY, "acknowledged": QUICK,
            "neither": AWAY,
        }  # fmt: skip
        behind = sorted(name for name, row in middle["partners"].items() if row["has_neither"])
        assert behind == [one.partner.name for one in away]

        desk.post(f"/admin/recalls/{line.sequence}/", {"remind": "neither"})
        desk.post(f"/admin/recalls/{line.sequence}/", {"remind": "neither"})
        reminded = Reminder.objects.filter(by=editor)
        # Their first mail is minutes old, so nothing is sent again; once it is older, a click does what it says.
        assert not reminded.exists()
        earlier = timezone.now() - timedelta(minutes=11)
        Reminder.objects.update(asked_at=earlier, sent_at=earlier)
        desk.post(f"/admin/recalls/{line.sequence}/", {"remind": "neither"})
        desk.post(f"/admin/recalls/{line.sequence}/", {"remind": "neither"})
        until(lambda: sent() == PARTNERS + AWAY, "reminders are sent")
        assert sorted(reminded.values_list("partner__name", flat=True)) == behind
        assert sorted(mail.to[0] for mail in mailoutbox[PARTNERS:]) == [one.partner.safety_email for one in away]

        for one in away:
            one.hook.receiver.answer = lambda got: 204
        until(lambda: all(one.is_told(line.sequence) for one in members), "everybody is told")
        for one in away:
            one.fetch(client, line.sequence)
        for one in members:
            one.acknowledge(client, line.sequence)

    end = report(desk, line.sequence)
    every = dict.fromkeys(("told", "mailed", "fetched", "acknowledged"), PARTNERS)
    assert counts(end) == every | {"neither": 0}
    for one in members:
        row = end["partners"][one.partner.name]
        arrived = [message["data"]["sequence"] for message in one.hook.verified()]
        assert line.sequence in arrived
        assert one.fetched_at is not None
        assert line.recorded_at <= moment(row["told_at"])
        assert line.recorded_at <= moment(row["fetched_at"]) <= one.fetched_at
        assert moment(row["acknowledged_at"]) <= one.acknowledged_at  # type: ignore[operator]
        assert row["fetched_after_seconds"] == (moment(row["fetched_at"]) - line.recorded_at).total_seconds()
        assert [who["by"] for who in row["reminders"]] == ([str(editor.get_full_name())] if one in away else [])
    last_of_those_who_were_there = max(end["partners"][one.partner.name]["told_at"] for one in here)
    assert all(end["partners"][one.partner.name]["told_at"] > last_of_those_who_were_there for one in away)
    waits = [row["told_after_seconds"] for row in end["partners"].values()]
    assert end["times"]["told"]["p50_seconds"] == sorted(waits)[9]
    assert end["times"]["told"]["p95_seconds"] == sorted(waits)[18]
    page = desk.get(f"/admin/recalls/{line.sequence}/").content.decode()
    assert "Every active partner has acknowledged it." in page


def sent() -> int:
    return Reminder.objects.filter(sent_at__isnull=False).count()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
