"""Blocks of a text, kind by kind: each has a function here and a macro of its name in `parts/blocks.html`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.utils.safestring import mark_safe

from articles.canonical import tree
from articles.editions.anchors import anchor
from articles.editions.blocks import (
    AccountsBlock,
    AnyBlock,
    CareBoxBlock,
    EvidenceTableBlock,
    FigureBlock,
    HeadingBlock,
    KeyPointsBlock,
    NoteBlock,
    QuoteBlock,
    RelatedBlock,
    StepsBlock,
    TableBlock,
    TextBlock,
)
from articles.reader.presenters.accounts import accounts_view, quote_or_notice
from articles.reader.presenters.care import care_view
from articles.reader.presenters.figures import figure_view
from articles.reader.presenters.links import Link
from articles.reader.presenters.setting import Setting
from articles.reader.presenters.tables import evidence_view, table_view


@dataclass
class BlockView:
    """`content` is what the macro of this kind shows; `tone` is a class: empty, `must` or `must l4`.

    `level` is that of the headings inside, which is known once the block stands among others: a box before the first
    section heading is a section of its own.
    """

    kind: str
    anchor: str
    content: Any
    title: str = ""
    tone: str = ""
    level: int = 2


def block_views(blocks: Iterable[AnyBlock], setting: Setting) -> list[BlockView]:
    """Return the blocks in reading order; sources are marked in the same order. Blocks with nothing to show are left
    out."""
    views = []
    level = 2
    for block in blocks:
        view = block_view(block, setting)
        if view is not None:
            view.level = level
            views.append(view)
        if isinstance(block, HeadingBlock):
            level = 3
    return views


@singledispatch
def block_view(block: AnyBlock, setting: Setting) -> BlockView | None:
    """Return one block for the page, None if there is nothing to show; raise TypeError for a kind without presenter."""
    raise TypeError(f"{type(block).__name__} has no presenter")


@block_view.register
def _heading(block: HeadingBlock, setting: Setting) -> BlockView:
    return _view(block, block.text)


@block_view.register
def _text(block: TextBlock, setting: Setting) -> BlockView:
    return _view(block, setting.html(block.body), tone=_tone(block))


@block_view.register
def _key_points(block: KeyPointsBlock, setting: Setting) -> BlockView:
    return _view(block, setting.html(block.body))


@block_view.register
def _steps(block: StepsBlock, setting: Setting) -> BlockView:
    # The body is one numbered list, so the first list in it is the outer one.
    listed = setting.html(block.body).replace("<ol>", '<ol class="steps">', 1)
    return _view(block, mark_safe(listed), title=block.title)


@block_view.register
def _note(block: NoteBlock, setting: Setting) -> BlockView:
    return _view(block, setting.html(block.body), title=block.title)


@block_view.register
def _table(block: TableBlock, setting: Setting) -> BlockView:
    return _view(block, table_view(block, setting))


@block_view.register
def _quote(block: QuoteBlock, setting: Setting) -> BlockView:
    return _view(block, quote_or_notice(block, setting))


@block_view.register
def _care_box(block: CareBoxBlock, setting: Setting) -> BlockView:
    return _view(block, care_view(block.box, setting))


@block_view.register
def _evidence_table(block: EvidenceTableBlock, setting: Setting) -> BlockView:
    return _view(block, evidence_view(block.table, setting))


@block_view.register
def _accounts(block: AccountsBlock, setting: Setting) -> BlockView:
    return _view(block, accounts_view(block.accounts, setting))


@block_view.register
def _figure(block: FigureBlock, setting: Setting) -> BlockView | None:
    figure = figure_view(block.picture)
    return _view(block, figure) if figure else None


@block_view.register
def _related(block: RelatedBlock, setting: Setting) -> BlockView | None:
    live = [setting.targets[item] for item in block.questions if item in setting.targets]
    return _view(block, [Link(one.title, one.path) for one in live], title=block.title) if live else None


def _view(block: AnyBlock, content: Any, *, title: str = "", tone: str = "") -> BlockView:
    return BlockView(block.kind, anchor(block.id), content, title, tone)


def _tone(block: TextBlock) -> str:
    """A text that may not be left out stands out; one that begins with a number to call looks like an emergency."""
    if not block.required:
        return ""
    calls = any(node.get("href", "").startswith("tel:") for node in tree.walk(block.body[:1]))
    return "must l4" if calls else "must"
