"""When a message that did not arrive is tried again: the schedule of Standard Webhooks 1.0, with jitter."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Statuses whose `Retry-After` is heeded.
_ASKING_TO_WAIT = (429, 503)


@dataclass(frozen=True)
class Pace:
    """How messages are sent; tests bring one of their own.

    `delays` come before each attempt, so there are as many attempts as delays. Up to `jitter` of a delay is added by
    chance: messages that failed together shall not come back together. An attempt may take `seconds` in all, and a
    worker that has not finished one when `lease` is over is taken for dead.
    """

    delays: tuple[timedelta, ...] = (
        timedelta(0), timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
        timedelta(hours=5), timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24),
    )  # fmt: skip
    jitter: float = 0.2
    seconds: float = 10.0
    lease: timedelta = timedelta(seconds=30)
    # A webhook that answers again is sent what it missed, each message at most this often.
    missed_again: timedelta = timedelta(minutes=5)
    # A receiver may ask for a pause, not for silence: word of a danger is tried again within the hour.
    longest_wait: timedelta = timedelta(hours=24)
    longest_urgent_wait: timedelta = timedelta(hours=1)

    def next_after(self, step: int, at: datetime, *, asked_for: timedelta | None, is_urgent: bool) -> datetime | None:
        """Return when to try again after `step` attempts, None if that was the last one.

        What the receiver `asked_for` makes it later, never earlier.
        """
        if step >= len(self.delays):
            return None
        delay = self.delays[step] * (1 + random.uniform(0, self.jitter))
        if asked_for is not None:
            delay = max(delay, min(asked_for, self.longest_urgent_wait if is_urgent else self.longest_wait))
        return at + delay


def asked_for(status: int, headers: Mapping[str, str], at: datetime) -> timedelta | None:
    """Return how long the receiver asks us to wait (`Retry-After`: seconds, or a date), None if it does not."""
    text = headers.get("retry-after", "").strip() if status in _ASKING_TO_WAIT else ""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text[:9]))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(timedelta(0), moment - at)


STANDARD = Pace()
