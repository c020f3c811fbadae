"""The rich-text tree: plain JSON values in one normal form. Its shape is a contract; see ``shape`` for every key.

A body is a list of blocks (paragraph, heading, list); blocks hold inline nodes (text, break, strong, emphasis, foreign,
link, item_link, term, citation). What else an article holds (quotes, tables, figures) are blocks of the article.
"""

from collections.abc import Iterable
from typing import Any

from articles.canonical.runs import Break, Node, Run, Words, flatten, nest, settle
from articles.canonical.shape import check

__all__ = [
    "Body",
    "Node",
    "check",
    "citations",
    "heading",
    "is_empty",
    "links",
    "normalise",
    "paragraph",
    "pointers",
    "terms",
    "walk",
    "without_calls",
]

Body = list[Node]

_POINTERS = frozenset({"item_link", "term"})


def normalise(body: Body) -> Body:
    """The one normal form of a body that passes ``check``; a normal body comes back unchanged.

    Texts and spaces are settled (see ``runs.settle``), empty nodes are gone, marks nest in one order, lists that touch
    are one list, an item begins with a paragraph, a heading is one line and not bold throughout.
    """
    return _joined_lists(block for node in body if (block := _block(node)))


def walk(body: Body) -> list[Node]:
    """Every node, blocks and inline, in reading order."""
    found: list[Node] = []
    _walk(body, found)
    return found


def pointers(body: Body) -> list[Node]:
    """Every link to an item and every term in reading order."""
    found: list[Node] = []
    _walk(body, found, _POINTERS)
    return found


def _walk(nodes: Body, found: list[Node], kinds: frozenset[str] | None = None) -> None:
    for node in nodes:
        if kinds is None or node["type"] in kinds:
            found.append(node)
        if "content" in node:
            _walk(node["content"], found, kinds)
        elif "items" in node:
            for item in node["items"]:
                _walk(item, found, kinds)


def citations(body: Body) -> list[tuple[str, str]]:
    """(source, locator) of every citation in order of appearance, repeated ones too."""
    return [(node["source"], node["locator"]) for node in walk(body) if node["type"] == "citation"]


def links(body: Body) -> list[tuple[str, str]]:
    """(kind, item) of every link to an item in order of appearance."""
    return [(node["kind"], node["item"]) for node in pointers(body) if node["type"] == "item_link"]


def terms(body: Body) -> list[str]:
    """The id of every term in order of appearance."""
    return [node["term"] for node in pointers(body) if node["type"] == "term"]


def is_empty(body: Body) -> bool:
    """Whether a reader would see nothing: no word and no citation."""
    return not normalise(body)


def without_calls(body: Body) -> Body:
    """The body with the words of its telephone links in the place of the links; a body is never changed itself."""
    return [_without_calls(node) for node in body]


def paragraph(runs: Iterable[Run]) -> Node | None:
    """A paragraph of these runs, or None when nothing is left of them."""
    content = nest(settle(runs))
    return {"type": "paragraph", "content": content} if content else None


def heading(level: int, runs: Iterable[Run]) -> Node | None:
    """A heading of these runs: one line, and not bold from end to end, which would say nothing."""
    settled = settle(Words(" ") if isinstance(run, Break) else run for run in runs)
    if all(run.marks.strong for run in settled if isinstance(run, Words) and run.text != " "):
        settled = settle(
            run._replace(marks=run.marks._replace(strong=False)) if isinstance(run, Words) else run for run in settled
        )
    content = nest(settled)
    return {"type": "heading", "level": level, "content": content} if content else None


def _without_calls(node: Node) -> Node:
    if "items" in node:
        return {**node, "items": [without_calls(item) for item in node["items"]]}
    if "content" not in node:
        return node
    content: list[Node] = []
    for inner in node["content"]:
        kept = _without_calls(inner)
        content += kept["content"] if kept.get("href", "").startswith("tel:") else [kept]
    return {**node, "content": content}


def _block(node: Node) -> Node | None:
    match node["type"]:
        case "heading":
            return heading(node["level"], flatten(node["content"]))
        case "list":
            return _list(node)
        case _:
            return paragraph(flatten(node["content"]))


def _list(node: Node) -> Node | None:
    items: list[Body] = []
    for item in node["items"]:
        blocks = normalise(item)
        if not items and blocks and blocks[0]["type"] == "list":
            # A list inside an item that has no words of its own stands one level too deep.
            items.extend(blocks[0]["items"])
            items[-1] = _joined_lists([*items[-1], *blocks[1:]])
        elif blocks and blocks[0]["type"] == "list":
            items[-1] = _joined_lists([*items[-1], *blocks])
        elif blocks:
            items.append(blocks)
    return {"type": "list", "ordered": node["ordered"], "items": items} if items else None


def _joined_lists(blocks: Iterable[Node]) -> Body:
    joined: Body = []
    for block in blocks:
        last: dict[str, Any] = joined[-1] if joined else {}
        if block["type"] == "list" == last.get("type") and block["ordered"] == last["ordered"]:
            joined[-1] = {**last, "items": [*last["items"], *block["items"]]}
        else:
            joined.append(block)
    return joined
