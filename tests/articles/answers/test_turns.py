"""Answers are made one after the other, and whoever takes long keeps nobody."""

import os
import threading

import pytest

from articles.answers.turns import Turns
from tests.services.patience import PATIENCE


def test_nobody_has_to_wait_for_a_turn_that_is_free() -> None:
    turns = Turns()
    for _ in range(2):
        with turns.one() as has_waited:
            assert not has_waited


def test_the_second_begins_when_the_first_has_ended() -> None:
    turns, said, comes = Turns(PATIENCE), [], threading.Event()

    def second() -> None:
        comes.set()
        with turns.one() as has_waited:
            said.append(("second", has_waited))

    thread = threading.Thread(target=second)
    with turns.one():
        thread.start()
        assert comes.wait(PATIENCE)
        # Long enough for whoever would not wait.
        thread.join(0.05)
        said.append(("first", False))
    thread.join(PATIENCE)

    assert said == [("first", False), ("second", True)]


def test_whoever_takes_long_keeps_nobody() -> None:
    turns = Turns(patience=0.01)
    with turns.one(), turns.one() as has_waited:
        assert has_waited
    with turns.one() as has_waited:
        assert not has_waited


def test_a_fault_ends_a_turn() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.one():
        _ = 1 / 0

    with turns.one() as has_waited:
        assert not has_waited


def test_a_child_of_the_process_waits_for_no_thread_that_stayed_behind() -> None:
    turns = Turns()
    with turns.one():
        child = os.fork()
        if not child:
            with turns.one() as has_waited:
                os._exit(int(has_waited))
        _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
