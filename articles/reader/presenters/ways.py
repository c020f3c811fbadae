"""The way on from a page of a list: behind the last thing that it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

Shown = TypeVar("Shown")


@dataclass
class Way:
    """`address` is the list's own, `behind` what the page begins behind, None for the first page.

    What a page begins behind stays where it is when something new comes, so nothing is missed between two pages.
    """

    address: str
    behind: UUID | None = None
    last: str = ""

    def page(self, found: Sequence[tuple[Shown, str]], size: int) -> list[Shown]:
        """Return what fits on the page; `found` are things with their ids, one more than `size` if there are more."""
        self.last = found[size - 1][1] if len(found) > size else ""
        return [one for one, _ in found[:size]]

    @property
    def on(self) -> str:
        """Where the list goes on, empty where it ends."""
        return f"{self.address}?behind={self.last}" if self.last else ""

    @property
    def first(self) -> str:
        """Where the list begins, empty on the first page."""
        return self.address if self.behind else ""
