"""Two search at once; nobody waits for ever, and a turn always comes back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest

from articles.search.turns import Turns
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
