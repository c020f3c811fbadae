"""Every source that live texts rest on, and where it is cited."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.anchors import anchor
from articles.editions.parts import Source
from articles.editions.queries import Shelved
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import SECTIONS
from articles.reader.presenters.sources import SourceView, source_view


@dataclass(frozen=True)
class Held:
    anchor: str
    source: SourceView
    cited_in: list[Link]


@dataclass(frozen=True)
class LibraryPage:
    frame: Frame
    sources: list[Held]


def library_page(texts: Iterable[Shelved], language: Language) -> LibraryPage:
    """Return the sources of these live texts, which come newest first; each as the newest of them has it."""
    sources: dict[str, Source] = {}
    cited: dict[str, list[Link]] = {}
    for text in texts:
        for source in text.document.sources:
            sources.setdefault(source.id, source)
            cited.setdefault(source.id, []).append(Link(text.document.title, text.page_path))
    held = [
        Held(
            anchor=anchor(source.id),
            source=source_view(source, language),
            cited_in=sorted(cited[source.id], key=lambda link: alphabetical(link.words)),
        )
        for source in sorted(sources.values(), key=lambda source: (alphabetical(_name(source)), source.id))
    ]
    description = gettext("Every source that our texts rest on, how we read it and where it is cited.")
    return LibraryPage(section_frame(SECTIONS["sources"], language, description), held)


def _name(source: Source) -> str:
    """By what a list of references is sorted: the first author, else who published it, else the title."""
    return next((one for one in (*source.authors[:1], source.publisher, source.title) if one), "")
