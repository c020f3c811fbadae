"""How long work shows itself: a bar with rate and time left on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable
from typing import Protocol

_WIDTH = 24
_REDRAWN_EVERY = 0.1


class Stream(Protocol):
    def write(self, text: str, /) -> object: ...

    def flush(self) -> None: ...

    def isatty(self) -> bool: ...


class Progress:
    """Counts steps towards `total`. `clock` returns seconds; only differences between its values are used."""

    def __init__(self, stream: Stream, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._total = total
        self._clock = clock
        self._done = 0
        self._started = clock()
        self._drawn = float("-inf")
        self._on_terminal = stream.isatty()

    def step(self, line: str) -> None:
        """Note that one more is done; `line` says what, where there is no terminal to draw on."""
        self._done += 1
        if not self._on_terminal:
            self._stream.write(f"{line}\n")
            return
        now = self._clock()
        if now - self._drawn >= _REDRAWN_EVERY or self._done == self._total:
            self._drawn = now
            self._stream.write("\r\033[K" + self._bar(now - self._started))
            self._stream.flush()

    def close(self) -> None:
        """End the bar's line."""
        if self._on_terminal and self._done:
            self._stream.write("\n")
            self._stream.flush()

    def _bar(self, seconds: float) -> str:
        filled = _WIDTH * self._done // max(self._total, 1)
        rate = self._done / seconds if seconds > 0 else 0.0
        left = f", {(self._total - self._done) / rate:.0f} s left" if rate and self._done < self._total else ""
        return f"[{'#' * filled}{' ' * (_WIDTH - filled)}] {self._done}/{self._total}, {rate:.0f}/s{left}"
