"""Two people saved the same object: their text beside mine, part by part, and neither overwritten.

What both saw at first is the version that the form was opened with, and every version is kept, so it is known who
changed which part. What only one of them changed is merged by itself (`merging`); only a part that both changed needs
a decision, and then nothing is changed before somebody has made it. What is chosen is shown in the ordinary form, on
top of the newest version, and saved from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.http import QueryDict

from articles.admin.desk.reading import Line, Names, lines
from articles.admin.desk.three_way import Changed, Saying, differing, moved, woven
from articles.admin.desk.typed import Asked, key_of, places, typed
from articles.canonical.languages import Language
from articles.content import aggregates
from articles.content.aggregates import ROWS, Data
from articles.content.desk_object import DeskObject
from articles.content.own_words import reworded
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
    changed_by: Changed

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
    """`base` is the version that the form was opened with, None where it was not kept. `post` is what was typed.

    `unseen` is where the object's words are others than the person saw who typed: (row id, language).
    """

    obj: DeskObject
    post: QueryDict
    base: Revision | None
    newest: Revision | None
    differences: list[Difference]
    order: list[str]
    is_reordered: bool
    both_moved: bool = False
    unseen: frozenset[tuple[str, Language]] = field(default_factory=frozenset)

    @property
    def is_same(self) -> bool:
        """Whether both say the same in the same order, so that there is nothing to save or to decide."""
        return not self.differences and not self.is_reordered

    @property
    def disputed(self) -> list[Difference]:
        """What both changed."""
        return [one for one in self.differences if one.changed_by == "both"]

    @property
    def settled(self) -> list[Difference]:
        """What only one of them changed."""
        return [one for one in self.differences if one.changed_by != "both"]

    @property
    def brought(self) -> list[Difference]:
        """What comes into the typed text from the newest version without being asked about."""
        return [one for one in self.differences if one.changed_by == "theirs"]

    @property
    def needs_decision(self) -> bool:
        return bool(self.disputed) or (self.base is None and not self.is_same)


def seen_version(post: QueryDict) -> int:
    """Return the version that the form was opened with; 0, which no object has, when the form does not say."""
    value = post.get(SEEN, "")
    return int(value) if value.isdecimal() else 0


def conflict(obj: DeskObject, post: QueryDict, asked: Asked | None = None) -> Conflict:
    """Return every part in which the stored object and the posted form differ.

    `asked` says which columns the form has; what it did not ask for is not changed by it.
    """
    kind = aggregates.kind_of(obj)
    kept = revisions(obj)
    base = kept.filter(number=seen_version(post)).first()
    was = base.data if base else None
    theirs = aggregates.dump(obj)
    known = _known(kind, was, theirs)
    mine = typed(kind, post, asked, known)
    names = Names(kind, theirs, mine, *([was] if was else []))
    if post_with_ids := _recognised(kind, post, was, theirs, mine, names):
        post = post_with_ids
        mine = typed(kind, post, asked, known)
    their_lines, my_lines = lines(kind, theirs, names), lines(kind, mine, names)
    name = ROWS[kind].name if kind in ROWS else ""
    before = _saying(lines(kind, was, names), was, name) if was is not None else None
    now, own = _saying(their_lines, theirs, name), _saying(my_lines, mine, name)
    found = [
        _difference(key, their_lines, my_lines, changed_by)
        for key, changed_by in differing(before, now, own, name=name).items()
    ]
    order = woven(before.rows if before else [], now.rows, own.rows)
    both_moved = bool(before and moved(before.rows, now.rows) and moved(before.rows, own.rows))
    unseen = frozenset(reworded(kind, was, theirs)) if was is not None else frozenset()
    return Conflict(obj, post, base, kept.first(), found, order, now.rows != own.rows, both_moved, unseen)


def _known(kind: str, was: Data | None, theirs: Data) -> Data:
    """What is stored, with the rows that were deleted meanwhile."""
    if was is None or kind not in ROWS:
        return theirs
    name = ROWS[kind].name
    rows = {row["id"]: row for row in [*was.get(name, []), *theirs.get(name, [])]}
    return theirs | {name: list(rows.values())}


def _recognised(
    kind: str, post: QueryDict, was: Data | None, theirs: Data, mine: Data, names: Names
) -> QueryDict | None:
    """The form with the ids of rows that it adds and that are stored already; None where there are none.

    A form that is sent twice, because the answer to the first never came, would else add its new rows twice.
    """
    rows = ROWS.get(kind)
    if rows is None:
        return None
    old = {row["id"] for row in [*(was or {}).get(rows.name, []), *mine[rows.name]]}
    their_lines, my_lines = lines(kind, theirs, names), lines(kind, mine, names)
    added = {
        row["id"]: (row["kind"], _cells_of_row(their_lines, f"{rows.name}.{row['id']}."))
        for row in theirs[rows.name] if row["id"] not in old
    }  # fmt: skip
    found = post.copy()
    is_found = False
    for model in rows.models:
        for place in places(post, model):
            if post.get(f"{place}id") or f"{place}DELETE" in post:
                continue
            said = (model.kind, _cells_of_row(my_lines, f"{rows.name}.{key_of(post, place)}."))
            if twin := next((id for id, other in added.items() if other == said), ""):
                found[f"{place}id"] = twin
                del added[twin]
                is_found = True
    return found if is_found else None


def _cells_of_row(found: Mapping[str, Line], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): line.value for key, line in found.items() if key.startswith(prefix)}


def _saying(found: Mapping[str, Line], data: Data, name: str) -> Saying:
    return Saying({key: line.value for key, line in found.items()}, [row["id"] for row in data.get(name, [])])


def _difference(key: str, theirs: Mapping[str, Line], mine: Mapping[str, Line], changed_by: Changed) -> Difference:
    line = theirs.get(key) or mine[key]
    their_text, my_text = _text(theirs, key), _text(mine, key)
    if their_text == my_text:
        # They read the same, such as a link with another address: what is stored tells them apart.
        their_text, my_text = (found[key].value if key in found else "" for found in (theirs, mine))
    return Difference(key, line.part, line.label, line.language, their_text, my_text, changed_by)


def _text(found: Mapping[str, Line], key: str) -> str:
    return found[key].text if key in found else ""
