"""Typesetting of finished text: no-break spaces, dashes and quotation marks, by the customs of each language.

Applied when an edition is composed: drafts hold ordinary spaces and typed quotation marks, so that one text has one
form while it is worked on. Every rule exchanges single characters, so the marks and citations of a paragraph stay
where they are, and a rule sees across them (a short word before a bold one). When in doubt nothing is changed.
"""

from collections.abc import Iterable, Iterator

from articles.canonical.runs import Node
from articles.canonical.tree import Body
from articles.canonical.typography_rules import LANGUAGES, NOT_PROSE

# What a rule sees in place of a citation, and in place of words that are not prose of this language.
_CITATION = "\ufffc"
_MASK = "x"


def polish(body: Body, *, language: str) -> Body:
    """The typeset form of a normal body, for an edition. Typesetting twice changes nothing.

    Addresses, identifiers, locators and phrases in another language stay as they are; so does everything in a language
    without rules. A typeset body is no longer in its normal form: drafts keep the one that was passed in.
    """
    return [_block(node, language) for node in body]


def polish_line(text: str, *, language: str) -> str:
    """The typeset form of a line or passage."""
    return _typeset([(text, False)], language)


def _block(node: Node, language: str) -> Node:
    if node["type"] == "list":
        return {**node, "items": [polish(item, language=language) for item in node["items"]]}
    pieces = list(_pieces(node["content"], foreign=False))
    text, starts = _typeset(pieces, language), 0
    ends: list[str] = []
    for piece, _ in pieces:
        ends.append(text[starts : starts + len(piece)])
        starts += len(piece)
    return {**node, "content": _refilled(node["content"], iter(ends))}


def _pieces(content: Iterable[Node], *, foreign: bool) -> Iterator[tuple[str, bool]]:
    """The text of every leaf in order, and whether it is foreign."""
    for node in content:
        match node["type"]:
            case "text":
                yield node["text"], foreign
            case "break":
                yield "\n", True
            case "citation":
                yield _CITATION, True
            case name:
                yield from _pieces(node["content"], foreign=foreign or name == "foreign")


def _refilled(content: Iterable[Node], texts: Iterator[str]) -> list[Node]:
    """The same nodes around other texts."""
    filled: list[Node] = []
    for node in content:
        if "content" in node:
            filled.append({**node, "content": _refilled(node["content"], texts)})
        else:
            text = next(texts)
            filled.append({**node, "text": text} if node["type"] == "text" else node)
    return filled


def _typeset(pieces: list[tuple[str, bool]], language: str) -> str:
    """The pieces of one paragraph, typeset as one text of the same length."""
    whole = "".join(text for text, foreign in pieces)
    prose = "".join(_masked(text) if foreign else text for text, foreign in pieces)
    prose = NOT_PROSE.sub(lambda found: _MASK * len(found[0]), prose)
    shown = prose
    for rule in LANGUAGES.get(language, ()):
        shown = rule(shown)
    return "".join(new if old == seen else old for old, seen, new in zip(whole, prose, shown, strict=True))


def _masked(text: str) -> str:
    return text if text in ("\n", _CITATION) else _MASK * len(text)
