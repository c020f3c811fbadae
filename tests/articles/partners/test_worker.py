"""The worker: nobody waits for a server that is away, and it ends in good order."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from articles.partners import endpoints, following, pauses, purging, sending
from articles.partners.deliveries import Attempt, Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.pace import Pace
from articles.partners.replaying import TooLongAgoError, replay_after, resume
from articles.partners.worker import Room, Worker
from tests.articles.partners.hooks import PACE, everything_due, hook, publish, send, sequence_of, take_down
from tests.factories.partners import make_endpoint, make_partner
from tests.services.receiving import PATIENCE, Received, Receiver, receivers, until


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers(1) as [one]:
        yield one


class Hanging:
    """Keeps each request waiting until it is let go."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.waiting = 0
        self.most = 0
        self._lock = threading.Lock()

    def __call__(self, got: Received) -> int:
        with self._lock:
            self.waiting += 1
            self.most = max(self.most, self.waiting)
        self.free.wait(PATIENCE)
        with self._lock:
            self.waiting -= 1
        return 204


@pytest.mark.django_db
def test_servers_that_hang_keep_nobody_else_waiting() -> None:
    """Five that hang, each with a long queue, and one that answers."""
    with receivers(6) as [alive, *dead]:
        partner, hanging = make_partner(), Hanging()
        for one in dead:
            one.answer = hanging
            make_endpoint(partner, url=one.url)
        fine = make_endpoint(partner, url=alive.url)
        for number in range(20):
            publish(f"text {number}")
        worker = Worker(PACE)
        following.follow(at=timezone.now())
        try:
            until(lambda: (worker._begin() and False) or worker._finish(0.05) or len(alive.received) == 20)
            assert Delivery.objects.filter(endpoint=fine, state="delivered").count() >= 18
            # Two at a time for each, whatever the length of its queue.
            assert hanging.most <= 2 * len(dead)
        finally:
            hanging.free.set()


@pytest.mark.django_db
def test_word_of_a_danger_finds_room_where_everything_else_is_taken(receiver: Receiver) -> None:
    with receivers(1) as [slow]:
        slow.answer = hanging = Hanging()
        partner = make_partner()
        make_endpoint(partner, url=slow.url)
        for number in range(5):
            publish(f"text {number}")
        fine = hook(receiver, partner=partner, reached=5)
        worker = Worker(PACE, Room(total=4, ordinary=2, failing=2))
        following.follow(at=timezone.now())
        worker._begin()
        try:
            publish("danger")
            take_down("text 4")
            following.follow(at=timezone.now())
            worker._begin()
            until(lambda: worker._finish(0.05) or fine.receiver.received)
            assert 7 in [sequence_of(got) for got in receiver.received]
            assert 6 not in [sequence_of(got) for got in receiver.received]
        finally:
            hanging.free.set()


@pytest.mark.django_db
def test_webhooks_that_fail_leave_room_for_those_that_do_not(receiver: Receiver) -> None:
    with receivers(3) as away:
        partner, hanging = make_partner(), Hanging()
        worker = Worker(PACE, Room(total=4, ordinary=4, failing=1))
        for one in away:
            one.answer = hanging
            worker._failing.add(make_endpoint(partner, url=one.url).pk)
        fine = hook(receiver, partner=partner)
        for number in range(3):
            publish(f"text {number}")
        following.follow(at=timezone.now())
        try:
            until(lambda: (worker._begin() and False) or worker._finish(0.05) or len(receiver.received) == 3)
            assert len(fine.lines()) == 3
            assert hanging.most == 1
        finally:
            hanging.free.set()


@pytest.mark.django_db(transaction=True)
def test_it_ends_within_its_grace_and_hands_back_what_hangs(receiver: Receiver) -> None:
    receiver.answer = hanging = Hanging()
    one = hook(receiver)
    publish("one")
    stopped = threading.Event()
    worker = Worker(Pace(seconds=60.0, lease=timedelta(minutes=10)))
    thread = threading.Thread(target=worker.serve, args=[stopped], kwargs={"every": 0.05, "grace": 0.1})
    thread.start()
    try:
        until(lambda: hanging.waiting)
        stopped.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()
        # The next worker need not wait for the lease.
        assert [row.leased_until for row in one.deliveries()] == [None]
    finally:
        hanging.free.set()
    receiver.answer = lambda got: 204
    send()
    assert one.states() == ["delivered"]


@pytest.mark.django_db(transaction=True)
def test_a_round_that_breaks_off_is_no_reason_to_end(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one = hook(receiver)
    publish("one")
    rounds: list[int] = []
    follow = following.follow

    def fails_at_first(**given: object) -> int:
        rounds.append(1)
        if len(rounds) < 3:
            raise RuntimeError("away")
        return follow(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(following, "follow", fails_at_first)
    stopped = threading.Event()
    thread = threading.Thread(target=Worker(PACE).serve, args=[stopped], kwargs={"every": 0.01})
    thread.start()
    try:
        until(lambda: receiver.received)
    finally:
        stopped.set()
        thread.join(PATIENCE)
    assert one.states() == ["delivered"]
    assert "a round broke off" in caplog.text
    connections.close_all()


def paused(receiver: Receiver, status: int = 410) -> Endpoint:
    receiver.status = status
    one = hook(receiver, partner=make_partner(language="en"))
    publish("one")
    take_down("one")
    send()
    for _ in range(12):
        everything_due()
        send()
    return one.fresh()


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "words"), [(410, "410 Gone"), (None, "For three days")])
def test_the_partner_and_the_desk_are_told_of_a_pause_once(
    receiver: Receiver, settings: object, status: int | None, words: str
) -> None:
    settings.CONTACT_EMAIL = "desk@tests.invalid"  # type: ignore[attr-defined]
    endpoint = paused(receiver, status)  # type: ignore[arg-type]
    send()
    send()
    to = sorted(address for letter in mail.outbox for address in letter.to)
    assert to == ["desk@tests.invalid", "night@partner.test", "office@partner.test"]
    [letter] = [letter for letter in mail.outbox if letter.to == ["office@partner.test"]]
    assert letter.subject == "Your webhook is paused, and a message for safety has not arrived"
    assert words in letter.body
    assert f"/api/v1/webhooks/{endpoint.pk}/resume/" in letter.body
    assert Endpoint.objects.get().pause_told_at is not None


@pytest.mark.django_db
def test_while_no_letter_is_taken_it_is_tried_again(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses.letters, "send", lambda *given, **more: False)
    paused(receiver)
    assert len(pauses.untold()) == 1
    monkeypatch.undo()
    send()
    assert pauses.untold() == []
    assert mail.outbox


@pytest.mark.django_db
def test_whoever_paused_it_by_hand_gets_no_letter() -> None:
    endpoint = make_endpoint()
    endpoints.pause(endpoint, Endpoint.Pause.BY_US, at=timezone.now())
    send()
    assert mail.outbox == []


@pytest.mark.django_db
def test_after_thirty_days_what_is_done_is_forgotten_and_what_waits_is_kept(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one", times=2)
    publish("two")
    send()
    old = timezone.now() - timedelta(days=31)
    Delivery.objects.update(created_at=old, attempted_at=old)
    Delivery.objects.filter(sequence=2).update(attempted_at=timezone.now())
    Delivery.objects.filter(sequence=3).update(state="waiting", next_attempt_at=timezone.now())
    Attempt.objects.exclude(delivery__sequence=2).update(at=old)
    purging.purge(at=timezone.now())
    assert [(row.sequence, row.state) for row in one.deliveries()] == [(2, "delivered"), (3, "waiting")]
    assert list(Attempt.objects.values_list("delivery__sequence", flat=True)) == [2]


@pytest.mark.django_db
def test_lines_from_before_thirty_days_are_not_sent_again(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one", times=3)
    send()
    now = timezone.now()
    with pytest.raises(TooLongAgoError) as refused:
        replay_after(one.fresh(), 0, at=now + timedelta(days=365))
    assert refused.value.after == 3


@pytest.mark.django_db
def test_what_was_forgotten_can_be_sent_again_while_its_line_is_young(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one")
    send()
    Delivery.objects.all().delete()
    assert replay_after(one.fresh(), 0, at=timezone.now()) == 1
    send()
    assert one.lines() == [1, 1]


@pytest.mark.django_db
def test_a_resumed_webhook_is_not_sent_what_it_has(receiver: Receiver) -> None:
    one = hook(receiver)
    publish("one")
    send()
    endpoints.pause(one.fresh(), Endpoint.Pause.BY_PARTNER, at=timezone.now())
    resume(one.fresh(), at=timezone.now())
    assert send() == 0
    assert sending.due(timezone.now()).count() == 0
