"""Finished answers of this process, bounded by bytes, each with the tags of what it depends on.

Steps are what the follower applies, in order. A reading that began before a step may have read what was there before
it: it is kept only where no step since then touches one of its tags.
"""

from collections import OrderedDict, deque
from collections.abc import Collection, Hashable
from threading import Lock
from time import monotonic

from articles.answers.finished import Finished
from articles.editions.remembered import Remembered

# Steps that are remembered: a reading that takes longer than that many is not kept.
_REMEMBERED = 512
# One answer never takes more than this part of the whole.
_LARGEST_PART = 8


class Store:
    """`limit` is in bytes, roughly counted; with 0 nothing is kept. `remembered` is what many answers are made of."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.remembered = Remembered()
        self.size = 0
        self.step = 0
        self._oldest = 0
        self._steps: deque[tuple[int, frozenset[str]]] = deque()
        self._held: OrderedDict[Hashable, Finished] = OrderedDict()
        self._by_tag: dict[str, set[Hashable]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Hashable) -> Finished | None:
        """Return the answer under this key and keep it longer than those that nobody asks for."""
        found = self._held.get(key)
        if found is not None:
            found.used = monotonic()
            # Another thread may drop it just now; what was found was there when this request came. Written out, because
            # it is on the way of every answer.
            try:  # noqa: SIM105
                self._held.move_to_end(key)
            except KeyError:
                pass
        return found

    def __contains__(self, key: Hashable) -> bool:
        return key in self._held

    def put(self, key: Hashable, finished: Finished, *, since: int, instead: bool = True) -> bool:
        """Keep an answer whose reading began when `step` was `since`; return False where it may be out of date.

        Not `instead` of others, it is not kept either where one of them would have to go for it.
        """
        size = finished.size
        with self._lock:
            if size * _LARGEST_PART > self.limit or self._has_moved(finished.tags, since):
                return False
            if not instead and self.size + size > self.limit:
                return False
            self._drop(key)
            self._held[key] = finished
            self.size += size
            for tag in finished.tags:
                self._by_tag.setdefault(tag, set()).add(key)
            while self.size > self.limit:
                self._drop(next(iter(self._held)))
        return True

    def touch(self, tags: Collection[str]) -> dict[Hashable, Finished]:
        """Take a step: drop every answer that depends on one of these tags; return them."""
        touched = frozenset(tags)
        # First: an answer that is made of an old value has begun before this step, and is not kept.
        self.remembered.touch(touched)
        with self._lock:
            self.step += 1
            self._steps.append((self.step, touched))
            if len(self._steps) > _REMEMBERED:
                self._oldest = self._steps.popleft()[0]
            keys = {key for tag in touched for key in self._by_tag.get(tag, ())}
            dropped = {key: self._held[key] for key in keys}
            for key in keys:
                self._drop(key)
        return dropped

    def clear(self) -> None:
        """Drop everything, and keep nothing whose reading has begun already."""
        self.remembered.clear()
        with self._lock:
            self.step += 1
            self._oldest = self.step
            self._steps.clear()
            self._held.clear()
            self._by_tag.clear()
            self.size = 0

    def forked(self) -> None:
        """Begin anew in the child of a process, whose parent's threads may hold the lock."""
        self._lock = Lock()
        self.remembered.forked()
        self.clear()

    def _has_moved(self, tags: frozenset[str], since: int) -> bool:
        if since < self._oldest:
            return True
        return any(step > since and not touched.isdisjoint(tags) for step, touched in self._steps)

    def _drop(self, key: Hashable) -> None:
        gone = self._held.pop(key, None)
        if gone is None:
            return
        self.size -= gone.size
        for tag in gone.tags:
            keys = self._by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._by_tag[tag]
