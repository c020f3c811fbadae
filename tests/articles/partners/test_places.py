"""How far each partner has come."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.partners.places import (
    BeyondHeadError,
    Place,
    acknowledge,
    note_fetched,
    reached,
    unacknowledged,
)
from tests.factories.documents import check, withdraw
from tests.factories.recalls import NOON, a_live_text, a_partner, a_withdrawal, after, newest_line

pytestmark = pytest.mark.django_db


def rows(step: str) -> list[int]:
    return list(Place.objects.filter(step=step).order_by("sequence").values_list("sequence", flat=True))


def test_a_partner_that_goes_on_leaves_a_row_for_every_step() -> None:
    partner = a_partner("Clinic")
    for name in ("one", "two", "three"):
        a_live_text(name)

    note_fetched(partner, 1, at=NOON)
    note_fetched(partner, 3, at=after(minutes=1))

    assert rows("fetched") == [1, 3]
    assert reached(partner).fetched == 3


def test_to_come_to_the_same_line_again_or_to_an_earlier_one_writes_nothing_and_costs_one_query() -> None:
    partner = a_partner("Clinic")
    a_withdrawal()
    note_fetched(partner, 2, at=NOON)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        note_fetched(partner, 2, at=after(minutes=1))
        note_fetched(partner, 1, at=after(minutes=2))

    assert len(asked) == 2
    assert list(Place.objects.values_list("sequence", "at")) == [(2, NOON)]


def test_whoever_has_nothing_yet_stands_nowhere() -> None:
    partner = a_partner("Clinic")
    note_fetched(partner, 0, at=NOON)
    acknowledge(partner, 0, at=NOON)
    assert not Place.objects.exists()
    assert (reached(partner).fetched, reached(partner).acknowledged) == (0, 0)


@pytest.mark.parametrize("come_to", [note_fetched, acknowledge])
def test_nobody_comes_beyond_the_newest_line(come_to: object) -> None:
    partner = a_partner("Clinic")
    a_withdrawal()

    with pytest.raises(BeyondHeadError) as refused:
        come_to(partner, 3, at=NOON)  # type: ignore[operator]

    assert (refused.value.sequence, refused.value.head) == (3, 2)
    assert not Place.objects.exists()


def test_who_has_carried_a_line_out_has_fetched_it_whichever_way_it_came() -> None:
    partner = a_partner("Clinic")
    a_withdrawal()
    acknowledge(partner, 2, at=NOON)
    assert (reached(partner).fetched, reached(partner).acknowledged) == (2, 2)


def test_what_is_still_to_be_carried_out_is_urgent_and_behind_the_partners_place() -> None:
    partner = a_partner("Clinic")
    a_withdrawal("one")
    check(a_live_text("two", at=NOON), "en", started="We are looking at it.", at=NOON)
    withdraw(a_live_text("three", at=NOON), "en", at=NOON)

    acknowledge(partner, 2, at=NOON)

    behind = unacknowledged(partner, limit=10)
    assert [(line.sequence, line.event) for line in behind] == [(4, "check_started"), (6, "withdrawn")]
    assert [line.sequence for line in unacknowledged(partner, limit=1)] == [4]


def test_what_was_withdrawn_before_somebody_became_a_partner_is_no_concern_of_theirs() -> None:
    a_withdrawal()
    late = a_partner("Late", created_at=after(minutes=1))
    assert unacknowledged(late, limit=10) == []


def test_places_of_partners_are_their_own() -> None:
    one, other = a_partner("One"), a_partner("Other")
    a_withdrawal()
    acknowledge(one, 2, at=NOON)
    assert [line.sequence for line in unacknowledged(other, limit=10)] == [2]
    assert unacknowledged(one, limit=10) == []


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_leave_the_furthest_place() -> None:
    partner = a_partner("Clinic")
    for number in range(8):
        a_live_text(f"text-{number}")
    together = Barrier(8)

    def say(sequence: int) -> None:
        together.wait()
        try:
            note_fetched(partner, sequence, at=after(seconds=sequence))
            acknowledge(partner, sequence, at=after(seconds=sequence))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(1, 9)))

    assert reached(partner) == reached(partner).__class__(8, 8)
    assert newest_line().sequence == 8
