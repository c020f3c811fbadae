"""The tree as plain text: for snippets, comparisons, partners who show no HTML, and whoever listens to a page."""

from collections.abc import Callable, Iterator

from articles.canonical.tree import Body, Node

Cite = Callable[[str, str], str]


def plain_text(body: Body, *, cite: Cite | None = None) -> str:
    """The words of a body: blocks parted by a blank line, items of a list by a line break, nested ones indented.

    ``cite`` turns (source, locator) into what stands for a citation, such as ``[1]``; without it none is shown.
    """
    return "\n\n".join([text for node in body if (text := _block(node, cite))])


def _block(node: Node, cite: Cite | None) -> str:
    # Most blocks are paragraphs, whose lines need no marks.
    return _inline(node["content"], cite) if node["type"] != "list" else "\n".join(_lines(node, cite))


def _lines(node: Node, cite: Cite | None) -> Iterator[str]:
    if node["type"] != "list":
        yield from _inline(node["content"], cite).split("\n")
        return
    for number, item in enumerate(node["items"], start=1):
        mark = f"{number}. " if node["ordered"] else "• "
        for position, line in enumerate(line for block in item for line in _lines(block, cite)):
            yield (mark if position == 0 else " " * len(mark)) + line


def _inline(content: list[Node], cite: Cite | None) -> str:
    return "".join([_words(node, cite) for node in content])


def _words(node: Node, cite: Cite | None) -> str:
    match node["type"]:
        case "text":
            return str(node["text"])
        case "break":
            return "\n"
        case "citation":
            return cite(node["source"], node["locator"]) if cite else ""
        case _:
            return _inline(node["content"], cite)
