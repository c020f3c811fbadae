"""So many go at once; nobody waits for ever, and a turn always comes back."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock, Thread

import pytest

from articles.editions.turns import Turns
from tests.services.patience import PATIENCE


def test_no_more_go_at_once_than_there_are_turns() -> None:
    turns, pair, lock = Turns(2, patience=PATIENCE), Barrier(2), Lock()
    inside, most = 0, 0

    def go(_number: int) -> None:
        nonlocal inside, most
        with turns.taken():
            with lock:
                inside += 1
                most = max(most, inside)
            # Nobody leaves before two are there.
            pair.wait(PATIENCE)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(go, range(8)))
    assert most == 2


def test_who_has_waited_long_enough_goes_without_a_turn_and_gives_none_back() -> None:
    turns = Turns(1, patience=0)
    with turns.taken(), turns.taken(), turns.taken():
        pass
    with turns.taken():
        assert turns._free.acquire(blocking=False) is False


def test_what_fails_gives_its_turn_back() -> None:
    turns = Turns(1, patience=0)
    with pytest.raises(ZeroDivisionError), turns.taken():
        _ = 1 // 0
    assert turns._free.acquire(blocking=False) is True


def test_nobody_has_to_wait_for_a_turn_that_is_free() -> None:
    turns = Turns(1, patience=0.1)
    for _ in range(2):
        with turns.taken() as has_waited:
            assert not has_waited


def test_the_second_begins_when_the_first_has_ended() -> None:
    turns, said, comes = Turns(1, PATIENCE), [], Event()

    def second() -> None:
        comes.set()
        with turns.taken() as has_waited:
            said.append(("second", has_waited))

    thread = Thread(target=second)
    with turns.taken():
        thread.start()
        assert comes.wait(PATIENCE)
        # Long enough for whoever would not wait.
        thread.join(0.05)
        said.append(("first", False))
    thread.join(PATIENCE)

    assert said == [("first", False), ("second", True)]


def test_whoever_takes_long_keeps_nobody() -> None:
    turns = Turns(1, patience=0.01)
    with turns.taken(), turns.taken() as has_waited:
        assert has_waited
    with turns.taken() as has_waited:
        assert not has_waited


def test_a_child_of_the_process_waits_for_no_thread_that_stayed_behind() -> None:
    turns = Turns(1, patience=0.1)
    with turns.taken():
        child = os.fork()
        if not child:
            with turns.taken() as has_waited:
                os._exit(int(has_waited))
        _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
