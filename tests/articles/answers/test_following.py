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
from articles.editions.mirror_copying import BrokenChainError
from tests.factories.documents import ARTICLE, a_document, an_id, shelve
from tests.factories.documents_of_kinds import a_care_box, a_service, care_box
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


@pytest.mark.usefixtures("by_hand")
def test_what_is_read_from_a_copy_is_dropped_once_the_copy_has_the_line_too() -> None:
    """Else the next answer would be made from the copy as it was, and kept."""
    held: list[int | None] = [followed.place().sequence]
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=lambda: held[0])
    follower.look()
    assert follower.sees
    keep(follower, f"item:{ARTICLE}")

    shelve(a_document())
    follower.look()
    assert (follower.sees, len(follower.store)) == (False, 1)
    follower.fresh_until = 0
    assert not follower.is_fresh()

    held[0] = followed.place().sequence
    follower.look()
    assert (follower.sees, len(follower.store)) == (True, 0)
    assert follower.is_fresh()


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("is_first", [True, False])
def test_a_number_that_changes_during_a_look_is_told_with_the_line_that_the_copy_lacks(
    monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    """Until the copy has that line, answers are made with the number of before."""
    held: list[int | None] = [None]
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=lambda: held[0])
    if not is_first:
        held[0] = 0
        follower.look()
    shelve(a_document(slug="other"), item=an_id("other"))
    held[0] = followed.place().sequence
    calls = followed._calls

    def after_a_line() -> dict[str, str]:
        shelve(a_document(care_box(a_care_box(services=[a_service("104")]))))
        return calls()

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(followed, "_calls", after_a_line)
        follower.look()
    assert follower.sees
    assert keep(follower, "calls:ru")

    held[0] = followed.place().sequence
    follower.look()
    assert len(follower.store) == 0
    keep(follower, "calls:ru")
    shelve(a_document(slug="third"), item=an_id("third"))
    held[0] = followed.place().sequence
    follower.look()
    assert len(follower.store) == 1


@pytest.mark.usefixtures("by_hand")
def test_everything_is_dropped_when_a_copy_begins_to_be_read_or_has_gone_back() -> None:
    shelve(a_document())
    place = followed.place().sequence
    held: list[int | None] = [None]
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=lambda: held[0])
    follower.look()
    for now in (place + 1, place):
        keep(follower, f"item:{ARTICLE}")
        held[0] = now
        follower.look()
        assert len(follower.store) == 0
    keep(follower, f"item:{ARTICLE}")
    follower.look()
    assert len(follower.store) == 1


@pytest.mark.parametrize("fault", [OSError("no space left"), DatabaseError("disk is full"), BrokenChainError(1)])
def test_a_copy_that_cannot_be_brought_up_is_no_reason_to_serve_what_was_withdrawn(
    by_hand: None, fault: Exception
) -> None:
    """The shared database is there: whoever asks is answered from it, and not from finished bytes."""
    faults: list[Exception] = []

    def copied() -> int:
        if faults:
            raise faults[0]
        return followed.place().sequence

    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=copied)
    follower.look()
    assert follower.sees
    keep(follower, f"item:{ARTICLE}")

    faults.append(fault)
    shelve(a_document())
    follower.look()
    follower.fresh_until = 0.0
    assert (follower.is_fresh(), follower.sees) == (False, False)

    faults.clear()
    follower.look()
    assert (follower.is_fresh(), follower.sees, len(follower.store)) == (True, True, 0)


def test_while_the_database_is_away_a_copy_that_asks_it_in_vain_changes_nothing(
    by_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    away: list[int] = []

    def copied() -> int:
        if away:
            raise DatabaseError
        return followed.place().sequence

    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, copied=copied)
    follower.look()
    keep(follower, f"item:{ARTICLE}")
    away.append(1)
    monkeypatch.setattr(shared_database, "is_away", lambda: True)
    follower.look()
    follower.fresh_until = 0.0

    assert (follower.is_fresh(), follower.sees, len(follower.store)) == (True, False, 1)


def test_what_the_copy_had_learnt_before_the_database_went_away_is_not_served_as_it_was(
    by_hand: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process of the machine had seen the line, and this one had not looked yet."""

    def lost() -> None:
        raise DatabaseError

    stood = followed.place().sequence
    follower = Follower(Store(10**6), KeyTable(), waiting=PATIENCE, stands_at=lambda: stood)
    follower.look()
    keep(follower, f"item:{ARTICLE}")
    with monkeypatch.context() as away:
        away.setattr(followed, "place", lost)
        follower.look()
        assert len(follower.store) == 1
        stood += 1
        follower.look()
        assert (follower.sees, len(follower.store)) == (False, 0)

    follower.look()
    assert (follower.sees, len(follower.store)) == (True, 0)


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


def test_an_editor_waits_for_the_copy_too() -> None:
    """One look is not enough where somebody else is about to bring it up."""
    looks: list[int] = []

    def copied() -> int:
        looks.append(1)
        return followed.place().sequence - (len(looks) <= 2)

    shelve(a_document())
    follower = Follower(Store(10**6), KeyTable(), copied=copied)
    follower.start()
    try:
        assert follower.sees_by_then(PATIENCE)
        assert len(looks) > 2
    finally:
        follower.stop()
