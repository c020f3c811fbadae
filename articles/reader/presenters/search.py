"""The search page: the form, what was found, and ways on where nothing was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language, other_language
from articles.editions.queries import Target
from articles.reader.presenters.asking import Asked
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.links import Link
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import SEARCH, SECTIONS
from articles.search.emergency_signs import names_an_emergency
from articles.search.results import Hit, Piece, Results
from articles.search.typed import LONGEST
from articles.search.wording import IN_LANGUAGE, REASONS

PER_PAGE = 20


@dataclass(frozen=True)
class KindWords:
    """One of a kind, above a result, and all of them, in the filter."""

    one: str | Promise
    all: str | Promise


# What can be searched for by itself, in the order of the filter.
KINDS: Mapping[str, KindWords] = {
    "article": KindWords(_("Article"), _("Articles")),
    "faq": KindWords(pgettext_lazy("reader", "Question"), pgettext_lazy("header", "Questions")),
    "term": KindWords(pgettext_lazy("reader", "Term"), _("Glossary")),
    "topic": KindWords(pgettext_lazy("reader", "Topic"), _("Topics")),
    "protocol": KindWords(_("When to get help"), _("When to get help")),
    "expert": KindWords(_("Person"), _("People")),
    "page": KindWords(_("About the site"), _("About the site")),
}


@dataclass(frozen=True)
class ResultView:
    """`heading` is the section of the text; `in_language` is said only of what is shown in the other language."""

    kind: str
    heading: str
    title: list[Piece]
    excerpt: list[Piece]
    path: str
    language: Language
    in_language: str


@dataclass(frozen=True)
class Filter:
    """A kind and how much was found of it; the address is empty where the reader already is."""

    words: str
    count: int
    address: str


@dataclass(frozen=True)
class Instead:
    """What was looked for in place of what was typed, why, and the way to exactly that."""

    meant: str
    typed: str
    reason: str
    exact: str


@dataclass(frozen=True)
class Ways:
    """Where else to look."""

    topics: list[Link]
    sections: list[Link]


@dataclass(frozen=True)
class SearchPage:
    """`found` is the count in words; it is empty where nothing was asked. `previous` and `next` are addresses."""

    frame: Frame
    query: str
    is_emergency: bool = False
    is_cut: bool = False
    longest: int = LONGEST
    found: str = ""
    results: list[ResultView] = field(default_factory=list)
    start: int = 1
    filters: list[Filter] = field(default_factory=list)
    instead: Instead | None = None
    previous: str = ""
    next: str = ""
    place: str = ""
    everything: str = ""
    ways: Ways | None = None

    @property
    def is_blank(self) -> bool:
        return not self.query


def blank_page(language: Language, topics: Mapping[str, Target]) -> SearchPage:
    """Return the page before anything is asked."""
    return SearchPage(_frame(Asked(""), language, gettext("Search")), "", ways=_ways(topics, language))


def results_page(asked: Asked, results: Results, topics: Mapping[str, Target], language: Language) -> SearchPage:
    """Return the answer; `results` are those of the page that `asked` names, which is no later than the last."""
    last = last_page(results.total)
    return SearchPage(
        frame=_frame(asked, language, gettext("Search results") if results.total else gettext("Nothing found")),
        query=asked.query,
        is_emergency=names_an_emergency(asked.query, results.meant),
        is_cut=asked.is_cut,
        found=_found(results),
        results=[_result(hit) for hit in results.hits],
        start=(asked.page - 1) * PER_PAGE + 1,
        filters=_filters(asked, results, language),
        instead=_instead(asked, results, language),
        previous=asked.on_page(asked.page - 1).address(language) if asked.page > 1 else "",
        next=asked.on_page(asked.page + 1).address(language) if asked.page < last else "",
        place=gettext("Page %(page)s of %(last)s") % {"page": asked.page, "last": last} if last > 1 else "",
        everything=asked.of_kind("").address(language) if asked.kind and not results.total else "",
        ways=None if results.total else _ways(topics, language),
    )


def last_page(total: int) -> int:
    """Return the number of the last page of so many results; the first page is always there."""
    return max(1, -(-total // PER_PAGE))


def _frame(asked: Asked, language: Language, title: str) -> Frame:
    """The title does not repeat the query: it stands in tabs and lists of windows, for whoever looks at the screen."""
    return Frame(
        language=language,
        title=title,
        switch=asked.address(other_language(language)),
        is_indexed=False,
        section=SEARCH,
        is_section=True,
    )


def _found(results: Results) -> str:
    words = results.meant or results.query
    if not results.total:
        return gettext("Nothing found for “%(query)s”") % {"query": results.query}
    return ngettext(
        "%(count)s result for “%(query)s”", "%(count)s results for “%(query)s”", results.total
    ) % {"count": results.total, "query": words}  # fmt: skip


def _result(hit: Hit) -> ResultView:
    return ResultView(
        kind=str(KINDS[hit.kind].one) if hit.kind in KINDS else "",
        heading=hit.heading,
        title=hit.title,
        excerpt=hit.excerpt,
        path=hit.path,
        language=hit.language,
        in_language=str(IN_LANGUAGE[hit.language]) if hit.is_other_language else "",
    )


def _filters(asked: Asked, results: Results, language: Language) -> list[Filter]:
    """Every kind of which something was found, behind all of them; none where there is nothing to choose."""
    counts = [(kind, str(words.all), results.by_kind.get(kind, 0)) for kind, words in KINDS.items()]
    held = [one for one in counts if one[2] or one[0] == asked.kind]
    if not asked.kind and len(held) < 2:
        return []
    every = ("", pgettext("search", "Everything"), sum(results.by_kind.values()))
    return [
        Filter(words, count, "" if kind == asked.kind else asked.of_kind(kind).address(language))
        for kind, words, count in [every, *held]
    ]


def _instead(asked: Asked, results: Results, language: Language) -> Instead | None:
    if not results.meant:
        return None
    return Instead(results.meant, asked.query, str(REASONS[results.how]), asked.exactly().address(language))


def _ways(topics: Mapping[str, Target], language: Language) -> Ways:
    return Ways(
        topics=_sorted(Link(one.title, one.path) for one in topics.values()),
        sections=[Link(str(one.whole), one.path(language)) for one in SECTIONS.values()],
    )


def _sorted(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda one: alphabetical(one.words))
