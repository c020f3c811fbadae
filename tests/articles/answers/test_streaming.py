"""Answers that are made while they are sent: however one ends, it gives back its place."""

from collections.abc import Iterator

import pytest

from articles.answers.streaming import Slots, Stream


def parts(fault: bool = False) -> Iterator[bytes]:
    yield b"one"
    if fault:
        raise RuntimeError("broken")
    yield b"two"


def begun(slots: Slots, given: Iterator[bytes]) -> Stream:
    give_back = slots.take("somebody")
    assert give_back is not None
    return Stream(given, give_back)


def is_free(slots: Slots) -> bool:
    give_back = slots.take("somebody else")
    if give_back:
        give_back()
    return give_back is not None


def test_a_place_is_taken_until_the_last_part_was_made() -> None:
    slots = Slots(1)
    stream = begun(slots, parts())
    assert not is_free(slots)
    assert list(stream) == [b"one", b"two"]
    assert is_free(slots)


def test_a_fault_gives_the_place_back() -> None:
    slots = Slots(1)
    stream = begun(slots, parts(fault=True))
    with pytest.raises(RuntimeError, match="broken"):
        list(stream)
    assert is_free(slots)


@pytest.mark.parametrize("read", [0, 1])
def test_a_reader_who_goes_away_gives_the_place_back(read: int) -> None:
    slots, ended = Slots(1), []

    def watched() -> Iterator[bytes]:
        try:
            yield from parts()
        finally:
            ended.append(True)

    stream = begun(slots, watched())
    for _ in range(read):
        next(stream)
    stream.close()
    assert is_free(slots)
    assert ended == [True] * read


def test_an_answer_that_nobody_ever_read_gives_the_place_back() -> None:
    slots = Slots(1)
    stream = begun(slots, parts())
    del stream
    assert is_free(slots)


def test_a_place_is_given_back_once() -> None:
    slots = Slots(2)
    first, second = slots.take("one"), slots.take("two")
    assert first is not None
    assert second is not None
    for _ in range(3):
        first()
    assert slots.take("three") is not None
    assert slots.take("four") is None


def test_nobody_has_two_places_and_who_has_given_one_back_may_take_one_again() -> None:
    slots = Slots(3)
    first = slots.take(None)
    assert first is not None
    assert slots.take(None) is None
    assert slots.take("a partner") is not None
    first()
    assert slots.take(None) is not None
    first()
    assert slots.take(None) is None
