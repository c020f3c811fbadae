"""The inline elements that are open at one place of an HTML text, and what they lay over its words."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from articles.canonical.runs import Marks


@dataclass(eq=False)
class Frame:
    """An open element. ``effects`` is what it changes; ``used`` says whether words stood under it."""

    name: str
    effects: dict[str, Any] = field(default_factory=dict)
    is_open: bool = True
    used: bool = False


class Inline:
    """Frames may close in any order (``<b><i></b></i>``): each is only marked, and swept when it comes to lie on top.

    So an end tag costs the same however many elements are open.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, list[Frame]] = defaultdict(list)
        self._by_effect: dict[str, list[Frame]] = defaultdict(list)
        self._local: list[Frame] = []

    def open(self, frame: Frame, *, local: bool) -> None:
        """Open an element; a ``local`` one ends with the block in which it began."""
        self._by_name[frame.name].append(frame)
        for effect in frame.effects:
            self._by_effect[effect].append(frame)
        if local:
            self._local.append(frame)

    def close(self, name: str) -> Frame | None:
        """Close the innermost open element of this name."""
        frame = _top(self._by_name[name])
        if frame:
            frame.is_open = False
        return frame

    @property
    def depth(self) -> int:
        """A place to which ``close_since`` can return."""
        _top(self._local)
        return len(self._local)

    def close_since(self, depth: int) -> list[Frame]:
        """Close the local elements that were opened since then, and return them."""
        closed = [frame for frame in self._local[depth:] if frame.is_open]
        del self._local[depth:]
        for frame in closed:
            frame.is_open = False
        return closed

    def close_all(self) -> list[Frame]:
        """Close what is still open at the end of the text, and return it."""
        closed = [frame for frames in self._by_name.values() for frame in frames if frame.is_open]
        for frame in closed:
            frame.is_open = False
        return closed

    def frame(self, effect: str) -> Frame | None:
        """The innermost open element that has this effect."""
        return _top(self._by_effect[effect])

    def effect(self, name: str) -> Any:
        """The value of an effect at this place, None where nothing sets it."""
        frame = self.frame(name)
        return frame.effects[name] if frame else None

    @property
    def marks(self) -> Marks:
        return Marks(
            anchor=self.effect("anchor") or (),
            foreign=self.effect("foreign") or "",
            strong=bool(self.effect("strong")),
            emphasis=bool(self.effect("emphasis")),
        )


def _top(frames: list[Frame]) -> Frame | None:
    while frames and not frames[-1].is_open:
        frames.pop()
    return frames[-1] if frames else None
