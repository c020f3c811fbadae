"""The list of sources: what each is, how we read it, where to find it and which places of the text rest on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

import msgspec
from django.utils.translation import get_language, gettext

from articles.canonical.languages import Language
from articles.canonical.shapes import reader
from articles.editions.dates import spelled
from articles.editions.parts import Source
from articles.editions.wording import SOURCE_KINDS, WITHDRAWN_SOURCE, how_read
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.links import Link, web_address

_AUTHORS_SHOWN = 3
_ENDS = (".", "?", "!", "…")

_encoded = msgspec.json.Encoder().encode
_decoded = reader(Source)


# Equal to itself alone: whoever is asked for the same source is given the same words, and a page looks up twenty.
@dataclass(frozen=True, eq=False)
class SourceWords:
    """What is said of a source wherever it stands. `kind` is the code of what it is, `about` its words. `foreign` is
    the language of authors and title where it is not that of the page."""

    kind: str
    authors: str
    title: str
    title_end: str
    foreign: str
    translated_title: str
    where: str
    about: str
    links: tuple[Link, ...]
    notice: str


@dataclass(frozen=True)
class SourceView:
    """A source under its number; `places` are the ids of the marks that refer to it, and lead back."""

    number: int
    words: SourceWords
    places: list[str]


def source_views(sources: Iterable[Source], language: Language, citing: Citing) -> list[SourceView]:
    """Return the sources under their numbers; present the text first, so that every mark has its way back."""
    active = get_language()
    return [
        SourceView(number, _said(_encoded(source), language, active), citing.places(source.id))
        for number, source in enumerate(sources, start=1)
    ]


def source_words(source: Source, language: Language) -> SourceWords:
    """Return what is said of a source; call inside the language's override."""
    return _said(_encoded(source), language, get_language())


@lru_cache(maxsize=256)
def _said(written: bytes, language: Language, active: str | None) -> SourceWords:
    """By what the source is and all that it depends on besides: few sources stand in many texts."""
    source = _decoded(written)
    is_foreign = source.language.partition("-")[0] != language
    return SourceWords(
        kind=source.kind,
        authors=_authors(source.authors),
        title=source.title,
        title_end="" if source.title.endswith(_ENDS) and not source.translated_title else ".",
        foreign=source.language if is_foreign else "",
        translated_title=source.translated_title if is_foreign and source.translated_title != source.title else "",
        where=_where(source, language),
        about=_about(source, language),
        links=tuple(_links(source)),
        notice=f"{WITHDRAWN_SOURCE} {source.withdrawn.reason}" if source.withdrawn else "",
    )


def _authors(authors: list[str]) -> str:
    """«Allen, R. E.» is written «Allen R. E.»; of many authors the first three are named. Ends with a full stop."""
    shown = ", ".join(author.replace(", ", " ", 1) for author in authors[:_AUTHORS_SHOWN])
    if len(authors) > _AUTHORS_SHOWN:
        return gettext("%(authors)s et al.") % {"authors": shown}
    return shown if not shown or shown.endswith(_ENDS) else f"{shown}."


def _where(source: Source, language: Language) -> str:
    """Where and when it appeared: «Archives of Internal Medicine, 2012; 172(2): 120–126»."""
    place = ", ".join(part for part in (source.container, source.publisher) if part)
    dated = ", ".join(part for part in (place, spelled(source.issued, language)) if part)
    volume = source.volume + (f"({source.issue})" if source.issue else "")
    pages = ": ".join(part for part in (volume, source.pages) if part)
    return "; ".join(part for part in (dated, pages) if part)


def _about(source: Source, language: Language) -> str:
    """The type of the source and how we read it."""
    kind = str(SOURCE_KINDS[source.kind])
    read = how_read(source)
    if not read:
        return kind
    return f"{kind}; {', '.join(part for part in (read, spelled(source.accessed_on, language)) if part)}"


def _links(source: Source) -> list[Link]:
    links = []
    if source.doi:
        links.append(Link("DOI", f"https://doi.org/{quote(source.doi, safe='/():;.')}"))
    if source.pmid:
        links.append(Link("PubMed", f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"))
    if web_address(source.url):
        links.append(Link((urlsplit(source.url).hostname or "").removeprefix("www."), source.url))
    if web_address(source.archive_url):
        links.append(Link(gettext("archived copy"), source.archive_url))
    return links
