"""A saved version field by field, in both languages, each woven together with what another version said."""

from articles.admin.desk.reading import Line, Names, lines
from articles.editions.weaving import Run, words
from articles.editorial.revisions import Revision


class Row:
    """One field of a version: its text in Russian and English, or in one, each as runs against the version before."""

    def __init__(self, part: str, label: str) -> None:
        self.part, self.label = part, label
        self.cells: dict[str, list[Run]] = {}

    @property
    def is_changed(self) -> bool:
        return any(run.kind != "same" for runs in self.cells.values() for run in runs)


def rows(version: Revision, before: Revision | None) -> list[Row]:
    """Return the version's fields in order, then those that it no longer has; everything is the same in a first one."""
    data = version.data
    older = before.data if before else data
    names = Names(version.kind, data, older)
    now, was = lines(version.kind, data, names), lines(version.kind, older, names)
    found: dict[str, Row] = {}
    for key in [*now, *(key for key in was if key not in now)]:
        line: Line = now.get(key) or was[key]
        field = key.removesuffix(f".{line.language}") if line.language else key
        row = found.setdefault(field, Row(line.part, line.label))
        row.cells[line.language] = words(_words(was, key), _words(now, key))
    return list(found.values())


def _words(found: dict[str, Line], key: str) -> str:
    return found[key].text if key in found else ""
