"""How far a recall has come."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.editions.shelf import Change
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.partner import Partner
from articles.partners.places import acknowledge, note_fetched
from articles.partners.reminders import Reminder, remind
from articles.partners.replaying import replay_one
from articles.partners.standings import Tally, standings_on, tallies, times, urgent_lines
from tests.factories.desk import an_editor
from tests.factories.partners import make_endpoint
from tests.factories.recalls import NOON, a_live_text, a_partner, a_withdrawal, after

pytestmark = pytest.mark.django_db


def delivered(endpoint: Endpoint, line: Change, **given: object) -> Delivery:
    values = {"state": Delivery.State.DELIVERED, "delivered_at": after(seconds=2), "created_at": NOON}
    return Delivery.objects.create(
        endpoint=endpoint, sequence=line.sequence, item=line.item, type=line.event, **(values | given)
    )


def test_each_partner_stands_where_it_came_to_and_when() -> None:
    one, other = a_partner("One"), a_partner("Other")
    line = a_withdrawal()
    a_live_text("later", at=after(minutes=1))
    delivered(make_endpoint(one), line)
    note_fetched(one, line.sequence + 1, at=after(seconds=30))
    acknowledge(one, line.sequence, at=after(minutes=2))
    Reminder.objects.create(partner=one, sequence=line.sequence, asked_at=NOON, sent_at=after(seconds=1))

    first, second = standings_on(line)

    assert (first.partner, second.partner) == (one, other)
    assert [first.took(step) for step in ("told", "mailed", "fetched", "acknowledged")] == [
        timedelta(seconds=2), timedelta(seconds=1), timedelta(seconds=30), timedelta(minutes=2),
    ]  # fmt: skip
    assert [second.took(step) for step in ("told", "mailed", "fetched", "acknowledged")] == [None] * 4
    assert (first.has_neither, second.has_neither) == (False, True)


def test_the_moment_is_that_of_the_first_step_at_or_beyond_the_line() -> None:
    one, line = a_partner("One"), a_withdrawal()
    a_live_text("later", at=NOON)
    note_fetched(one, line.sequence - 1, at=after(seconds=1))
    note_fetched(one, line.sequence, at=after(seconds=5))
    note_fetched(one, line.sequence + 1, at=after(seconds=9))
    assert standings_on(line)[0].fetched_at == after(seconds=5)


def test_a_delivery_that_waits_or_was_given_up_has_told_nobody() -> None:
    one, line = a_partner("One"), a_withdrawal()
    delivered(make_endpoint(one), line, state=Delivery.State.WAITING, delivered_at=None, next_attempt_at=NOON)
    delivered(make_endpoint(one, "https://other.test/"), line, state=Delivery.State.FAILED, delivered_at=None)
    assert standings_on(line)[0].told_at is None


def test_what_is_sent_again_was_delivered_all_the_same() -> None:
    one, line = a_partner("One"), a_withdrawal()
    replay_one(delivered(make_endpoint(one), line), at=after(minutes=1))
    assert standings_on(line)[0].told_at == after(seconds=2)
    assert tallies([line])[line.sequence].told == 1


def test_of_two_webhooks_the_first_that_was_reached_counts() -> None:
    one, line = a_partner("One"), a_withdrawal()
    delivered(make_endpoint(one), line, delivered_at=after(seconds=9))
    delivered(make_endpoint(one, "https://other.test/"), line, delivered_at=after(seconds=3))
    assert standings_on(line)[0].told_at == after(seconds=3)
    assert tallies([line])[line.sequence].told == 1


def test_whoever_became_a_partner_later_is_not_asked() -> None:
    line = a_withdrawal()
    a_partner("Late", created_at=after(seconds=1))
    assert standings_on(line) == []
    assert tallies([line])[line.sequence].partners == 0


def test_reminders_that_people_asked_for_stand_beside_the_partner() -> None:
    vera, one, line = an_editor(), a_partner("One"), a_withdrawal()
    remind([one.pk], line, by=vera, at=after(hours=1))
    assert [reminder.by for reminder in standings_on(line)[0].reminders] == [vera]


def test_tallies_count_active_partners_line_by_line() -> None:
    one, two = a_partner("One"), a_partner("Two")
    a_partner("Suspended", state=Partner.State.SUSPENDED)
    first, second = a_withdrawal("first"), a_withdrawal("second")
    acknowledge(one, second.sequence, at=NOON)
    note_fetched(two, first.sequence, at=NOON)

    found = tallies([first, second])

    assert found[first.sequence] == Tally(partners=2, told=0, mailed=0, fetched=2, acknowledged=1, neither=0)
    assert found[second.sequence] == Tally(partners=2, told=0, mailed=0, fetched=1, acknowledged=1, neither=1)


def test_urgent_lines_come_newest_first_and_in_pages() -> None:
    numbers = [a_withdrawal(name).sequence for name in ("one", "two", "three")]
    assert [line.sequence for line in urgent_lines(limit=2)] == [numbers[2], numbers[1]]
    assert [line.sequence for line in urgent_lines(limit=2, before=numbers[1])] == [numbers[0]]


def test_times_are_told_of_those_who_came_so_far() -> None:
    line = a_withdrawal()
    partners = [a_partner(f"Partner {number:02}") for number in range(20)]
    for number, partner in enumerate(partners[:19], start=1):
        note_fetched(partner, line.sequence, at=after(seconds=number))

    found = times(standings_on(line))

    assert (found["fetched"].count, found["told"].count) == (19, 0)
    assert (found["fetched"].p50, found["fetched"].p95) == (timedelta(seconds=10), timedelta(seconds=19))
    assert (found["told"].p50, found["told"].p95) == (None, None)


def test_queries_do_not_grow_with_partners_or_lines() -> None:
    def asked(number: int) -> tuple[int, int]:
        line = a_withdrawal(f"text-{uuid4()}")
        for _ in range(number):
            note_fetched(a_partner(str(uuid4())), line.sequence, at=NOON)
        lines = urgent_lines(limit=50)
        with CaptureQueriesContext(connection) as of_line:
            standings_on(line)
        with CaptureQueriesContext(connection) as of_lines:
            tallies(lines)
        return len(of_line), len(of_lines)

    assert asked(1) == asked(12) == (2, 3)
