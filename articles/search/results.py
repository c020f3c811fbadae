"""What a search answers, as values. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.canonical.languages import Language
from articles.search.words.guesses import How
from articles.search.words.marking import Piece

__all__ = ["Hit", "How", "Piece", "Results"]


@dataclass(frozen=True)
class Hit:
    """One item. `path` is its page, with the anchor of the best passage where that is deeper in the text.

    `excerpt` is cut from what is live, around the words that were found; `heading` is that of the section in which it
    stands, empty above the first; `block` is the id of its block, empty in the head of a text. `is_other_language` says
    that the item is shown in the other language than the page's; `language` names it.
    """

    item: str
    kind: str
    language: Language
    title: list[Piece]
    excerpt: list[Piece]
    path: str
    is_other_language: bool
    score: float
    heading: str = ""
    block: str = ""


@dataclass(frozen=True)
class Results:
    """`query` as it was typed; `meant` is what was looked for instead, empty if it was the query, and `how` says why.

    `total` counts what was found of the kinds asked for, `by_kind` what was found of each kind whatever was asked.
    """

    query: str
    meant: str = ""
    how: How = "as_typed"
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    by_kind: Mapping[str, int] = field(default_factory=dict)
