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
# Seconds that the copy may be behind a database which is there, before everything is read from that one again.
PATIENCE = 0.75
_EVER = float("-inf")


@dataclass
class _Sight:
    """What this process has seen. Times are `time.monotonic`."""

    is_watched: bool = False
    is_lost: bool = False
    is_busy: bool = False
    seen_at: float = 0.0
    behind_since: float | None = None


_sight = _Sight()


def watch() -> None:
    """From now on somebody in this process looks whether it is there.

    A copy that was left here by whoever ran before is not read until it has been compared: it may be a day old.
    """
    _sight.is_watched, _sight.is_lost, _sight.seen_at, _sight.behind_since = True, False, time.monotonic(), _EVER


def unwatch() -> None:
    """Nobody looks any more, so nothing is known."""
    _sight.is_watched, _sight.behind_since = False, None


def seen() -> None:
    """It has answered just now."""
    _sight.is_lost, _sight.seen_at = False, time.monotonic()


def lost() -> None:
    """It has refused to answer, or could not be reached."""
    _sight.is_lost = True


def compared(*, is_in_step: bool, may_be_read: bool = True) -> None:
    """The copy has just been compared with it. One that may not be read at all, because there is none yet or it is of
    another journal, has no patience: what takes its place is compared first."""
    if is_in_step:
        _sight.behind_since = None
    elif not may_be_read:
        _sight.behind_since = _EVER
    elif _sight.behind_since is None:
        _sight.behind_since = time.monotonic()


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
    return _sight.is_lost or (not _sight.is_busy and time.monotonic() - _sight.seen_at > SILENCE)


def is_ahead() -> bool:
    """Return whether it is within reach, and the copy has been behind it for too long to be read."""
    since = _sight.behind_since
    return since is not None and time.monotonic() - since > PATIENCE and not is_away()
