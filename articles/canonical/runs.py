"""The inline content of one paragraph as a flat row of runs, and back.

Every way in (HTML, Markdown, an untrusted tree) ends in runs; ``settle`` brings them to the one form and ``nest``
builds the nodes, so two ways of writing the same sentence give the same tree and the same digest.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Literal, NamedTuple, TypeGuard

from articles.canonical.text import INVISIBLE, JOINERS, normal, spaced

Node = dict[str, Any]
StarMark = Literal["strong", "emphasis"]


class Marks(NamedTuple):
    """What lies over a run. The order of the fields is the order of nesting, outermost first."""

    anchor: tuple[str, ...] = ()  # ("link", href), ("item_link", kind, item) or ("term", term)
    foreign: str = ""
    strong: bool = False
    emphasis: bool = False

    def switched(self, mark: StarMark, *, on: bool) -> "Marks":
        return self._replace(strong=on) if mark == "strong" else self._replace(emphasis=on)


PLAIN = Marks()


class Words(NamedTuple):
    text: str
    marks: Marks = PLAIN


class Break(NamedTuple):
    marks: Marks = PLAIN


class Cite(NamedTuple):
    """A citation lies outside every mark: it is a link of its own on the page, and a link holds no link."""

    source: str
    locator: str = ""

    @property
    def marks(self) -> Marks:
        return PLAIN


Run = Words | Break | Cite

_OPENING = "«„“([—–"  # with letters and digits: what wants a space before it


def flatten(content: Iterable[Node], marks: Marks = PLAIN) -> Iterator[Run]:
    """The runs of inline nodes. In nested links the outermost holds, in nested languages the innermost."""
    for node in content:
        match node["type"]:
            case "text":
                yield Words(node["text"], marks)
            case "break":
                yield Break(marks)
            case "citation":
                yield Cite(node["source"], normal(node["locator"]))
            case "strong" | "emphasis" as mark:
                yield from flatten(node["content"], marks.switched(mark, on=True))
            case "foreign":
                yield from flatten(node["content"], marks._replace(foreign=node["language"]))
            case _:
                yield from flatten(node["content"], marks._replace(anchor=marks.anchor or _anchor(node)))


def settle(runs: Iterable[Run]) -> list[Run]:
    """The normal form: single spaces, none at an end, beside a break or before a citation, and none at the edge of a
    mark; no break at an end or after a break; equal neighbours joined; NFC. Settled runs settle to themselves.
    """
    pieces = _spaced(runs)
    for index, piece in enumerate(pieces):
        if isinstance(piece, Break) or _is_space(piece):
            pieces[index] = piece._replace(marks=_shared(pieces[index - 1].marks, piece.marks, pieces[index + 1].marks))
    return list(_joined(pieces))


def nest(runs: Iterable[Run], layer: int = 0) -> list[Node]:
    """The inline nodes of settled runs."""
    if layer == len(Marks._fields):
        return [_leaf(run) for run in runs]
    content: list[Node] = []
    for value, group in groupby(runs, key=lambda run: run.marks[layer]):
        inner = nest(group, layer + 1)
        content.extend([_wrapped(Marks._fields[layer], value, inner)] if value else inner)
    return content


def _spaced(runs: Iterable[Run]) -> list[Run]:
    """Spaces at the ends of words as runs of their own; each of them, and each break, stands between two others."""
    row = _Row()
    for run in runs:
        match run:
            case Words(text, marks):
                text = spaced(text.translate(INVISIBLE))
                if text.startswith(" "):
                    row.space(marks)
                if words := text.strip(" "):
                    row.words(words, marks)
                    if text.endswith(" "):
                        row.space(marks)
            case Break():
                row.line_break(run)
            case Cite():
                row.cite(run)
    return row.finished()


class _Row:
    """Grows from left to right and never holds a space, break or joiner where none may stand."""

    def __init__(self) -> None:
        self.out: list[Run] = []
        self.owed = False  # a space stood before a citation: it belongs after it, if a word follows

    def words(self, text: str, marks: Marks) -> None:
        last = self.out[-1] if self.out else None
        if not isinstance(last, Words) or _is_space(last):
            text = text.lstrip(JOINERS)
        if not text:
            return
        if self.owed and (text[0].isalnum() or text[0] in _OPENING):
            self.out.append(Words(" "))
        self.owed = False
        self.out.append(Words(text, marks))

    def space(self, marks: Marks) -> None:
        self._end_word()
        if self.out and not _is_space(self.out[-1]) and not isinstance(self.out[-1], Break):
            self.out.append(Words(" ", marks))
            self.owed = False

    def line_break(self, run: Break) -> None:
        self._drop_space()
        if self.out and not isinstance(self.out[-1], Break):
            self.out.append(run)
        self.owed = False

    def cite(self, run: Cite) -> None:
        self.owed |= self._drop_space()
        self.out.append(run)

    def finished(self) -> list[Run]:
        self._drop_space()
        if self.out and isinstance(self.out[-1], Break):
            self.out.pop()
        return self.out

    def _drop_space(self) -> bool:
        self._end_word()
        dropped = bool(self.out) and _is_space(self.out[-1])
        if dropped:
            self.out.pop()
        return dropped

    def _end_word(self) -> None:
        while self.out and isinstance(last := self.out[-1], Words) and last.text[-1] in JOINERS:
            self.out.pop()
            if text := last.text.rstrip(JOINERS):
                self.out.append(last._replace(text=text))


def _is_space(run: Run | None) -> TypeGuard[Words]:
    return isinstance(run, Words) and run.text == " "


def _shared(*marks: Marks) -> Marks:
    """What all of these have in common."""
    first = marks[0]
    return Marks(
        anchor=first.anchor if len({each.anchor for each in marks}) == 1 else (),
        foreign=first.foreign if len({each.foreign for each in marks}) == 1 else "",
        strong=all(each.strong for each in marks),
        emphasis=all(each.emphasis for each in marks),
    )


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours under the same marks as one; composing can only be done once they are."""
    for (is_text, marks), group in groupby(runs, key=lambda run: (isinstance(run, Words), run.marks)):
        if is_text:
            text = "".join(run.text for run in group if isinstance(run, Words))
            yield Words(unicodedata.normalize("NFC", text), marks)
        else:
            yield from group


def _anchor(node: Node) -> tuple[str, ...]:
    match node["type"]:
        case "link":
            return ("link", node["href"])
        case "item_link":
            return ("item_link", node["kind"], node["item"])
        case _:
            return ("term", node["term"])


def _leaf(run: Run) -> Node:
    match run:
        case Words(text):
            return {"type": "text", "text": text}
        case Break():
            return {"type": "break"}
        case Cite(source, locator):
            return {"type": "citation", "source": source, "locator": locator}


def _wrapped(layer: str, value: Any, content: list[Node]) -> Node:
    match layer, value:
        case "anchor", ("link", href):
            return {"type": "link", "href": href, "content": content}
        case "anchor", ("item_link", kind, item):
            return {"type": "item_link", "kind": kind, "item": item, "content": content}
        case "anchor", (_, term):
            return {"type": "term", "term": term, "content": content}
        case "foreign", _:
            return {"type": "foreign", "language": value, "content": content}
        case _:
            return {"type": layer, "content": content}
