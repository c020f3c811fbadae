"""Two people saved the same object: their text beside mine, part by part, and neither overwritten.

The second save is stopped before it changes anything. What both saw at first is the version that the form was opened
with, and every version is kept, so it is known who changed which part; only a part that both changed needs a decision.
What is chosen is then shown in the ordinary form, on top of the newest version, and saved from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict

from articles.admin.desk.reading import Line, Names, lines
from articles.admin.desk.typed import typed
from articles.content import aggregates
from articles.content.aggregates import ROWS, Data
from articles.content.desk_object import DeskObject
from articles.editions.weaving import Run, words
from articles.editorial.revisions import Revision, revisions

Side = Literal["mine", "theirs"]
CHOICE = "_take:"
SEEN = "seen_version"


@dataclass(frozen=True)
class Difference:
    """A part in which the two texts differ; `changed_by` is who changed it, `both` where a decision is needed."""

    key: str
    part: str
    label: str
    language: str
    theirs: str
    mine: str
    changed_by: Literal["mine", "theirs", "both"]

    @property
    def heading(self) -> str:
        """The block and the field; once where both have the same name."""
        names = [self.part] if self.part.endswith(f" {self.label}") else [self.part, self.label]
        return " · ".join(name for name in names if name)

    @property
    def suggested(self) -> Side:
        """What is taken unless the editor says otherwise; mine where both changed it, for theirs is a kept version."""
        return "theirs" if self.changed_by == "theirs" else "mine"

    @property
    def runs(self) -> list[Run]:
        return words(self.theirs, self.mine)


@dataclass(frozen=True)
class Conflict:
    obj: DeskObject
    newest: Revision | None
    differences: list[Difference]
    order: list[str]
    is_reordered: bool

    @property
    def is_same(self) -> bool:
        """Whether both say the same in the same order, so that there is nothing to save or to decide."""
        return not self.differences and not self.is_reordered


def seen_version(post: QueryDict) -> int:
    """Return the version that the form was opened with; 0, which no object has, when the form does not say."""
    value = post.get(SEEN, "")
    return int(value) if value.isdecimal() else 0


def conflict(obj: DeskObject, post: QueryDict) -> Conflict:
    """Return every part in which the stored object and the posted form differ."""
    kind = aggregates.kind_of(obj)
    theirs, mine = aggregates.dump(obj), typed(kind, post)
    kept = revisions(obj)
    base = kept.filter(number=seen_version(post)).first()
    names = Names(kind, theirs, mine, *([base.data] if base else []))
    was = lines(kind, base.data, names) if base else None
    found = _differences(lines(kind, theirs, names), lines(kind, mine, names), was)
    name = ROWS[kind].name if kind in ROWS else ""
    orders = [_order(data, name) for data in (base.data if base else {}, theirs, mine)]
    return Conflict(obj, kept.first(), found, woven(*orders), orders[1] != orders[2])


def woven(was: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """Return the blocks of both in one order: mine if I moved any, else theirs.

    A block that only one of them has follows the block that it followed there.
    """
    known = [id for id in mine if id in was]
    i_moved = known != [id for id in was if id in mine]
    order, other = (list(mine), theirs) if i_moved else (list(theirs), mine)
    for position, id in enumerate(other):
        if id not in order:
            before = next((one for one in reversed(other[:position]) if one in order), None)
            order.insert(order.index(before) + 1 if before else 0, id)
    return order


def _order(data: Data, name: str) -> list[str]:
    return [row["id"] for row in data.get(name, [])]


def _differences(
    theirs: Mapping[str, Line], mine: Mapping[str, Line], was: Mapping[str, Line] | None
) -> list[Difference]:
    found = []
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        line = theirs.get(key) or mine[key]
        their_text, my_text = _text(theirs, key), _text(mine, key)
        if their_text == my_text:
            continue
        before = _text(was, key) if was is not None else None
        changed_by: Literal["mine", "theirs", "both"] = "both"
        if before is not None and before in (their_text, my_text):
            changed_by = "mine" if before == their_text else "theirs"
        found.append(Difference(key, line.part, line.label, line.language, their_text, my_text, changed_by))
    return found


def _text(found: Mapping[str, Line], key: str) -> str:
    return found[key].text if key in found else ""
