"""Judged queries, the items that stand beside the bundled content, and how a search is measured by both.

`make relevance` prints the table. A query is judged by item, not by language: an item is the same answer in whichever
language it is shown.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from articles.canonical.languages import LANGUAGES, Language
from articles.editions.document import Document
from tests.factories.documents import a_document, an_id, shelve, text
from tests.factories.documents_of_kinds import a_faq, a_term

HERE = Path(__file__).parent
STARTER = HERE.parents[2] / "articles" / "starter"
PROTOCOLS = HERE.parents[2] / "triage" / "protocols" / "starter"
FOLDERS = {
    "article": "articles", "faq": "faq", "term": "terms", "topic": "topics", "person": "experts", "page": "pages",
}  # fmt: skip

WANTED = 3  # the grade of what was wanted
SHOWN = 5  # what a reader sees before scrolling far


@dataclass(frozen=True)
class Judged:
    """`kind` is the kind of query; `wanted` are grades by id of an item, none where nothing may be found."""

    query: str
    language: Language
    kind: str
    wanted: Mapping[str, int]


@dataclass(frozen=True)
class Measured:
    """A query with the names of what was found for it, the best first."""

    judged: Judged
    found: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        """What the first five are worth, a share of what five at their best would be; 1 if rightly nothing is found."""
        ideal = _gain(sorted(self.judged.wanted.values(), reverse=True))
        return _gain(self.judged.wanted.get(item, 0) for item in self.found) / ideal if ideal else float(not self.found)

    def succeeds(self, among: int) -> bool:
        """Whether something that was wanted is among the first; where nothing is wanted, whether nothing was found."""
        if not self.judged.wanted:
            return not self.found
        return any(self.judged.wanted.get(item, 0) >= WANTED for item in self.found[:among])


@dataclass(frozen=True)
class Row:
    language: str
    kind: str
    queries: int
    ndcg: float
    first: float
    five: float

    def __str__(self) -> str:
        return f"{self.language:4} {self.kind:16} {self.queries:7} {self.ndcg:8.3f} {self.first:8.3f} {self.five:8.3f}"


HEAD = f"{'':4} {'kind of query':16} {'queries':>7} {'nDCG@5':>8} {'first':>8} {'in five':>8}"


def judged_queries() -> list[Judged]:
    """Return every judged query, in the order of the files."""
    found = []
    for language in LANGUAGES:
        kinds: dict[str, list[dict[str, Any]]] = _read(f"judged_{language}.yaml")
        for kind, queries in kinds.items():
            for one in queries:
                wanted = {item_id(name): grade for name, grade in one["wanted"].items()}
                found.append(Judged(one["query"], language, kind, wanted))
    return found


@cache
def item_id(name: str) -> str:
    """Return the id of `faq/magnesium` and the like; raise an error for what there is not."""
    kind, _, file = name.partition("/")
    if kind == "neighbour":
        return an_id(name)
    if kind == "protocol":
        return str(json.loads((PROTOCOLS / f"{file}.json").read_text(encoding="utf-8"))["id"])
    return str(yaml.safe_load((STARTER / FOLDERS[kind] / f"{file}.yaml").read_text(encoding="utf-8"))["id"])


def neighbours() -> Iterator[tuple[str, Language, Document]]:
    """Return what stands beside the bundled content: id, language and document."""
    for one in _read("neighbours.yaml"):
        for language in LANGUAGES:
            if language in one:
                title, words = one[language]
                yield (
                    an_id(f"neighbour/{one['name']}"),
                    language,
                    _document(one.get("kind", "faq"), one["name"], title, words),
                )


def shelve_neighbours() -> int:
    """Put them on the shelf and return how many texts that are."""
    placed = [shelve(document, language, item=item) for item, language, document in neighbours()]
    return len(placed)


def measured(find: Callable[[str, Language], Sequence[str]]) -> list[Measured]:
    """Return what a search finds for every judged query; `find` gives ids of items, the best first."""
    return [Measured(one, tuple(find(one.query, one.language))) for one in judged_queries()]


def table(results: Iterable[Measured]) -> list[Row]:
    """Return a row for each language and kind of query, for each language, and for all."""
    groups: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    for one in results:
        groups[one.judged.language, one.judged.kind].append(one)
        groups[one.judged.language, "all"].append(one)
        groups["", "all"].append(one)
    order = {"ru": 0, "en": 1, "": 2}
    ordered = sorted(groups.items(), key=lambda group: (order[group[0][0]], group[0][1] == "all"))
    return [
        Row(
            language, kind, len(held),
            ndcg=_mean(one.ndcg for one in held),
            first=_mean(one.succeeds(1) for one in held),
            five=_mean(one.succeeds(SHOWN) for one in held),
        )
        for (language, kind), held in ordered
    ]  # fmt: skip


def misses(results: Iterable[Measured], names: Mapping[str, str]) -> list[str]:
    """Return a line for each query that does not begin with what was wanted: what was found in its place."""
    return [
        f"{one.judged.language} {one.judged.kind:16} {one.judged.query!r}: "
        + (", ".join(names.get(item, item) for item in one.found[:SHOWN]) or "nothing")
        for one in results
        if not one.succeeds(1)
    ]


def _document(kind: str, name: str, title: str, words: str) -> Document:
    if kind == "term":
        return a_term(title, slug=name, summary=words, synonyms=[])
    make = a_document if kind == "article" else a_faq
    return make(text(words, name=f"neighbour/{name}"), title=title, slug=name, summary=words)


def _gain(grades: Iterable[int]) -> float:
    first = list(grades)[:SHOWN]
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(first))


def _mean(values: Iterable[float]) -> float:
    held = [float(value) for value in values]
    return sum(held) / len(held)


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
