"""Whether the database that all machines share is within reach, and the local copy of the shelf in step with it, as
whoever follows the journal in this process has last seen.

It is asked by whoever must not wait for a database that is away. Where no local copy is kept nothing is ever known.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# Seconds of silence after which it counts as away. A database that refuses does at once.
SILENCE = 5.0
# Seconds of silence after which it is no longer certain that it is there: nothing is broken off, and few wait for it.
HUSH = 2.0
# Seconds for which a copy that is found to be behind may still be read, from the last moment at which it was in step:
# then everything is read from the database again. What was withdrawn a second ago is in no such copy.
PATIENCE = 0.75
_NEVER = float("-inf")


@dataclass
class _Sight:
    """What this process has seen. Times are `time.monotonic`."""

    is_watched: bool = False
    is_lost: bool = False
    is_busy: bool = False
    seen_at: float = 0.0
    is_behind: bool = False
    behind_at: float = _NEVER
    in_step_at: float = _NEVER


_sight = _Sight()


def watch() -> None:
    """From now on somebody in this process looks whether it is there.

    A copy that was left here by whoever ran before is not read until it has been compared: it may be a day old.
    """
    _sight.is_watched, _sight.is_lost, _sight.seen_at = True, False, time.monotonic()
    _sight.is_behind, _sight.behind_at, _sight.in_step_at = True, _NEVER, _NEVER


def unwatch() -> None:
    """Nobody looks any more, so nothing is known."""
    _sight.is_watched, _sight.is_behind = False, False


def seen() -> None:
    """It has answered just now."""
    _sight.is_lost, _sight.seen_at = False, time.monotonic()


def lost() -> None:
    """It has refused to answer, or could not be reached."""
    _sight.is_lost = True


def stood_still() -> None:
    """This process could not hear it: silence counts from now on."""
    _sight.seen_at = time.monotonic()


def compared(*, at: float, is_in_step: bool, may_be_read: bool = True) -> None:
    """The copy has been compared with what was asked for at this moment (`time.monotonic`). One that may not be read at
    all, because there is none yet or it is of another journal, has no patience: what takes its place is compared first.
    """
    if is_in_step:
        # Somebody else may have looked later, and found more.
        _sight.is_behind = _sight.is_behind and at < _sight.behind_at
        _sight.in_step_at = max(at, _sight.in_step_at)
        return
    _sight.is_behind, _sight.behind_at = True, max(at, _sight.behind_at)
    if not may_be_read:
        _sight.in_step_at = _NEVER


def is_known() -> bool:
    """Return whether the copy has been compared with it since `watch`, or it is away."""
    return max(_sight.behind_at, _sight.in_step_at) > _NEVER or is_away()


@contextmanager
def not_looking() -> Iterator[None]:
    """Within the block whoever looks is busy with the copy, so silence says nothing."""
    _sight.is_busy = True
    try:
        yield
    finally:
        _sight.is_busy, _sight.seen_at = False, time.monotonic()


def is_away() -> bool:
    """Return whether it is out of reach. False where nobody looks."""
    if not _sight.is_watched:
        return False
    return _sight.is_lost or silent_for() > SILENCE


def silent_for() -> float:
    """Return for how many seconds it has said nothing to whoever looks; 0 where nobody does, or is busy."""
    return time.monotonic() - _sight.seen_at if _sight.is_watched and not _sight.is_busy else 0.0


def is_silent() -> bool:
    """Return whether it is away, or has said nothing for so long that it may be. False where nobody looks."""
    return is_away() or (_sight.is_watched and silent_for() > HUSH)


def answers() -> bool:
    """Return whether somebody looks, and was answered just now."""
    return _sight.is_watched and not is_silent()


def is_ahead() -> bool:
    """Return whether it is within reach, and the copy has been behind it for too long to be read."""
    return _sight.is_behind and time.monotonic() - _sight.in_step_at > PATIENCE and not is_away()
