"""The contract of the rich-text tree as tables, and the check of an untrusted JSON value against them."""

from collections.abc import Callable, Iterator
from typing import Any

from articles.canonical.addresses import is_address
from articles.canonical.identifiers import is_kind, is_language_tag, is_uuid
from articles.canonical.problems import Problem, problem
from articles.canonical.text import dangers, shown

# Levels of lists inside lists: more than this cannot be followed on a telephone.
DEEPEST_LIST = 4
# The normal form needs four layers of marks; an editor or an importer may be untidier than that.
_DEEPEST_MARK = 12

Keys = dict[str, tuple[str, ...]]

INLINE: Keys = {
    "text": ("text",),
    "break": (),
    "strong": ("content",),
    "emphasis": ("content",),
    "foreign": ("language", "content"),
    "link": ("href", "content"),
    "item_link": ("kind", "item", "content"),
    "term": ("term", "content"),
    "citation": ("source", "locator"),
}
IN_ITEM: Keys = {"paragraph": ("content",), "list": ("ordered", "items")}
BLOCKS: Keys = IN_ITEM | {"heading": ("level", "content")}

# The value of every key but ``content`` and ``items``, which hold nodes. The types are exact: True is not a level.
_VALUES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda value: type(value) is str, "wrong-type"),
    "locator": (lambda value: type(value) is str, "wrong-type"),
    "ordered": (lambda value: type(value) is bool, "wrong-type"),
    "level": (lambda value: type(value) is int and value in (3, 4), "bad-level"),
    "language": (is_language_tag, "bad-language"),
    "href": (is_address, "bad-href"),
    "kind": (is_kind, "bad-kind"),
    "item": (is_uuid, "bad-id"),
    "term": (is_uuid, "bad-id"),
    "source": (is_uuid, "bad-id"),
}


def check(body: Any, place: str = "") -> list[Problem]:
    """Everything that keeps a value from being a body, each problem with its place (``body[3].content[1]``)."""
    return list(_blocks(body, place or "body", BLOCKS, 0))


def _blocks(value: Any, place: str, known: Keys, depth: int) -> Iterator[Problem]:
    yield from _listed(value, place)
    for node, at in _members(value, place):
        yield from _node(node, at, known)
        for inner, where in _inner(node, at, known, "content"):
            yield from _inline(inner, where, 0)
        for inner, where in _inner(node, at, known, "items"):
            yield from _items(inner, where, depth + 1)


def _items(value: Any, place: str, depth: int) -> Iterator[Problem]:
    if depth > DEEPEST_LIST:
        yield problem("too-deep", place)
        return
    yield from _listed(value, place)
    for item, at in _members(value, place):
        first = item[0] if isinstance(item, list) and item else None
        if not (isinstance(first, dict) and first.get("type") == "paragraph"):
            yield problem("item-without-paragraph", at)
        yield from _blocks(item, at, IN_ITEM, depth)


def _inline(value: Any, place: str, depth: int) -> Iterator[Problem]:
    if depth > _DEEPEST_MARK:
        yield problem("too-deep", place)
        return
    yield from _listed(value, place)
    for node, at in _members(value, place):
        yield from _node(node, at, INLINE)
        for inner, where in _inner(node, at, INLINE, "content"):
            yield from _inline(inner, where, depth + 1)


def _listed(value: Any, place: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield problem("not-a-list", place)


def _members(value: Any, place: str) -> Iterator[tuple[Any, str]]:
    if isinstance(value, list):
        yield from ((member, f"{place}[{index}]") for index, member in enumerate(value))


def _inner(node: Any, place: str, known: Keys, key: str) -> Iterator[tuple[Any, str]]:
    if key in _keys(node, known) and key in node:
        yield node[key], f"{place}.{key}"


def _keys(node: Any, known: Keys) -> tuple[str, ...]:
    kind = node.get("type") if isinstance(node, dict) else None
    return known.get(kind, ()) if isinstance(kind, str) else ()


def _node(node: Any, place: str, known: Keys) -> Iterator[Problem]:
    """What is wrong with a node itself, apart from the nodes that it holds."""
    if not isinstance(node, dict) or not isinstance(node.get("type"), str):
        yield problem("not-a-node", place)
    elif node["type"] not in known:
        yield problem("unknown-node", place, type=_shown(node["type"]))
    else:
        keys = known[node["type"]]
        yield from (problem("missing-key", place, key=key) for key in keys if key not in node)
        yield from (problem("unknown-key", place, key=_shown(key)) for key in node if key not in (*keys, "type"))
        for key in keys:
            if key in node and key in _VALUES:
                yield from _value(key, node[key], place)


def _value(key: str, value: Any, place: str) -> Iterator[Problem]:
    holds, code = _VALUES[key]
    if not holds(value):
        yield problem(code, place, key=key, value=_shown(value))
    elif isinstance(value, str):
        yield from dangers(value, f"{place}.{key}")


def _shown(value: Any) -> str:
    return shown(value, 60) if isinstance(value, str) else type(value).__name__
