"""What a parser has read so far: lines of runs with their place in lists, and the problems met on the way.

HTML and Markdown both end here, so both number paragraphs, quote the words near a problem and build lists alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.canonical import tree
from articles.canonical.problems import Problem, problem
from articles.canonical.runs import Cite, Node, Run, Words
from articles.canonical.text import excerpt

# A body has headings below those of its article; an article's own are blocks with level 2.
_LEVELS = {1: 3, 2: 3, 3: 3}
_DEEPEST_LEVEL = 4

# How much of the text stands on either side of a problem in the message about it.
_BEFORE, _AFTER, _RUNS = 20, 30, 9


class Item(NamedTuple):
    """One item of a list: ``key`` tells it from the others, ``ordered`` says which kind of list it stands in."""

    ordered: bool
    key: int


@dataclass
class Line:
    """One paragraph or, with a level, one heading; ``path`` leads through the items of lists that it stands in."""

    runs: list[Run] = field(default_factory=list)
    path: tuple[Item, ...] = ()
    level: int = 0

    @property
    def is_blank(self) -> bool:
        return not any(isinstance(run, Cite) or (isinstance(run, Words) and run.text.strip()) for run in self.runs)


class _Report(NamedTuple):
    code: str
    place: str
    line: int
    params: tuple[tuple[str, str | int], ...]


class Manuscript:
    """Lines in the order of reading; the last one is being written."""

    def __init__(self, place: str = "") -> None:
        self.place = place
        self.row = 0  # of the file that is being read; 0 where the source has no rows
        self.lines: list[Line] = [Line()]
        self._reports: dict[_Report, int] = {}
        self._keys = 0

    @property
    def line(self) -> Line:
        return self.lines[-1]

    def new_line(self) -> None:
        """Close the line that is being written; one that is still empty starts anew."""
        if not self.line.runs:
            self.lines.pop()
        self.lines.append(Line())

    def begin_heading(self, level: int) -> None:
        """Make the line a heading, of the level that a body can have."""
        self.line.level = _LEVELS.get(level, _DEEPEST_LEVEL)
        if self.line.level != level:
            self.report("heading-level-changed", old=level, new=self.line.level)

    def new_item(self, ordered: bool) -> Item:
        self._keys += 1
        return Item(ordered, self._keys)

    def report(self, code: str, **params: str | int) -> None:
        """Note a problem here, in a file with its row. The same problem in the same paragraph is told once."""
        place = f"{self.place}:{self.row}".removeprefix(":") if self.row else self.place
        report = _Report(code, place, len(self.lines) - 1, tuple(sorted(params.items())))
        self._reports.setdefault(report, len(self.line.runs))

    def finished(self) -> tuple[tree.Body, list[Problem]]:
        """The body in its normal form, and the problems in the order in which they were met."""
        return tree.normalise(_assembled(self.lines)), list(dict.fromkeys(self._problems()))

    def _problems(self) -> Iterable[Problem]:
        numbers = [0]
        for line in self.lines:
            numbers.append(numbers[-1] + (not line.is_blank))
        for report, at in self._reports.items():
            index = min(report.line, len(self.lines) - 1)
            paragraph = max(1, min(numbers[-1], numbers[index] + 1))
            yield problem(
                report.code,
                report.place,
                paragraph=paragraph,
                near=self._near(index, at),
                **dict(report.params),
            )

    def _near(self, index: int, at: int) -> str:
        """The words around a place; where its line is empty, the end of the line before."""
        if self.lines[index].is_blank and index:
            index, at = index - 1, len(self.lines[index - 1].runs)
        runs = self.lines[index].runs
        before = "".join(_words(run)[-2 * _BEFORE :] for run in runs[max(at - _RUNS, 0) : at]).lstrip()
        after = "".join(_words(run)[: 2 * _AFTER] for run in runs[at : at + _RUNS])
        if len(before) > _BEFORE:
            before = before[-_BEFORE:].partition(" ")[2]
        return excerpt(before + after, len(before) + _AFTER) or "…"


def _words(run: Run) -> str:
    return run.text if isinstance(run, Words) else " "


def _assembled(lines: Iterable[Line]) -> tree.Body:
    """Blocks of the lines, with the lists that their paths describe; ``normalise`` does the rest."""
    body: tree.Body = []
    open_items: list[tuple[Item, tree.Body]] = []
    for line in lines:
        block = tree.heading(line.level, line.runs) if line.level else tree.paragraph(line.runs)
        if block is None:
            continue
        shared = 0
        while shared < min(len(open_items), len(line.path)) and open_items[shared][0] == line.path[shared]:
            shared += 1
        del open_items[shared:]
        for item in line.path[shared:]:
            parent = open_items[-1][1] if open_items else body
            open_items.append((item, _opened(parent, item)))
        (open_items[-1][1] if open_items else body).append(block)
    return body


def _opened(parent: tree.Body, item: Item) -> tree.Body:
    last: Node = parent[-1] if parent else {"type": ""}
    if last["type"] != "list" or last["ordered"] != item.ordered:
        last = {"type": "list", "ordered": item.ordered, "items": []}
        parent.append(last)
    last["items"].append([])
    return last["items"][-1]
