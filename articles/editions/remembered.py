"""Small values of the shelf that go into nearly every answer, such as whom to call: read once for many answers.

Each is kept with the tags of what it depends on, until a line of the journal touches one of them (`noting`). Whoever
makes answers that are dropped by tag lends it to them; an answer that holds an old value is dropped by the same line.
"""

from collections.abc import Callable, Collection, Hashable
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")


class Remembered:
    """Values by name, to be changed by nobody: all threads of a process get the same ones."""

    def __init__(self) -> None:
        self._step = 0
        self._held: dict[Hashable, tuple[Any, frozenset[str]]] = {}
        self._lock = Lock()

    def get(self, name: Hashable, tags: Collection[str], read: Callable[[], Value]) -> Value:
        """Return the value of this name, read now where it is not there. It is not kept where a line has passed
        meanwhile, which may have touched what was read."""
        held = self._held.get(name)
        if held is not None:
            return held[0]
        step = self._step
        value = read()
        with self._lock:
            if step == self._step:
                self._held[name] = value, frozenset(tags)
        return value

    def touch(self, tags: Collection[str]) -> None:
        """Drop every value that depends on one of these tags."""
        with self._lock:
            self._step += 1
            self._held = {name: held for name, held in self._held.items() if held[1].isdisjoint(tags)}

    def clear(self) -> None:
        """Drop everything, and keep nothing whose reading has begun already."""
        with self._lock:
            self._step += 1
            self._held = {}

    def forked(self) -> None:
        """Begin anew in the child of a process, whose parent's threads may hold the lock."""
        self._lock = Lock()
        self.clear()
