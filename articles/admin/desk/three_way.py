"""Two people's changes to one object, cell by cell. Plain Python: no database, no form, no words for people.

A cell is a field, in one language where it has languages, of the object itself or of one of its rows. What only one of
them changed is that one's; what both changed to different words needs a person. So does a row that one of them deleted
while the other wrote in it: the words would go, or come back, without anybody having wanted it. And so do the fields of
one row that are in no language, such as how soon help is needed and on which answers: each may be right only beside
what stood beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from articles.canonical.languages import LANGUAGES

Changed = Literal["mine", "theirs", "both"]


@dataclass(frozen=True)
class Saying:
    """What somebody's version says: its cells by key, those of a row as `<rows>.<id>.<field>`, and its rows in order.

    A cell that is left out is empty.
    """

    cells: Mapping[str, str]
    rows: list[str]


def differing(was: Saying | None, theirs: Saying, mine: Saying, *, name: str = "") -> dict[str, Changed]:
    """Return who changed each cell in which the two differ; without what both had before them, always `both`.

    `name` is what stands before the ids of rows in keys.
    """
    keys = [key for key in [*theirs.cells, *mine.cells] if theirs.cells.get(key, "") != mine.cells.get(key, "")]
    found = {key: _changed_by(was, theirs, mine, key) for key in keys}
    if was is None:
        return found
    found |= dict.fromkeys(_settings_of_both(was, theirs, mine, found, name), "both")
    disputed = _deleted_and_edited(was, theirs, mine, name) | _deleted_and_edited(was, mine, theirs, name)
    return {key: "both" if _row_of(key, name) in disputed else changed for key, changed in found.items()}


def woven(was: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """Return the rows of both in one order: mine if I moved any, else theirs.

    A row that only one of them has follows the row that it followed there.
    """
    order, other = (list(mine), theirs) if moved(was, mine) else (list(theirs), mine)
    for position, id in enumerate(other):
        if id not in order:
            before = next((one for one in reversed(other[:position]) if one in order), None)
            order.insert(order.index(before) + 1 if before else 0, id)
    return order


def moved(was: list[str], now: list[str]) -> bool:
    """Whether rows that were there stand in another order now."""
    return [id for id in now if id in was] != [id for id in was if id in now]


def _changed_by(was: Saying | None, theirs: Saying, mine: Saying, key: str) -> Changed:
    if was is None:
        return "both"
    before = was.cells.get(key, "")
    if before == mine.cells.get(key, ""):
        return "theirs"
    return "mine" if before == theirs.cells.get(key, "") else "both"


def _settings_of_both(was: Saying, theirs: Saying, mine: Saying, found: Mapping[str, Changed], name: str) -> list[str]:
    """The cells in no language of rows in which both changed such cells."""
    cells = [key for key in found if _row_of(key, name) and not key.endswith(tuple(f".{one}" for one in LANGUAGES))]
    theirs_in = {_row_of(key, name) for key in cells if was.cells.get(key, "") != theirs.cells.get(key, "")}
    mine_in = {_row_of(key, name) for key in cells if was.cells.get(key, "") != mine.cells.get(key, "")}
    known = set(was.rows)
    return [key for key in cells if _row_of(key, name) in theirs_in & mine_in & known]


def _deleted_and_edited(was: Saying, one: Saying, other: Saying, name: str) -> set[str]:
    """Rows that `one` deleted and `other` changed."""
    gone = {row for row in was.rows if row not in one.rows and row in other.rows}
    return {row for row in gone if _cells_of(was, row, name) != _cells_of(other, row, name)}


def _cells_of(saying: Saying, row: str, name: str) -> Mapping[str, str]:
    return {key: text for key, text in saying.cells.items() if text and _row_of(key, name) == row}


def _row_of(key: str, name: str) -> str:
    """The id of the row that a cell belongs to, empty for one of the object itself."""
    if not name or not key.startswith(f"{name}."):
        return ""
    return key.removeprefix(f"{name}.").split(".", 1)[0]
