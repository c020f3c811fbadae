"""The only parser of HTML: from our editor, and from what Word, Google Docs and mail programs put on the clipboard.

What has a place in the tree is kept; what has none is told as a problem with its place. Words are never dropped.
"""

import pickle
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from articles.canonical import html_elements as elements
from articles.canonical import targets
from articles.canonical.html_flow import Flow
from articles.canonical.html_inline import Frame
from articles.canonical.html_tokens import Comment, CutOff, End, Start, Text, Token, tokens
from articles.canonical.identifiers import is_uuid, language_tag
from articles.canonical.manuscript import Manuscript
from articles.canonical.problems import CODES, Problem, Refused, problem
from articles.canonical.text import dangers, normal, shown
from articles.canonical.tree import Body

# So many pieces of at most so many signs are read once, some megabytes at worst; the bundled content has 122.
_KEPT = 500
_LONGEST_KEPT = 4_000
_MARKUP = re.compile(r"^[^<>]*>|<[^>]*>?")


def read_html(html: str, *, own: targets.Own | None = None, place: str = "") -> tuple[Body, list[Problem]]:
    """The body of a piece of HTML in its normal form, and everything that could not be kept.

    ``own(href)`` names the (kind, item) behind an address of our own site, which becomes a link to the item.
    Dangerous characters refuse the whole text: the body is then empty. Raises nothing; takes linear time. What comes
    back is the caller's own, to change as he likes.
    """
    if own is None and len(html) <= _LONGEST_KEPT:
        found: tuple[Body, list[Problem]] = pickle.loads(_kept(html, place))
        return found
    return _read(html, own, place)


@lru_cache(maxsize=_KEPT)
def _kept(html: str, place: str) -> bytes:
    """What a piece of HTML reads as, in a form that nobody can change. To be published a text is composed, looked
    through for what it lacks and composed again under lock; each time the same pieces would be read anew."""
    return pickle.dumps(_read(html, None, place), pickle.HIGHEST_PROTOCOL)


def _read(html: str, own: targets.Own | None, place: str) -> tuple[Body, list[Problem]]:
    try:
        refuse(html, place)
        return read_tokens(tokens(html), own=own, place=place)
    except Refused as refused:
        return [], [_in_words(refusal) for refusal in refused.problems]


def read_tokens(
    found: Iterable[Token], *, own: targets.Own | None = None, place: str = ""
) -> tuple[Body, list[Problem]]:
    """Like ``read_html``, for HTML that is cut already. Raises ``Refused`` for dangerous characters."""
    reader = _Reader(place, own or (lambda href: None))
    for token in found:
        reader.take(token)
    return reader.finished()


def refuse(text: str, place: str = "") -> None:
    """Raises ``Refused`` for characters that may not be stored, also when they were written as references."""
    if problems := dangers(text, place):
        raise Refused(problems)


def _in_words(refusal: Problem) -> Problem:
    """The refusal with the words near the place as the editor sees them, without tags that the excerpt cut into."""
    values = refusal.values
    near = " ".join(_MARKUP.sub(" ", str(values.get("near", ""))).split())
    return problem(refusal.code, refusal.place, **values | {"near": near})


@dataclass
class _Block:
    """An open block: its name, where its local inline elements begin, and the marks of its own style."""

    name: str
    depth: int
    style: Frame
    is_heading: bool


class _Reader:
    """Opens and closes what the tags say; ``Flow`` takes the words."""

    def __init__(self, place: str, own: targets.Own) -> None:
        self.manuscript = Manuscript(place)
        self.flow = Flow(self.manuscript)
        self.own = own
        self.blocks: list[_Block] = []
        self.count: Counter[str] = Counter()

    def refuse(self, text: str) -> None:
        refuse(text, self.manuscript.place)

    def take(self, token: Token) -> None:
        match token:
            case Text(text):
                self.refuse(text)
                self.flow.text(text)
            case Start(name, attributes):
                self._start(name, attributes)
            case End(name):
                self._end(name)
            case Comment("[if !supportLists]"):
                self.flow.inline.open(Frame("[if]", {"marker": True}), local=True)
            case Comment("[endif]"):
                self.flow.inline.close("[if]")
            case CutOff(name):
                self.manuscript.report("cut-off", element=name)

    def finished(self) -> tuple[Body, list[Problem]]:
        while self.blocks:
            self._close_block()
        for frame in self.flow.inline.close_all():
            self._left(frame)
        return self.manuscript.finished()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        style = elements.declarations(attributes.get("style", ""))
        if name == "br":
            self.flow.line_break()
        elif name == "hr":
            self.flow.row()
        elif name == "img" and (emoji := elements.emoji(attributes)):
            self.refuse(emoji)
            self.flow.words(emoji)
        elif name in elements.BLOCKS:
            self._open_block(name, attributes, style)
        if elements.is_lost(name, attributes):
            self._report(elements.LOST[name], element=name)
        if name not in elements.BLOCKS and name not in elements.VOID:
            self._open_inline(name, attributes, style)

    def _end(self, name: str) -> None:
        if name == "br":
            self.flow.line_break()
        elif self.count[name]:
            while self._close_block() != name:
                pass
        elif frame := self.flow.inline.close(name):
            if name == "q":
                self.flow.words('"')
            self._left(frame)

    def _open_block(self, name: str, attributes: dict[str, str], style: dict[str, str]) -> None:
        self._close_implied(name)
        flow = self.flow
        self._edge(name)
        if name in elements.OFFICE_PARAGRAPHS:
            goes_on = attributes.get("class", "").startswith("MsoListParagraph")
            flow.lists.office_paragraph(elements.list_level(style), goes_on=goes_on)
        if name in elements.LISTS:
            flow.lists.open(elements.LISTS[name])
        elif name == "li":
            flow.lists.next_item(elements.web_level(attributes))
        elif name in elements.CELLS:
            flow.cells += 1
        elif name == "pre":
            flow.preformatted += 1
        level = elements.heading_level(name, attributes)
        if level:
            flow.headings.append(level)
        block = _Block(name, flow.inline.depth, Frame(name, elements.styled(style)), is_heading=level > 0)
        flow.inline.open(block.style, local=False)
        self.blocks.append(block)
        self.count[name] += 1
        if name == "ol" and (number := attributes.get("start", "1").strip()) != "1":
            self._report("list-number-changed", number=shown(number, 20))

    def _close_block(self) -> str:
        block, flow = self.blocks.pop(), self.flow
        self.count[block.name] -= 1
        for frame in flow.inline.close_since(block.depth):
            self._left(frame, torn=True)
        block.style.is_open = False
        self._edge(block.name)
        if block.name in elements.OFFICE_PARAGRAPHS:
            flow.lists.office_end()
        if block.is_heading:
            flow.headings.pop()
        if block.name in elements.LISTS:
            flow.lists.close()
        elif block.name in elements.CELLS:
            flow.cells -= 1
        elif block.name == "pre":
            flow.preformatted -= 1
        return block.name

    def _edge(self, name: str) -> None:
        """Where a block begins or ends, so does a paragraph; the cells of a row share one."""
        if name in elements.ROWS:
            self.flow.row()
        elif name in elements.CELLS:
            self.flow.cell()
        else:
            self.flow.boundary()

    def _close_implied(self, name: str) -> None:
        """Close what a start tag ends without saying so: a paragraph, the last item, the last cell."""
        if self.blocks and self.blocks[-1].name == "p":
            self._close_block()
        if self.blocks and self.blocks[-1].name == elements.IMPLIED_LIST and name != "li":
            self._close_block()
        if name == "li" and not self.flow.lists.is_real:
            self._open_block(elements.IMPLIED_LIST, {}, {})
        if name == "li" or (name in elements.WITHIN_TABLE and self.count["table"]):
            while self.blocks[-1].name not in elements.PARENTS[name]:
                self._close_block()

    def _open_inline(self, name: str, attributes: dict[str, str], style: dict[str, str]) -> None:
        effects = elements.effects(name) | elements.styled(style)
        if not elements.is_known(name):
            self._report("element-not-known", element=shown(name, 30))
        if name == "a":
            self._end("a")
            effects |= self._anchor(targets.target(attributes, self.own))
        elif name == "span" and "data-term" in attributes:
            effects |= self._anchor(targets.term(attributes["data-term"]))
        elif name == "cite" and "data-source" in attributes:
            effects = self._citation(attributes["data-source"], attributes.get("data-locator", ""))
        elif name == "q":
            self.flow.words('"')
        if "lang" in attributes and name in elements.FOREIGN:
            effects |= self._foreign(name, attributes["lang"])
        self.flow.inline.open(Frame(name, effects), local=name not in elements.FORMATTING)

    def _anchor(self, found: targets.Target) -> dict[str, Any]:
        if found.code:
            self._report(found.code, **dict(found.params))
        elif found.anchor and self.flow.inline.frame("anchor"):
            self._report("link-in-link")
        elif found.anchor:
            return {"anchor": found.anchor}
        return {}

    def _citation(self, source: str, locator: str) -> dict[str, Any]:
        """A citation is its attributes: the words inside are only its label (see ``html_writing``)."""
        self.refuse(locator)
        if not is_uuid(source):
            self._report("citation-broken")
            return {}
        self.flow.cite(source, normal(locator))
        return {"label": True}

    def _foreign(self, name: str, raw: str) -> dict[str, Any]:
        # Word marks every span with its proofing language, in capitals (EN-US); that says nothing about the phrase.
        if raw[:2].isupper():
            return {}
        tag = language_tag(raw)
        if not tag:
            self._report("language-not-known", language=shown(raw, 20))
            return {}
        return {"foreign": tag} | ({"emphasis": False} if name == "i" else {})

    def _left(self, frame: Frame, *, torn: bool = False) -> None:
        """An inline element has ended, or was ``torn`` off by the end of its paragraph."""
        if (anchor := frame.effects.get("anchor")) and not frame.used:
            self._report("link-without-words", href=shown(anchor[-1], 80))
        if torn and "label" in frame.effects and frame.used:
            self._report("cut-off", element=frame.name)

    def _report(self, code: str, **params: str | int) -> None:
        """Only what the sentence speaks of belongs to the problem."""
        self.manuscript.report(code, **{key: value for key, value in params.items() if f"%({key})s" in CODES[code]})
