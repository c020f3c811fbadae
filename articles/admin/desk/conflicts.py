"""Two people saved the same object: their text beside mine, part by part, and neither overwritten.

The second save is stopped before it changes anything. What both saw at first is the version that the form was opened
with, and every version is kept, so it is known who changed which part; only a part that both changed needs a decision.
What is chosen is then shown in the ordinary form, on top of the newest version, and saved from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.forms import BaseForm, BoundField, CheckboxInput
from django.http import QueryDict

from articles.admin.desk.reading import Line, Names, lines
from articles.admin.desk.typed import key_of, places, prefix_of, typed
from articles.content import aggregates
from articles.content.aggregates import Data
from articles.content.articles import BLOCKS, Article, Block
from articles.content.desk_object import DeskObject
from articles.editorial.revisions import Revision, revisions
from articles.publishing.differences import Run, words

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
    return Conflict(obj, kept.first(), found, _order(theirs) != _order(mine))


def _order(data: Data) -> list[str]:
    return [block["id"] for block in data.get("blocks", [])]


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


def merged(obj: DeskObject, post: QueryDict, form: BaseForm, block_forms: Mapping[Block, BaseForm]) -> QueryDict:
    """Return what the ordinary form would have posted with the chosen parts, on top of the newest version.

    `form` and `block_forms` are unbound forms of what is stored now: they know how a value is written in a field.
    """
    result = QueryDict(mutable=True)
    block_prefixes = tuple(f"{prefix_of(model)}-" for model in BLOCKS)
    for name, values in post.lists():
        if not name.startswith((CHOICE, *block_prefixes)):
            result.setlist(name, values)
    for name in form.fields:
        if _choice(post, _key("", name)) == "theirs":
            result.setlist(name, posted(form[name]))
    result[SEEN] = str(obj.version)
    if isinstance(obj, Article):
        _merge_blocks(result, post, block_forms)
    return result


def _merge_blocks(result: QueryDict, post: QueryDict, stored: Mapping[Block, BaseForm]) -> None:
    """Write the blocks anew: those that are stored now first, as a formset wants them, then those that are not."""
    mine = {key_of(post, place): place for model in BLOCKS for place in places(post, model)}
    by_id = {str(block.id): (block, form) for block, form in stored.items()}
    for model in BLOCKS:
        prefix = prefix_of(model)
        old = [id for id, (block, _form) in by_id.items() if isinstance(block, model)]
        new = [
            key for key, place in mine.items() if place.startswith(f"{prefix}-") and key not in by_id
            if _wanted(post, key, place)
        ]  # fmt: skip
        for number, key in enumerate([*old, *new]):
            target = f"{prefix}-{number}-"
            if key in mine:
                _copy(result, post, mine[key], target, keep_id=key in by_id)
            if key in by_id:
                _take_theirs(result, post, *by_id[key], target, is_mine=key in mine)
        for name, value in (("TOTAL", len(old) + len(new)), ("INITIAL", len(old)), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
            result[f"{prefix}-{name}_FORMS"] = str(value)


def _wanted(post: QueryDict, key: str, place: str) -> bool:
    """Whether a block that is not stored stays: one that I added, or one that they deleted and I want to keep."""
    if not post.get(f"{place}id"):
        return True
    choices = [value for name, value in post.items() if name.startswith(f"{CHOICE}blocks.{key}.")]
    return "mine" in choices


def _copy(result: QueryDict, post: QueryDict, source: str, target: str, *, keep_id: bool) -> None:
    for name, values in post.lists():
        if name.startswith(source) and (keep_id or name != f"{source}id"):
            result.setlist(target + name.removeprefix(source), values)


def _take_theirs(
    result: QueryDict, post: QueryDict, block: Block, form: BaseForm, target: str, *, is_mine: bool
) -> None:
    for name in form.fields:
        choice = _choice(post, _key(f"blocks.{block.id}.", name))
        if choice == "theirs" or not is_mine:
            result.setlist(target + name, posted(form[name]))
        if choice == "mine" and not is_mine:
            # They added it, and I do not want it.
            result[f"{target}DELETE"] = "on"
        if choice == "theirs" and f"{target}DELETE" in result:
            del result[f"{target}DELETE"]
    result[f"{target}id"] = str(block.id)


def _key(prefix: str, column: str) -> str:
    name, _, language = column.rpartition("_")
    return f"{prefix}{name}.{language}" if language in ("ru", "en") and name else f"{prefix}{column}"


def _choice(post: QueryDict, key: str) -> str:
    return post.get(CHOICE + key, "")


def posted(field: BoundField) -> list[str]:
    """Return what a browser would send for the field as it stands."""
    value: Any = field.value()
    if isinstance(field.field.widget, CheckboxInput):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(getattr(one, "pk", one)) for one in value]
    written = field.field.widget.format_value(value)
    return [] if written is None else [str(written[0]) if isinstance(written, list) else str(written)]
