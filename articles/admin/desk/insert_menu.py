"""The menu that inserts a block: every kind in a group, with a sentence on what it is for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.admin.desk.row_forms import BlankRow

GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (pgettext_lazy("group of blocks", "Text"), ("heading", "text", "key_points", "steps", "note", "table")),
    (_("One object for many texts"), ("quote", "care_box", "accounts", "evidence_table", "figure")),
    (_("To read on"), ("related",)),
)

DESCRIPTIONS: Mapping[str, Promise] = {
    "heading": _("Begins a section. The contents list is made of these."),
    "text": _("Paragraphs and lists, with sources and links."),
    "key_points": _("Two to five points that a reader takes away."),
    "steps": _("What to do, one step after another."),
    "note": _("What must not be missed."),
    "table": _("Rows and columns. May be pasted from Word or a spreadsheet."),
    "quote": _("Somebody's words, with their source and what evidence says."),
    "care_box": _("Signs, how soon to get help, and whom to call."),
    "accounts": _("What several people say on one point."),
    "evidence_table": _("Options, what studies show, what that means."),
    "figure": _("From the library, with words that stand for it."),
    "related": _("Questions that readers of this text ask next."),
}


@dataclass(frozen=True)
class Entry:
    """A kind that can be inserted."""

    prefix: str
    kind: str
    name: str
    description: Promise | str


def menu(blanks: Iterable[BlankRow]) -> list[tuple[Promise, list[Entry]]]:
    """Return the groups that hold anything, each with the kinds that this editor may insert."""
    by_kind = {blank.kind: blank for blank in blanks}
    found = [(name, [_entry(by_kind[kind]) for kind in kinds if kind in by_kind]) for name, kinds in GROUPS]
    return [(name, entries) for name, entries in found if entries]


def _entry(blank: BlankRow) -> Entry:
    return Entry(blank.prefix, blank.kind, blank.kind_name, DESCRIPTIONS.get(blank.kind, ""))
