"""Every source that live texts rest on, and where it is cited."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.anchors import anchor
from articles.editions.parts import Source
from articles.editions.projections import Carried
from articles.editions.queries import Shelved
from articles.reader.presenters.frame import Frame, later_frame, section_frame
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import SECTIONS
from articles.reader.presenters.sources import SourceWords, source_words
from articles.reader.presenters.ways import Way


@dataclass(frozen=True)
class Held:
    """`cited_in` are the newest texts that cite it; `is_cited_elsewhere`: there are more."""

    anchor: str
    source: SourceWords
    cited_in: list[Link]
    is_cited_elsewhere: bool


@dataclass(frozen=True)
class LibraryPage:
    frame: Frame
    sources: list[Held]
    way: Way


def library_page(carried: Iterable[Carried], language: Language, way: Way, *, named: int) -> LibraryPage:
    """Return a page of these sources, each as the newest live text has it, with `named` of the texts that cite it."""
    held = [
        Held(
            anchor=anchor(one.part.id),
            source=source_words(one.part, language),  # type: ignore[arg-type]
            cited_in=sorted((_link(text) for text in one.carriers[:named]), key=lambda link: alphabetical(link.words)),
            is_cited_elsewhere=len(one.carriers) > named,
        )
        for one in sorted(carried, key=lambda one: (alphabetical(_name(one.part)), one.part.id))  # type: ignore[arg-type]
    ]
    description = gettext("Every source that our texts rest on, how we read it and where it is cited.")
    section = SECTIONS["sources"]
    frame = section_frame(section, language, description) if way.behind is None else later_frame(section, language)
    return LibraryPage(frame, held, way)


def _link(text: Shelved) -> Link:
    return Link(text.standing.title, text.page_path)


def _name(source: Source) -> str:
    """By what a list of references is sorted: the first author, else who published it, else the title."""
    return next((one for one in (*source.authors[:1], source.publisher, source.title) if one), "")
