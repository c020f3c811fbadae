"""Plain tables as text that people read, type and compare: a row on each line, cells separated by bars.

    Sign | Cramp | Narrowed arteries
    When | at night | when walking

The first row is the heading. A bar inside a cell is written ``\\|``. Tabs separate cells too, so rows copied from a
spreadsheet are rows here.
"""

import re

from articles.canonical.problems import Refused, problem
from articles.canonical.text import dangers, normal

Rows = list[list[str]]

# What can still be read on a telephone by turning it, and listened to without losing the place.
MOST_COLUMNS = 8
MOST_ROWS = 60

_BAR = re.compile(r"(?<!\\)\|")
_BREAKS = re.compile(r"\r\n|[\n\r\u2028\u2029]")


def read_table(text: str) -> Rows:
    """Return the rows, the heading first, all of the same length. Raises ``Refused`` for what is no table."""
    if found := dangers(text):
        raise Refused(found)
    rows = [_cells(line) for line in _BREAKS.split(text)]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    width = max(len(row) for row in rows)
    problems = []
    if width > MOST_COLUMNS:
        problems.append(problem("table-too-wide", columns=width, limit=MOST_COLUMNS))
    if len(rows) > MOST_ROWS:
        problems.append(problem("table-too-long", rows=len(rows), limit=MOST_ROWS))
    if len(rows) == 1:
        problems.append(problem("table-without-rows"))
    if width == 1:
        problems.append(problem("table-of-one-column"))
    if problems:
        raise Refused(problems)
    return [row + [""] * (width - len(row)) for row in rows]


def table_text(rows: Rows) -> str:
    """Return the rows in their one form."""
    return "\n".join(map(_line, rows))


def _line(row: list[str]) -> str:
    line = " | ".join(cell.replace("|", r"\|") for cell in row)
    # Bars at both ends would be read as the edges of a Markdown table, and two empty cells be lost; so edges are drawn.
    is_edged = len(row) > 1 and not row[0] and not row[-1]
    return f"| {line.strip()} |" if is_edged else line.rstrip()


def _cells(line: str) -> list[str]:
    bare = line.strip(" ")
    # Markdown's own tables have bars at the edges, and a line of dashes below the heading.
    if re.fullmatch(r"\|?[\s:|-]*-{3}[\s:|-]*", bare):
        return []
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 1 and not bare.endswith(r"\|"):
        bare = bare[1:-1]
    return [normal(cell.replace(r"\|", "|")) for cell in _BAR.split(bare.replace("\t", "|"))]
