"""Blocks of a text, kind by kind: each has a function here and a template of its name under `blocks/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch

from django.utils.safestring import SafeString, mark_safe

from articles.canonical import tree
from articles.canonical.html_writing import reader_html
from articles.canonical.languages import Language
from articles.editions.blocks import AnyBlock, HeadingBlock, QuoteBlock, TextBlock
from articles.editions.document import Document
from articles.editions.queries import Target
from articles.reader.presenters.anchors import anchor
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.quotes import NoticeView, QuoteView, quote_notice, quote_view


@dataclass(frozen=True)
class Setting:
    """What blocks need to know of the page around them. `targets` are the live items that links may lead to."""

    document: Document
    language: Language
    citing: Citing
    targets: Mapping[str, Target] = field(default_factory=dict)

    def link(self, kind: str, item: str) -> tuple[str, str] | None:
        target = self.targets.get(item)
        return (target.path, target.title) if target else None


@dataclass(frozen=True)
class BlockView:
    """`content` is what the template of this kind shows; `tone` is a class: empty, `must` or `must l4`."""

    kind: str
    anchor: str
    content: str | SafeString | QuoteView | NoticeView
    tone: str = ""

    @property
    def template(self) -> str:
        return f"articles/reader/blocks/{self.kind}.html"


def block_views(setting: Setting) -> list[BlockView]:
    """Return the blocks in reading order; sources are marked in the same order."""
    return [block_view(block, setting) for block in setting.document.blocks]


@singledispatch
def block_view(block: AnyBlock, setting: Setting) -> BlockView:
    """Return one block for the page; raise TypeError for a kind that has no presenter."""
    raise TypeError(f"{type(block).__name__} has no presenter")


@block_view.register
def _heading(block: HeadingBlock, setting: Setting) -> BlockView:
    return BlockView(block.kind, anchor(block.id), block.text)


@block_view.register
def _text(block: TextBlock, setting: Setting) -> BlockView:
    html = reader_html(block.body, cite=setting.citing.mark, link=setting.link)
    return BlockView(block.kind, anchor(block.id), mark_safe(html), _tone(block))


@block_view.register
def _quote(block: QuoteBlock, setting: Setting) -> BlockView:
    if block.quote:
        source = next((one for one in setting.document.sources if one.id == block.quote.source), None)
        shown: QuoteView | NoticeView = quote_view(block.quote, source, setting.language, setting.citing)
    elif block.withdrawn:
        shown = quote_notice(block.withdrawn)
    else:
        raise ValueError(f"the quote block {block.id} holds neither a quote nor a notice")
    return BlockView(block.kind, anchor(block.id), shown)


def _tone(block: TextBlock) -> str:
    """A text that may not be left out stands out; one that begins with a number to call looks like an emergency."""
    if not block.required:
        return ""
    calls = any(node.get("href", "").startswith("tel:") for node in tree.walk(block.body[:1]))
    return "must l4" if calls else "must"
