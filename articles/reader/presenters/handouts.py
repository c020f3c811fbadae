"""A text as a sheet of paper: when to get help first, then the text with everything open, then what edition it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language, other_language
from articles.editions.anchors import anchor
from articles.editions.queries import Shelved
from articles.editions.translations import PartState
from articles.reader.presenters.accounts import AccountsView
from articles.reader.presenters.blocks import BlockView
from articles.reader.presenters.emergency import emergency_numbers
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.item import ItemPage, live_page
from articles.reader.presenters.links import Link
from articles.reader.presenters.qr import qr_code
from articles.reader.presenters.sections import SECTIONS_OF_KINDS
from articles.reader.presenters.setting import Setting
from articles.reader.presenters.taking import verify_address
from articles.reader.presenters.translation import GRAVE

# What only leads on, and paper leads nowhere.
_LEFT_OUT = frozenset({"related"})

# Keyed by the other language. Each sentence is read in one language only, and names the other.
PART_BEHIND = {
    "ru": _("This part has not yet followed the Russian one."),
    "en": _("This part has not yet followed the English one."),
}
PART_MISSING = {
    "ru": _("This part is in Russian only so far."),
    "en": _("This part is in English only so far."),
}

# Sets the ids of the second language apart from those of the first.
_SECOND = "o"


@dataclass(frozen=True)
class Sheet:
    """One language of a text. `emergency` are numbers to call, empty where a box of the text itself has them."""

    language: Language
    text: ItemPage
    views: list[BlockView]
    emergency: SafeString | str
    verify: str
    code: SafeString

    @property
    def cards(self) -> list[BlockView]:
        return [view for view in self.views if view.kind == "care_box"]

    @property
    def body(self) -> list[BlockView]:
        return with_something_under_headings([view for view in self.views if view.kind != "care_box"])


@dataclass(frozen=True)
class HandoutPage:
    """`back` is the text itself, `both` the sheet with the other language beside it, if that is live."""

    frame: Frame
    sheet: Sheet
    back: Link
    both: Link | None


@dataclass(frozen=True)
class Cell:
    """A part in one language; `view` is None where it is not in that language, and `notice` says so."""

    view: BlockView | None
    notice: str
    is_grave: bool = False


@dataclass(frozen=True)
class Row:
    """One part of a text in both languages; `kind` is that of the part."""

    kind: str
    first: Cell
    second: Cell


Part = TypeVar("Part", BlockView, Row)


@dataclass(frozen=True)
class BothPage:
    """`head` are the notices about title and introduction; `one_list`: both languages number the same sources."""

    frame: Frame
    first: Sheet
    second: Sheet
    head: Row
    cards: list[Row]
    rows: list[Row]
    one_list: bool
    back: Link


def handout_page(shelved: Shelved) -> HandoutPage:
    """Return the sheet of a live text; call inside its language's override."""
    is_both = shelved.twin is not None and shelved.twin.is_live
    return HandoutPage(
        frame=_frame(shelved),
        sheet=sheet(shelved),
        back=_back(shelved),
        both=Link(gettext("Russian and English side by side"), f"{shelved.page_path}handout/both/")
        if is_both
        else None,
    )


def both_page(shelved: Shelved) -> BothPage | None:
    """Return both languages of a live text side by side, part by part; None while the other is not live."""
    if shelved.twin is None or not shelved.twin.is_live:
        return None
    twin = Shelved(shelved.twin, shelved.standing)
    first = sheet(shelved)
    with override(twin.language):
        second = sheet(twin)
    rows = rows_of(first.views, second.views, shelved, twin)
    cards = [row for row in rows if row.kind == "care_box"]
    numbered = [[source.id for source in one.document.sources] for one in (shelved, twin)]
    return BothPage(
        frame=_frame(shelved),
        first=first,
        second=second,
        head=Row(
            "head", _cell(None, _states(shelved).get("head"), shelved), _cell(None, _states(twin).get("head"), twin)
        ),
        cards=sorted(cards, key=lambda row: -_rank(row)),
        rows=with_something_under_headings([row for row in rows if row.kind != "care_box"]),
        one_list=numbered[0] == numbered[1],
        back=_back(shelved),
    )


def sheet(shelved: Shelved) -> Sheet:
    """Return one language of a text for paper; call inside that language's override."""
    setting = Setting(shelved.document.sources, shelved.language, on_paper=True)
    text = live_page(shelved, setting)
    views = [*([text.brief] if text.brief else []), *text.blocks]
    views = in_order_of_urgency(view for view in views if view.kind not in _LEFT_OUT)
    has_emergency = any(view.kind == "care_box" and view.content.rank == 4 for view in views)
    verify = verify_address(shelved)
    return Sheet(
        language=shelved.language,
        text=text,
        views=views,
        emergency="" if has_emergency else emergency_numbers(shelved.language),
        verify=verify,
        code=qr_code(verify, gettext("QR code: is this copy still current?")),
    )


def in_order_of_urgency(views: Iterable[BlockView]) -> list[BlockView]:
    """Return boxes on when to get help first, the most urgent before the others; the rest as it stands."""
    held = list(views)
    cards = [replace(view, level=2) for view in held if view.kind == "care_box"]
    return [*sorted(cards, key=lambda view: -view.content.rank), *(view for view in held if view.kind != "care_box")]


def with_something_under_headings(parts: Sequence[Part]) -> list[Part]:
    """Return the parts without headings under which nothing is left."""
    return [
        part
        for place, part in enumerate(parts, start=1)
        if part.kind != "heading" or any(after.kind != "heading" for after in parts[place : place + 1])
    ]


def rows_of(first: Sequence[BlockView], second: Sequence[BlockView], here: Shelved, there: Shelved) -> list[Row]:
    """Return the parts of both languages side by side, in the order of the first.

    What only the second has stands behind the part that it follows there.
    """
    left, right = ({view.anchor: view for view in views} for views in (first, second))
    order = list(left)
    before = ""
    for name in right:
        if name not in left:
            order.insert(order.index(before) + 1 if before else 0, name)
        before = name
    states, twin_states = _states(here), _states(there)
    return [
        Row(
            kind=(left.get(name) or right[name]).kind,
            first=_cell(left.get(name), states.get(name), here),
            second=_cell(_apart(right[name]) if name in right else None, twin_states.get(name), there),
        )
        for name in order
    ]


def _states(shelved: Shelved) -> Mapping[str, PartState]:
    """By anchor, the parts in which this language is not in step with the other."""
    return {part.id if part.id == "head" else anchor(part.id): part for part in shelved.translation.parts}


def _cell(view: BlockView | None, state: PartState | None, shelved: Shelved) -> Cell:
    if state is None or state.state == "ahead":
        return Cell(view, "")
    words = (PART_MISSING if state.state == "missing" else PART_BEHIND)[other_language(shelved.language)]
    with override(shelved.language):
        return Cell(view, str(words), state.lacks in GRAVE)


def _rank(row: Row) -> int:
    view = row.first.view or row.second.view
    return view.content.rank if view else 0


def _apart(view: BlockView) -> BlockView:
    """The view with ids of its own beside the same part in the first language."""
    content = view.content
    if isinstance(content, AccountsView):
        content = replace(content, sides=[replace(side, anchor=_SECOND + side.anchor) for side in content.sides])
    return replace(view, anchor=_SECOND + view.anchor, content=content)


def _frame(shelved: Shelved) -> Frame:
    return Frame(
        language=shelved.language,
        title=shelved.document.title,
        switch="",
        canonical=shelved.page_url,
        is_indexed=False,
        section=SECTIONS_OF_KINDS[shelved.standing.kind],
    )


def _back(shelved: Shelved) -> Link:
    return Link(gettext("Back to the text"), shelved.page_path)
