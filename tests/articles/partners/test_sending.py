"""What a receiver gets, in which order, and what happens when it does not take it."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.editions.journal import public_line
from articles.editions.shelf import Change
from articles.partners import endpoints, following, sending
from articles.partners.deliveries import Attempt, Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.pace import Pace
from articles.partners.replaying import resume
from tests.articles.partners.hooks import PACE, Hook, everything_due, hook, publish, send, sequence_of, take_down
from tests.factories.documents import an_id
from tests.factories.partners import make_partner
from tests.services.receiving import Receiver, receivers

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers(1) as [one]:
        yield one


def settle(times: int = 12) -> None:
    """Let the short schedule run to its end."""
    for _ in range(times):
        everything_due()
        send()


def test_a_message_is_the_line_of_the_journal_signed(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one")
    assert send() == 1
    [told] = one.verified()
    line = Change.objects.get()
    assert told == {"type": "item.published", "timestamp": public_line(line)["recorded_at"], "data": public_line(line)}
    [got] = receiver.received
    [delivery] = one.deliveries()
    assert got.headers["webhook-id"] == str(delivery.pk)
    assert got.headers["content-type"] == "application/json"
    assert delivery.state == "delivered"
    assert [(row.number, row.status, row.fault) for row in delivery.log.all()] == [(1, 204, "")]


def test_no_words_of_a_text_are_sent(receiver: Receiver) -> None:
    hook(receiver)
    publish("слово в тексте")
    send()
    assert "слово" not in receiver.received[0].body.decode()


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_2xx_is_a_success(receiver: Receiver, status: int) -> None:
    receiver.status = status
    one = hook(receiver)
    publish("one")
    send()
    assert one.states() == ["delivered"]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 418, 429, 500, 502, 503])
def test_whatever_else_is_answered_is_tried_again(receiver: Receiver, status: int) -> None:
    answers = iter([(status, {"Location": receiver.url}), 204])
    receiver.answer = lambda got: next(answers)
    one = hook(receiver)
    publish("one")
    send()
    everything_due()
    send()
    assert one.states() == ["delivered"]
    assert [row.status for row in Attempt.objects.all()] == [status, 204]
    # The same message, so the receiver may drop what it has: but each attempt is signed with its own time.
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 1
    assert len(one.verified()) == 2


@pytest.mark.usefixtures("standing_clock")
def test_what_failed_comes_again_after_the_schedule_and_not_before(receiver: Receiver) -> None:
    receiver.status = 500
    one = hook(receiver)
    publish("one")
    began = timezone.now()
    assert send() == 1
    [row] = one.deliveries()
    assert row.next_attempt_at is not None
    assert row.next_attempt_at - began >= timedelta(seconds=5)
    assert send() == 0


@pytest.mark.usefixtures("standing_clock")
def test_a_receiver_that_asks_to_wait_is_heeded(receiver: Receiver) -> None:
    receiver.answer = lambda got: (503, {"Retry-After": "1800"})
    one = hook(receiver)
    publish("one")
    send()
    [row] = one.deliveries()
    assert row.next_attempt_at is not None
    assert row.next_attempt_at - timezone.now() >= timedelta(minutes=30)


def test_410_pauses_at_once_and_loses_nothing(receiver: Receiver) -> None:
    receiver.status = 410
    one = hook(receiver)
    publish("one")
    publish("two")
    send()
    assert (one.fresh().state, one.fresh().pause_reason) == ("paused", "gone")
    settle(3)
    asked_before = len(receiver.received)
    receiver.status = 204
    publish("three")
    send()
    assert len(receiver.received) == asked_before
    resume(one.fresh(), at=timezone.now())
    send()
    assert one.states() == ["delivered"] * 3


def test_after_the_last_attempt_it_is_given_up_and_the_webhook_paused(receiver: Receiver) -> None:
    receiver.status = 500
    one = hook(receiver)
    publish("one")
    settle()
    assert len(receiver.received) == len(PACE.delays) == 10
    assert one.states() == ["failed"]
    assert (one.fresh().state, one.fresh().pause_reason) == ("paused", "given_up")
    assert Attempt.objects.count() == 10


def test_a_resumed_webhook_gets_everything_in_order(receiver: Receiver) -> None:
    receiver.status = 500
    one = hook(receiver)
    publish("one", times=3)
    settle()
    publish("one", times=2)
    receiver.status, receiver.received[:] = 204, []
    resume(one.fresh(), at=timezone.now())
    send()
    assert one.lines() == [1, 2, 3, 4, 5]
    assert one.states() == ["delivered"] * 5


def test_lines_about_one_item_come_in_order_whatever_fails(receiver: Receiver) -> None:
    failures = iter([500, None, 503, 404, 500, 204, None, 204, 500, 204])
    receiver.answer = lambda got: next(failures, 204)
    one = hook(receiver)
    publish("one", times=4)
    publish("two", times=4)
    settle()
    assert one.states() == ["delivered"] * 8
    accepted = list(
        Attempt.objects.filter(status=204).order_by("at", "id").values_list("delivery__sequence", flat=True)
    )
    for lines in ([1, 2, 3, 4], [5, 6, 7, 8]):
        assert [sequence for sequence in accepted if sequence in lines] == lines


def test_a_line_waits_for_an_earlier_one_about_the_same_item_only(receiver: Receiver) -> None:
    receiver.answer = lambda got: 500 if sequence_of(got) == 1 else 204
    one = hook(receiver)
    publish("one", times=2)
    publish("two")
    send()
    assert one.states() == ["waiting", "waiting", "delivered"]
    assert sorted(sequence_of(got) for got in receiver.received) == [1, 3]


def test_a_line_goes_on_once_the_one_before_was_given_up(receiver: Receiver) -> None:
    receiver.answer = lambda got: 500 if sequence_of(got) == 1 else 204
    one = hook(receiver)
    publish("one", times=2)
    settle()
    resume(one.fresh(), at=timezone.now())
    assert one.states() == ["waiting", "waiting"]
    settle()
    assert one.states()[0] == "failed"
    Endpoint.objects.update(state="active", pause_reason="", paused_at=None)
    send()
    assert one.states() == ["failed", "delivered"]


def test_a_line_for_safety_is_never_behind_a_queue(receiver: Receiver) -> None:
    one = hook(receiver)
    for number in range(30):
        publish(f"text {number}")
    take_down("text 29")
    publish("another")
    following.follow(at=timezone.now())
    urgent = sending.claim(lambda row: True, at=timezone.now(), pace=PACE, is_urgent=True)
    # What was published of that item first, since the withdrawal waits for it.
    assert [json.loads(claim.body)["data"]["sequence"] for claim in urgent] == [30]
    sending.release(urgent)
    send()
    assert sorted(one.lines()) == list(range(1, 33))
    assert one.lines().index(30) < 4


def test_a_withdrawal_hurries_what_stands_before_it(receiver: Receiver) -> None:
    receiver.answer = lambda got: None
    one = hook(receiver)
    publish("one")
    publish("two")
    for _ in range(4):
        everything_due()
        send()
    assert {row.step for row in one.deliveries()} == {4}
    receiver.answer = lambda got: 204
    take_down("one")
    send()
    # The other one would have come in two hours; its server answers again, but it was tried just now.
    assert one.lines()[-2:] == [1, 3]
    assert one.states() == ["delivered", "waiting", "delivered"]


def test_a_receiver_that_refuses_one_line_is_told_of_the_danger_all_the_same(receiver: Receiver) -> None:
    receiver.answer = lambda got: 500 if sequence_of(got) == 1 else 204
    one = hook(receiver)
    publish("one")
    take_down("one")
    settle(2)
    assert one.states() == ["waiting", "waiting"]
    settle(2)
    assert one.states() == ["failed", "delivered"]
    assert one.fresh().is_active
    # Sent again it would come in the wrong order.
    endpoints.pause(one.fresh(), Endpoint.Pause.BY_PARTNER, at=timezone.now())
    resume(one.fresh(), at=timezone.now())
    assert one.states() == ["failed", "delivered"]


def test_a_receiver_that_is_away_is_told_in_order_even_of_a_danger(receiver: Receiver) -> None:
    for away in (None, 502, 503):
        receiver.answer = lambda got, away=away: away
        one = hook_of(receiver)
        publish(f"text {away}")
        take_down(f"text {away}")
        settle(4)
        assert set(one.states()) == {"waiting"}
        endpoints.delete(one.endpoint)


def hook_of(receiver: Receiver) -> Hook:
    Delivery.objects.all().delete()
    return hook(receiver, partner=make_partner(f"Partner {timezone.now()}"), reached=Change.objects.count())


def test_a_server_that_answers_again_gets_what_it_missed_at_once(receiver: Receiver) -> None:
    receiver.answer = lambda got: None
    one = hook(receiver)
    for name in ("one", "two", "three"):
        publish(name)
    for _ in range(5):
        everything_due()
        send()
    Delivery.objects.update(attempted_at=timezone.now() - timedelta(hours=1))
    receiver.answer = lambda got: 204
    publish("four")
    send()
    assert one.states() == ["delivered"] * 4


@pytest.mark.usefixtures("standing_clock")
def test_a_message_that_is_refused_is_not_tried_with_every_success_of_others(receiver: Receiver) -> None:
    receiver.answer = lambda got: 500 if sequence_of(got) == 1 else 204
    hook(receiver)
    publish("refused")
    for number in range(10):
        publish(f"text {number}")
        send()
    assert [sequence_of(got) for got in receiver.received].count(1) == 1


@pytest.mark.usefixtures("standing_clock")
def test_a_delivery_in_other_hands_is_left_until_its_lease_is_over(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one", times=2)
    now = timezone.now()
    following.follow(at=now)
    [taken] = sending.claim(lambda row: True, at=now, pace=PACE, is_urgent=False)
    assert send() == 0
    # Its worker was killed: nobody hands it back.
    assert sending.claim(lambda row: True, at=now + timedelta(seconds=29), pace=PACE, is_urgent=False) == []
    [again] = sending.claim(lambda row: True, at=now + PACE.lease, pace=PACE, is_urgent=False)
    assert again.delivery == taken.delivery
    sending.release([again])
    send()
    assert one.lines() == [1, 2]


def test_a_worker_whose_lease_is_over_does_not_take_what_it_has_in_hand(receiver: Receiver) -> None:
    hook(receiver)
    publish("one")
    now = timezone.now()
    following.follow(at=now)
    over = Pace(lease=timedelta(0))
    [taken] = sending.claim(lambda row: True, at=now, pace=over, is_urgent=False)
    assert sending.claim(lambda row: True, at=now, pace=over, is_urgent=False, running=[taken.delivery]) == []


def test_a_worker_that_was_taken_for_dead_spoils_nothing(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one")
    now = timezone.now()
    following.follow(at=now)
    [late] = sending.claim(lambda row: True, at=now, pace=Pace(lease=timedelta(0)), is_urgent=False)
    send()
    sending.record(late, late.send(PACE), at=timezone.now(), pace=PACE)
    assert one.states() == ["delivered"]
    assert [row.number for row in Attempt.objects.all()] == [1, 2]


def test_what_comes_back_for_a_deleted_webhook_is_dropped(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one")
    following.follow(at=timezone.now())
    [claim] = sending.claim(lambda row: True, at=timezone.now(), pace=PACE, is_urgent=False)
    endpoints.delete(one.endpoint)
    sending.record(claim, claim.send(PACE), at=timezone.now(), pace=PACE)
    assert not Delivery.objects.exists()


def test_of_a_text_that_was_erased_no_copy_lies_among_the_deliveries(receiver: Receiver) -> None:
    hook(receiver)
    publish("one")
    following.follow(at=timezone.now())
    assert an_id("one") in repr([str(value) for value in Delivery.objects.values_list("item", flat=True)])
    line = Change.objects.get()
    kept = repr(list(Delivery.objects.values()))
    assert line.url not in kept
    assert "Что изменилось" not in kept


def test_an_address_is_looked_at_again_before_each_attempt(receiver: Receiver) -> None:
    one = hook(receiver)
    Endpoint.objects.update(url=receiver.url.replace("127.0.0.1", "10.0.0.1"))
    publish("one")
    send()
    assert one.states() == ["waiting"]
    assert Attempt.objects.get().fault == "forbidden-address"
