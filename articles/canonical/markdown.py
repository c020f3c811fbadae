"""Markdown in and out: content as files that a person reads, and that a change review shows line by line.

The subset of CommonMark that the rich-text tree can hold, with three additions: ``[@source, p. 351]`` is a citation,
``[words]{lang=la}`` a phrase in another language, ``item:article/…`` and ``term:…`` are targets of links.
"""

import re
from typing import NamedTuple

from articles.canonical.manuscript import Item, Manuscript
from articles.canonical.markdown_inline import read_inline
from articles.canonical.markdown_writing import to_markdown
from articles.canonical.problems import Problem, Refused
from articles.canonical.shape import DEEPEST_LIST
from articles.canonical.targets import Own
from articles.canonical.text import dangers, shown
from articles.canonical.tree import Body

__all__ = ["from_markdown", "to_markdown"]

_MARKER = re.compile(r"(?:[-+*]|(?P<number>[0-9]{1,9})[.)])(?P<gap> +|$)")
_HEADING = re.compile(r"(#{1,6})(?: |$)")
# Rules, underlined headings and code fences go; of quotations, tables and definitions of links the words stay.
_UNKNOWN = re.compile(
    r"([-_*])(?: *\1){2,} *$|(?:=+|--+) *$|(?:```+|~~~+).*|> ?|\|[-:| ]*$|\||(?=\[[^\]@\\]{1,200}\]:)", re.DOTALL
)
# Text that is indented further than this is code in Markdown.
_DEEPEST_INDENT = 3
# Markers beyond this many open items are words: nobody means them, and a row of dashes must not cost its square.
_MOST_ITEMS = 20


def from_markdown(text: str, place: str = "", *, own: Own | None = None) -> tuple[Body, list[Problem]]:
    """The body of a Markdown text in its normal form, and everything that could not be kept.

    The place of a problem is ``place`` with the number of the line (``cramps.ru.md:12``). ``own(href)`` names the
    (kind, item) behind an address of our own site. Dangerous characters refuse the whole text. Raises nothing.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = [(number, row.expandtabs(4)) for number, row in enumerate(rows, 1)]
    refused = [problem for number, row in numbered for problem in dangers(row, f"{place}:{number}".removeprefix(":"))]
    if refused:
        return [], refused
    reader = _Reader(place, own or (lambda href: None))
    try:
        for number, row in numbered:
            reader.row(row, number)
        reader.end_paragraph()
    except Refused as found:
        return [], found.problems
    return reader.manuscript.finished()


class _OpenItem(NamedTuple):
    """An item of a list, and how far the text that belongs to it is indented."""

    item: Item
    indent: int


class _Reader:
    """Reads row by row: in which items a row stands, and what it begins or continues."""

    def __init__(self, place: str, own: Own) -> None:
        self.manuscript = Manuscript(place)
        self.own = own
        self.items: list[_OpenItem] = []
        self.paragraph: list[str] = []
        self.first_row = 0
        self.is_too_deep = False

    def row(self, row: str, number: int) -> None:
        words = row.lstrip(" ")
        indent = len(row) - len(words)
        if not words:
            self.end_paragraph()
        elif self.paragraph and not self.interrupts(words, indent):
            self.paragraph.append(words)
        else:
            self.end_paragraph()
            self.manuscript.row = self.first_row = number
            self.begin(words, indent)

    def end_paragraph(self) -> None:
        if self.paragraph:
            self.line("\n".join(self.paragraph))
            self.paragraph = []

    def interrupts(self, words: str, indent: int) -> bool:
        """Whether a row begins something new although no empty row stands before it (CommonMark, section 5.2)."""
        if _HEADING.match(words) or _UNKNOWN.match(words):
            return True
        marker = _MARKER.match(words)
        is_within = indent >= self.indent
        return marker is not None and not (is_within and (marker["number"] not in (None, "1") or not marker["gap"]))

    @property
    def indent(self) -> int:
        return self.items[-1].indent if self.items else 0

    def begin(self, words: str, indent: int) -> None:
        """Begin what the row begins; behind the marker of an item something else may begin at once."""
        closed: _OpenItem | None = None
        while self.items and self.indent > indent:
            closed = self.items.pop()
        while len(self.items) < _MOST_ITEMS and (marker := _MARKER.match(words)) and not _UNKNOWN.match(words):
            self.item(marker, indent, closed.item if closed else None)
            indent, closed, words = self.indent, None, words[marker.end() :]
        if heading := _HEADING.match(words):
            self.heading(heading, words)
        elif unknown := _UNKNOWN.match(words):
            self.manuscript.report("markup-not-known", markup=shown(unknown[0] or words, 30))
            self.paragraph = [rest] if (rest := words[unknown.end() :].lstrip(" ")) else []
        elif words:
            if indent - self.indent > _DEEPEST_INDENT:
                self.manuscript.report("markup-not-known", markup=" " * 4)
            self.paragraph = [words]

    def heading(self, found: re.Match[str], words: str) -> None:
        level = len(found[1])
        title = words[level:].strip(" ")
        if (bare := title.rstrip("#")) != title and bare[-1:] in ("", " "):
            title = bare
        if self.items:
            self.manuscript.report("heading-in-list")
        else:
            self.manuscript.begin_heading(level)
        self.line(title)

    def item(self, marker: re.Match[str], indent: int, sibling: Item | None) -> None:
        ordered, gap = marker["number"] is not None, len(marker["gap"])
        if ordered and int(marker["number"]) != 1 and not (sibling and sibling.ordered):
            self.manuscript.report("list-number-changed", number=marker["number"])
        width = marker.end() - gap + (gap if 0 < gap <= _DEEPEST_INDENT + 1 else 1)
        self.items.append(_OpenItem(self.manuscript.new_item(ordered), indent + width))
        if len(self.items) > DEEPEST_LIST and not self.is_too_deep:
            self.is_too_deep = True
            self.manuscript.report("list-too-deep", limit=DEEPEST_LIST)

    def line(self, text: str) -> None:
        """Write a paragraph or heading to its end."""
        path = [item for item, indent in self.items]
        self.manuscript.line.path = tuple(path if len(path) <= DEEPEST_LIST else [*path[: DEEPEST_LIST - 1], path[-1]])
        self.manuscript.row = self.first_row
        read_inline(text, self.manuscript, own=self.own)
        self.manuscript.new_line()
