"""The rich-text tree as Markdown that a person can read, change and send through review."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from articles.canonical.runs import PLAIN, Break, Cite, Marks, Node, Run, Words, flatten
from articles.canonical.tree import Body

_ALWAYS = re.compile(r"[\\`*_\[\]~]|<(?=[A-Za-z/!?]|$)|&(?=[#A-Za-z])")
# Where a line begins, these would begin a block; beside a bracket of ours they would belong to it.
_AT_START = re.compile(r"[-+#>=|]|[0-9]{1,9}(?=[.)](?:\s|$))")
_BESIDE_BRACKET = {("]", "("), ("]", "["), ("]", "{"), ("]", ":"), ("[", "@")}
_IN_LOCATOR = re.compile(r"[\\\[\]`*_~<&]")
_IN_ADDRESS = re.compile(r"\\|&(?=[#A-Za-z0-9]+;)")


def to_markdown(body: Body) -> str:
    """The Markdown of a normal body, ending in a line break: ``from_markdown`` gives the same body back."""
    return "\n\n".join(map("\n".join, map(_block, body))) + "\n" if body else ""


def _block(node: Node) -> list[str]:
    match node["type"]:
        case "list":
            return [
                line for number, item in enumerate(node["items"], 1) for line in _item(node["ordered"], number, item)
            ]
        case "heading":
            words = _inline(node["content"], after=" ")
            # Number signs at the end of a heading would only close it.
            return [f"{'#' * node['level']} {words[:-1]}\\#" if words[-1] == "#" else f"{'#' * node['level']} {words}"]
        case _:
            return _inline(node["content"]).split("\n")


def _item(ordered: bool, number: int, item: Body) -> Iterator[str]:
    marker = f"{number}. " if ordered else "- "
    for index, block in enumerate(item):
        if index and not (index == 1 and block["type"] == "list"):
            yield ""
        for line in _block(block):
            yield marker + line if line else ""
            marker = " " * len(marker)


def _inline(content: Iterable[Node], after: str = "\n") -> str:
    line = _Line(after)
    for anchor, group in groupby(flatten(content), key=lambda run: run.marks.anchor):
        line.link(anchor, group)
    return "".join(line.parts)


class _Line:
    """A paragraph in the making: how a character is written depends on the one before."""

    def __init__(self, after: str) -> None:
        self.parts: list[str] = []
        self.last = after
        self.marks = PLAIN

    def write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.last = text[-1]

    def bracket(self) -> None:
        """Open a bracket; an exclamation mark before it would make it a picture."""
        if self.last == "!":
            self.parts[-1] = self.parts[-1][:-1] + "\\!"
        self.write("[")

    def link(self, anchor: tuple[str, ...], runs: Iterable[Run]) -> None:
        if anchor:
            self.bracket()
        for language, group in groupby(runs, key=lambda run: run.marks.foreign):
            if language:
                self.bracket()
            for run in group:
                self.run(run)
            self.toggle(PLAIN)
            self.write(f"]{{lang={language}}}" if language else "")
        self.write(f"]({_target(anchor)})" if anchor else "")

    def run(self, run: Run) -> None:
        self.toggle(run.marks)
        match run:
            case Words(text):
                self.write(self.escaped(text))
            case Break():
                self.write("\\\n")
            case Cite(source, locator):
                self.bracket()
                self.write(f"@{source}, {_IN_LOCATOR.sub(_escape, locator)}]" if locator else f"@{source}]")

    def toggle(self, marks: Marks) -> None:
        """Open or close what is different: one star for emphasis, two for strong, three for both."""
        self.write("*" * (2 * (marks.strong != self.marks.strong) + (marks.emphasis != self.marks.emphasis)))
        self.marks = marks

    def escaped(self, text: str) -> str:
        escaped = _ALWAYS.sub(_escape, text)
        if self.last == "\n" and (found := _AT_START.match(escaped)):
            number = found[0] if found[0].isdigit() else ""
            return f"{number}\\{escaped.removeprefix(number)}"
        return f"\\{escaped}" if (self.last, escaped[0]) in _BESIDE_BRACKET else escaped


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _target(anchor: tuple[str, ...]) -> str:
    match anchor:
        case ("item_link", kind, item):
            return f"item:{kind}/{item}"
        case ("term", term):
            return f"term:{term}"
        case _:
            address = _IN_ADDRESS.sub(_escape, anchor[1])
            return f"<{address}>" if re.search(r"[()]", address) else address
