"""The thread that follows the shelf: it drops what was touched, waits where it must, and outlives the database."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection

from articles.answers.encoding import Whole
from articles.answers.finished import Finished
from articles.answers.following import ADRIFT, Follower
from articles.answers.key_table import KeyTable
from articles.answers.store import Store
from articles.editions import followed, shared_database
from tests.factories.documents import ARTICLE, a_document, shelve
from tests.services.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def follower() -> Iterator[Follower]:
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE)
    yield follower
    follower.stop()


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks are taken by the test itself, with its own connection: SQLite numbers only what other ones have written."""
    monkeypatch.setattr(Follower, "start", lambda self: None)
    monkeypatch.setattr(followed, "version", lambda: None)


def until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


def keep(follower: Follower, *tags: str) -> bool:
    whole = Whole(b"x", '"t"', is_packable=True, with_care=False)
    kept = Finished.of("page", "200 OK", [], whole, frozenset(tags))
    return follower.store.put(tags, kept, since=follower.store.step)


def test_it_drops_what_a_line_touches_and_nothing_else(follower: Follower) -> None:
    shelve(a_document())
    follower.start()
    assert follower.catch_up(PATIENCE)
    keep(follower, f"item:{ARTICLE}")
    keep(follower, "item:other")

    shelve(a_document(title="Иначе"), change="update")

    assert follower.catch_up(PATIENCE)
    assert follower.store.get((f"item:{ARTICLE}",)) is None
    assert follower.store.get(("item:other",)) is not None


def test_it_looks_by_itself(follower: Follower) -> None:
    follower.start()
    until(lambda: follower.sees)
    keep(follower, f"item:{ARTICLE}")

    shelve(a_document())

    until(lambda: len(follower.store) == 0)


def test_nothing_is_served_or_kept_before_the_first_look(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "start", lambda: None)

    assert (follower.is_fresh(), follower.sees, follower.catch_up(0)) == (False, False, False)
    assert follower.adrift() is None


def test_it_begins_once_however_many_ask_for_it(follower: Follower) -> None:
    before = set(threading.enumerate())
    askers = [threading.Thread(target=follower.start) for _ in range(5)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(set(threading.enumerate()) - before) == 1


def test_whoever_comes_after_a_long_silence_waits_for_a_look(follower: Follower) -> None:
    """A process that stood still must not give out what was withdrawn meanwhile."""
    follower.start()
    assert follower.catch_up(PATIENCE)
    keep(follower, f"item:{ARTICLE}")
    shelve(a_document())
    follower.fresh_until = 0.0

    assert follower.is_fresh()
    assert len(follower.store) == 0


def test_while_the_database_is_away_answers_are_served_and_it_says_that_it_is_adrift(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower.start()
    assert follower.catch_up(PATIENCE)
    keep(follower, f"item:{ARTICLE}")
    until(lambda: follower.adrift() is None)
    real = followed.since

    def lost(known: object) -> None:
        raise DatabaseError("connection lost to db.internal")

    monkeypatch.setattr(followed, "version", lambda: None)
    monkeypatch.setattr(followed, "since", lost)
    until(lambda: not follower.sees)
    follower._seen_at = time.monotonic() - ADRIFT - 1
    follower.fresh_until = 0.0

    assert follower.is_fresh()
    assert not follower.sees
    assert follower.store.get((f"item:{ARTICLE}",)) is not None
    assert (follower.adrift() or 0) > ADRIFT

    shelve(a_document())
    monkeypatch.setattr(followed, "since", real)
    until(lambda: follower.sees)
    until(lambda: follower.adrift() is None)
    assert len(follower.store) == 0


def test_a_look_that_never_ends_keeps_one_request_waiting_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    hurried = Follower(Store(10**6), KeyTable(), waiting=0.05)
    hurried.start()
    assert hurried.catch_up(PATIENCE)
    hangs, goes_on = threading.Event(), threading.Event()

    def hanging() -> None:
        hangs.set()
        assert goes_on.wait(PATIENCE)

    try:
        monkeypatch.setattr(followed, "version", hanging)
        assert hangs.wait(PATIENCE)
        hurried.fresh_until = 0.0
        assert hurried.is_fresh()
        assert not hurried.sees
    finally:
        monkeypatch.undo()
        goes_on.set()
        hurried.stop()


@pytest.mark.usefixtures("by_hand")
def test_where_only_this_thread_cannot_reach_the_database_nothing_that_was_kept_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever brings up the copy of the shelf is answered: what was withdrawn is known in this process."""
    follower = Follower(Store(10**6), KeyTable(), waiting=0.0, copied=lambda: followed.place().sequence)
    follower.look()
    assert follower.is_fresh()
    follower.fresh_until = 0.0
    monkeypatch.setattr(shared_database, "HUSH", float("inf"))
    monkeypatch.setattr(shared_database, "SILENCE", float("inf"))
    shared_database.watch()
    try:
        assert not follower.is_fresh()
        shared_database.lost()
        assert follower.is_fresh()
    finally:
        shared_database.unwatch()


def test_what_the_database_has_been_silent_for_already_is_not_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    follower = Follower(Store(10**6), KeyTable(), waiting=2.0)
    assert follower._patience() == 2.0
    monkeypatch.setattr(shared_database, "silent_for", lambda: 1.0)
    assert follower._patience() == 1.0
    monkeypatch.setattr(shared_database, "silent_for", lambda: 100.0)
    assert follower._patience() == 0.5


def test_a_chore_that_fails_stops_nothing() -> None:
    did: list[int] = []

    def failing() -> None:
        did.append(1)
        raise RuntimeError

    follower = Follower(Store(10**6), KeyTable(), also=[failing])
    follower.start()
    try:
        assert follower.catch_up(PATIENCE)
        assert follower.catch_up(PATIENCE)
        until(lambda: len(did) > 1)
        assert follower.is_running
    finally:
        follower.stop()


def test_it_stops_quietly_and_serves_nothing_then(follower: Follower) -> None:
    follower.start()
    assert follower.catch_up(PATIENCE)
    keep(follower, "item:other")
    follower.stop()

    assert (follower.is_running, len(follower.store), follower.catch_up(1), follower.sees) == (False, 0, False, False)
    follower.start()
    assert not follower.is_running


def test_the_child_of_a_process_begins_anew(follower: Follower) -> None:
    """What the parent knew is nobody's in the child, where no thread follows."""
    follower.start()
    assert follower.catch_up(PATIENCE)
    keep(follower, "item:other")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        state = f"{follower.is_running} {len(follower.store)} {follower.sees} {follower.adrift()}"
        os.write(writing, state.encode())
        os._exit(0)
    os.waitpid(child, 0)
    told = os.read(reading, 200).decode()
    for end in (reading, writing):
        os.close(end)

    assert told == "False 0 False None"
    assert follower.store.get(("item:other",)) is not None


def test_sqlite_is_asked_for_nothing_while_nothing_changes(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite numbers its versions")
    asked: list[int] = []
    place = followed.place
    monkeypatch.setattr(followed, "place", lambda: asked.append(1) or place())
    follower.start()
    assert follower.catch_up(PATIENCE)
    begun = len(asked)
    for _ in range(3):
        assert follower.catch_up(PATIENCE)

    assert len(asked) == begun


def test_what_it_does_not_understand_is_not_a_database_that_is_away(
    follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower.look()
    keep(follower, f"item:{ARTICLE}")

    def unreadable(known: object) -> None:
        raise ValueError

    with monkeypatch.context() as broken:
        broken.setattr(followed, "version", lambda: None)
        broken.setattr(followed, "since", unreadable)
        follower.look()
        follower.fresh_until = 0.0
        assert (follower.is_fresh(), follower.sees) == (False, False)

    follower.look()
    assert (follower.is_fresh(), follower.sees) == (True, True)
