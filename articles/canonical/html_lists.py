"""Where in which lists a line of HTML stands: real lists, and the list paragraphs of Word, which only look like one."""

import re

from articles.canonical.html_elements import is_number
from articles.canonical.manuscript import Item, Manuscript
from articles.canonical.shape import DEEPEST_LIST


class Lists:
    """The open lists, outermost first, each with the item that is being read."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._html: list[tuple[bool, Item | None]] = []
        self._levels: list[Item] = []
        self._above: list[Item] = []
        self._office: list[Item] = []
        self._level = 0
        self._in_office = False
        self._told_depth = False
        self.marker = ""

    @property
    def is_open(self) -> bool:
        return bool(self._html) or self._in_office

    @property
    def is_real(self) -> bool:
        """Whether an element of the page is a list here."""
        return bool(self._html)

    @property
    def awaits_marker(self) -> bool:
        """Whether the bullet or number of a list paragraph of Word may come next: it is no word of the text."""
        return bool(self._level)

    def open(self, ordered: bool) -> None:
        self._html.append((ordered, None))

    def close(self) -> None:
        self._html.pop()

    def next_item(self, level: int = 0) -> None:
        """Begin an item. Word on the web puts each into a list of its own and tells its ``level`` beside it."""
        ordered, _ = self._html[-1]
        item = self._manuscript.new_item(ordered)
        self._html[-1] = (ordered, item)
        if len(self._html) == 1:
            self._levels[max(level - 1, 0) :] = [item]
            self._above = self._levels[:-1]

    def office_paragraph(self, level: int, *, goes_on: bool = False) -> None:
        """Begin a paragraph of Word: an item of this level, or (``goes_on``) one more paragraph of the last item."""
        self._level, self.marker = level, ""
        self._in_office = bool(level) or (goes_on and bool(self._office))
        if not self._in_office:
            self._office.clear()

    def office_end(self) -> None:
        """End a paragraph of Word; the next one may still belong to the same list."""
        self._level, self._in_office = 0, False

    def office_heading(self) -> str:
        """The number before a heading of Word, which is no item of a list although it is marked as one."""
        self.office_end()
        return self.marker.strip()

    def path(self) -> tuple[Item, ...]:
        """The items in which the next line stands, at most ``DEEPEST_LIST`` of them."""
        if self._level:
            self._next_office_item()
        inner = [self._item(index) for index in self._visible()]
        above = self._above if inner else []
        items = [*above, *inner, *(self._office if self._in_office else ())]
        if len(self._html) - len(inner) + len(items) > DEEPEST_LIST and not self._told_depth:
            self._told_depth = True
            self._manuscript.report("list-too-deep", limit=DEEPEST_LIST)
        return tuple(items if len(items) <= DEEPEST_LIST else [*items[: DEEPEST_LIST - 1], items[-1]])

    def _visible(self) -> list[int]:
        """Of many nested lists the outermost and the last: a hundred thousand of them must not cost their square."""
        count = len(self._html)
        return list(range(count)) if count <= DEEPEST_LIST else [*range(DEEPEST_LIST - 1), count - 1]

    def _item(self, index: int) -> Item:
        ordered, item = self._html[index]
        if item is None:
            item = self._manuscript.new_item(ordered)
            self._html[index] = (ordered, item)
        return item

    def _next_office_item(self) -> None:
        marker = self.marker.strip()
        item = self._manuscript.new_item(is_number(marker))
        is_first = len(self._office) < self._level
        self._office[self._level - 1 :] = [item]
        self._level = 0
        number = re.match(r"\(?([0-9]+)", marker)
        if is_first and item.ordered and number and int(number[1][:9]) != 1:
            self._manuscript.report("list-number-changed", number=number[1][:9])
