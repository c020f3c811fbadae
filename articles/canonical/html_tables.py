"""The table on a clipboard: out of Word, a spreadsheet or a web page, as rows of plain words.

Merged cells are filled with the same words in each place that they cover, so no column slips. Whatever a cell cannot
hold is told as a problem; words are never dropped in silence.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from articles.canonical import html_elements as elements
from articles.canonical.html_reading import read_tokens, refuse
from articles.canonical.html_tokens import End, Start, Text, Token, tokens
from articles.canonical.plain_writing import plain_text
from articles.canonical.problems import Problem, Refused, problem
from articles.canonical.table_text import Rows
from articles.canonical.text import normal, shown
from articles.canonical.tree import walk

# A merged cell says itself how far it goes; no table for readers goes further.
_FURTHEST = 60


def read_table_html(html: str) -> tuple[Rows, list[Problem]]:
    """The rows of the first table of a piece of HTML, none where it has no table, and everything that was not kept.

    Dangerous characters refuse the whole paste: there are no rows then. Raises nothing.
    """
    try:
        refuse(html)
        finder = _Finder()
        for token in tokens(html):
            finder.take(token)
        return finder.finished()
    except Refused as refused:
        return [], refused.problems


def read_table_lines(text: str) -> tuple[Rows, list[Problem]]:
    """The rows of what a spreadsheet puts on the clipboard as plain text: tabs between cells, quotes around breaks."""
    try:
        refuse(text)
    except Refused as refused:
        return [], refused.problems
    # An odd quotation mark is a word's own, and would swallow the rest of the table.
    is_quoted = text.count('"') % 2 == 0
    source = io.StringIO(text, newline="")
    lines = csv.reader(source, "excel-tab", quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE)
    return _even([[normal(cell) for cell in line] for line in lines]), []


@dataclass
class _Cell:
    """A cell while it is read: what it holds, and how many columns and rows it covers."""

    across: int
    down: int
    held: list[Token] = field(default_factory=list)


@dataclass
class _Finder:
    """Finds the rows of the first table; a table inside a cell is words of that cell."""

    rows: list[list[_Cell]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    depth: int = 0
    tables: int = 0
    cell: _Cell | None = None

    def take(self, token: Token) -> None:
        match token:
            case Start("table", attributes) if self.depth or elements.is_lost("table", attributes):
                self.depth += 1
                self.tables += self.depth == 1
            case End("table") if self.depth:
                self.depth -= 1
                if self.depth == 0:
                    self.cell = None
                    return
        if self.depth == 0 or self.tables > 1:
            self._words_outside(token)
        elif self.depth > 1 or not self._is_structure(token):
            self._into_cell(token)

    def _is_structure(self, token: Token) -> bool:
        """Whether the token begins or ends a row or a cell of the table itself."""
        match token:
            case Start("tr", _):
                self.rows.append([])
                self.cell = None
            case Start("td" | "th", attributes):
                if not self.rows:
                    self.rows.append([])
                self.cell = _Cell(_reach(attributes, "colspan"), _reach(attributes, "rowspan"))
                self.rows[-1].append(self.cell)
            case End("td" | "th" | "tr"):
                self.cell = None
            case Start("table", _):
                pass
            case _:
                return False
        return True

    def _into_cell(self, token: Token) -> None:
        if self.cell is not None:
            self.cell.held.append(token)
        else:
            self._words_outside(token)

    def _words_outside(self, token: Token) -> None:
        if isinstance(token, Text) and self.tables < 2 and (words := normal(token.text)):
            self.outside.append(words)

    def finished(self) -> tuple[Rows, list[Problem]]:
        problems: list[Problem] = []
        grid: list[dict[int, str]] = [{} for _ in self.rows]
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while column in grid[number]:
                    column += 1
                words = _words(cell, number + 1, problems)
                for below in range(number, min(number + cell.down, len(grid))):
                    grid[below] |= dict.fromkeys(range(column, column + cell.across), words)
                if (cell.across > 1 or cell.down > 1) and words:
                    problems.append(problem("cells-merged", near=shown(words, 60)))
        width = max((max(row) + 1 for row in grid if row), default=0)
        rows = _even([[row.get(column, "") for column in range(width)] for row in grid])
        if rows and self.outside:
            problems.append(problem("words-beside-table", near=shown(" ".join(self.outside), 60)))
        if self.tables > 1:
            problems.append(problem("several-tables", count=self.tables))
        # Of each kind one is enough to know what to look for.
        return rows, list({found.code: found for found in reversed(problems)}.values())[::-1]


def _words(cell: _Cell, row: int, problems: list[Problem]) -> str:
    """The words of a cell on one line. A row is the paragraph that problems name, as where a table becomes text."""
    body, found = read_tokens(cell.held)
    words = normal(" ".join(plain_text(body).split()))
    if any(node["type"] in ("link", "item_link") for node in walk(body)):
        problems.append(problem("cell-link-lost", near=shown(words, 60)))
    for one in found:
        if not one.code.startswith("link-"):
            values: dict[str, Any] = one.values | ({"paragraph": row} if "paragraph" in one.values else {})
            problems.append(problem(one.code, **values))
    return words


def _reach(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "").strip()
    return min(max(int(value), 1), _FURTHEST) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _even(rows: Rows) -> Rows:
    """Rows of one length, without empty rows and without empty columns at the right edge."""
    kept = [row for row in rows if any(row)]
    width = max((number + 1 for row in kept for number, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in kept]
