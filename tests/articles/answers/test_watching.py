"""A request notices that a moment has passed, asks seldom, and is never kept from its answer."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from articles.answers.watching import EVERY, Watcher

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Clock:
    """The time of day and the ticks beside it, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    def ticks(self) -> float:
        return 100 + self.seconds


class Desk:
    """What waits, how often it was asked for and what was carried out."""

    def __init__(self, *moments: datetime) -> None:
        self.waiting, self.asked, self.done = list(moments), 0, list[datetime]()
        self.fault: Exception | None = None

    def next_due(self) -> datetime | None:
        self.asked += 1
        return min(self.waiting, default=None)

    def settle(self, at: datetime) -> int:
        self.done.append(at)
        if self.fault:
            raise self.fault
        self.waiting = [moment for moment in self.waiting if moment > at]
        return 1


def watching(desk: Desk, clock: Clock) -> Watcher:
    return Watcher(desk.next_due, desk.settle, clock=clock.now, ticks=clock.ticks)


def test_what_has_fallen_due_is_carried_out_once() -> None:
    desk, clock = Desk(NOON - SECOND), Clock()
    watcher = watching(desk, clock)

    watcher.look()
    watcher.look()

    assert (desk.done, desk.waiting) == ([NOON], [])


def test_a_hundred_requests_within_a_second_ask_once() -> None:
    desk, clock = Desk(NOON + 100 * SECOND), Clock()
    watcher = watching(desk, clock)
    for _ in range(100):
        watcher.look()
        clock.seconds += EVERY / 200
    assert (desk.asked, desk.done) == (1, [])

    clock.seconds += EVERY
    watcher.look()
    assert desk.asked == 2


def test_a_moment_that_is_known_is_not_waited_for_until_the_second_is_over() -> None:
    desk, clock = Desk(NOON + timedelta(milliseconds=300)), Clock()
    watcher = watching(desk, clock)
    watcher.look()
    assert desk.done == []

    clock.seconds = 0.3
    watcher.look()

    assert desk.waiting == []


def test_what_fails_keeps_nobody_from_an_answer_and_is_tried_once_a_second() -> None:
    desk, clock = Desk(NOON - SECOND), Clock()
    desk.fault = RuntimeError("the disk is full")
    watcher = watching(desk, clock)
    for _ in range(50):
        watcher.look()
    assert len(desk.done) == 1

    desk.fault, clock.seconds = None, EVERY
    watcher.look()
    assert desk.waiting == []


def test_a_database_that_is_away_is_asked_once_a_second() -> None:
    clock, asked = Clock(), []

    def away() -> datetime:
        asked.append(clock.now())
        raise ConnectionError

    watcher = Watcher(away, lambda at: None, clock=clock.now, ticks=clock.ticks)
    for _ in range(10):
        watcher.look()
    assert len(asked) == 1


def test_while_one_request_carries_it_out_the_others_do_not_wait() -> None:
    begun, may_end, clock = Event(), Event(), Clock()
    settled = list[datetime]()

    def settle(at: datetime) -> None:
        settled.append(at)
        begun.set()
        may_end.wait(60)

    watcher = Watcher(lambda: NOON - SECOND, settle, clock=clock.now, ticks=clock.ticks)
    first = Thread(target=watcher.look)
    first.start()
    assert begun.wait(60)
    clock.seconds = 5

    watcher.look()  # would hang here if it waited

    may_end.set()
    first.join(60)
    assert len(settled) == 1
