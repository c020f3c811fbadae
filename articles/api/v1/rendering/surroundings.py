"""What blocks refer to: the text's sources with their numbers, and where its links lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from types import MappingProxyType

from articles.canonical.html_writing import reader_html
from articles.canonical.languages import Language
from articles.canonical.plain_writing import plain_text
from articles.editions.document import Document
from articles.editions.parts import Source
from articles.editions.queries import Target
from articles.editions.value import Body

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Surroundings:
    """`targets` are the live items that the text leads to, by id; `numbers` those of its sources; `digests` those of
    its blocks, as far as they are known."""

    language: Language
    sources: Mapping[str, Source]
    numbers: Mapping[str, int]
    targets: Mapping[str, Target] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def html(self, body: Body) -> str:
        """Return running text as HTML; links lead to pages of live items, and stay plain words where there is none."""
        return reader_html(body, cite=self._cite, link=self._link)

    def text(self, body: Body) -> str:
        """Return running text as plain text with its citations as numbers in brackets."""
        return plain_text(body, cite=self._marker)

    def marks_html(self, sources: Iterable[str]) -> str:
        """Return the marks of sources, such as stand behind a sentence."""
        return "".join(self._cite(source, "") for source in sources)

    def marks_text(self, sources: Iterable[str]) -> str:
        """Return the same as one bracket, ` [1, 3]`; empty without sources."""
        cited = ", ".join(str(self.numbers[source]) for source in sources if source in self.numbers)
        return f" [{cited}]" if cited else ""

    def _link(self, kind: str, item: str) -> tuple[str, str] | None:
        target = self.targets.get(item)
        return (target.url, target.title) if target else None

    def _cite(self, source: str, locator: str) -> str:
        return _sup(source, self._marker(source, locator))

    def _marker(self, source: str, locator: str) -> str:
        number = str(self.numbers.get(source, "?"))
        return f"[{number}, {locator}]" if locator else f"[{number}]"


@lru_cache(maxsize=1024)
def _sup(source: str, marker: str) -> str:
    """A citation's mark; few sources stand in many texts."""
    return f'<sup data-source="{escape(source)}">{escape(marker)}</sup>'


def surroundings(
    document: Document, language: Language, targets: Mapping[str, Target], digests: Mapping[str, str] = _NONE
) -> Surroundings:
    """Return what the blocks of a document refer to."""
    sources = {source.id: source for source in document.sources}
    return Surroundings(language, sources, document.numbers(), targets, digests)
