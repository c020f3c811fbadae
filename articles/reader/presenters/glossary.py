"""The glossary: all terms on one page, each beside its word in the other language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.document import TermDocument
from articles.editions.queries import Shelved, Target
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.item import draft_frame
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.sections import SEARCH, SECTIONS


@dataclass(frozen=True)
class TermView:
    """`anchor` is the term's slug, so its address leads to its place; `other` is its word in the other language.

    `used_in` are the newest texts that use it, by their titles; `more` is where the rest is found, empty where there is
    none.
    """

    anchor: str
    title: str
    other: str
    definition: list[str]
    synonyms: list[str]
    codes: list[str]
    used_in: list[Link]
    more: str
    is_reviewed: bool


@dataclass(frozen=True)
class Letter:
    """`anchor` begins with a capital, which no slug does."""

    anchor: str
    letter: str
    terms: list[TermView]


@dataclass(frozen=True)
class GlossaryPage:
    frame: Frame
    letters: list[Letter]

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has checked any definition: else it is said once, above all of them."""
        return any(term.is_reviewed for letter in self.letters for term in letter.terms)


def glossary_page(
    items: Iterable[Shelved], uses: Mapping[str, Sequence[Target]], language: Language, *, named: int
) -> GlossaryPage:
    """Return the live terms under their first letters; `uses` are live texts that link to each (by id), newest
    first, of which `named` are shown."""
    terms = [_live(item, uses.get(item.item, ()), named) for item in items]
    description = gettext("Words of medicine in plain language, in Russian and English.")
    return GlossaryPage(section_frame(SECTIONS["glossary"], language, description), _letters(terms))


def draft_glossary(document: TermDocument, language: Language) -> GlossaryPage:
    """Return the page with this one term as it would stand there."""
    term = _term(document, document.slug or "term")
    return GlossaryPage(draft_frame(document, language), _letters([term]))


def _live(item: Shelved, uses: Sequence[Target], named: int) -> TermView:
    address = SEARCH.path(item.language) if len(uses) > named else ""
    return replace(
        _term(item.document, item.standing.slug),  # type: ignore[arg-type]
        other=item.twin.title if item.twin and item.twin.is_live else "",
        used_in=[Link(one.title, one.path) for one in sorted(uses[:named], key=lambda one: alphabetical(one.title))],
        more=f"{address}?{urlencode({'q': item.standing.title})}" if address else "",
        is_reviewed=item.envelope.review.state == "reviewed",
    )


def _term(document: TermDocument, anchor: str) -> TermView:
    return TermView(
        anchor=anchor,
        title=document.title,
        other="",
        definition=paragraphs(document.summary),
        synonyms=document.synonyms,
        codes=document.codes,
        used_in=[],
        more="",
        is_reviewed=False,
    )


def _letters(terms: Iterable[TermView]) -> list[Letter]:
    letters: dict[str, list[TermView]] = {}
    for term in sorted(terms, key=lambda one: alphabetical(one.title)):
        letters.setdefault(alphabetical(term.title)[:1].upper(), []).append(term)
    return [Letter(f"L{ord(letter or '-')}", letter, held) for letter, held in letters.items()]
