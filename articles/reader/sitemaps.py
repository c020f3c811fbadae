"""The sitemaps: every page that search engines may have, in parts.

The address that robots.txt names is always the list of parts, so it stays what it is however the site grows. Part 0
holds the home pages and the sections, each further part 2,000 places on the shelf: the protocol allows 50,000, but a
part is made anew whenever one of its pages has changed, and should not take longer the more there is.
"""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.canonical.languages import LANGUAGES, Language
from articles.editions import inventory, queries
from articles.editions.inventory import Listed
from articles.editions.times import seconds
from articles.reader import pages
from articles.reader.machine.sitemap import Place, index, urlset
from articles.reader.presenters.frame import Alternate, alternates_of, home_alternates
from articles.reader.presenters.sections import HOME, SECTIONS, TRIAGE, Section

SIZE = 2_000

# Pages that answer whoever asks: there is nothing on them to be found.
FORMS = frozenset({"search", "verify"})


@require_safe
def sitemap_index(request: HttpRequest, size: int = SIZE) -> HttpResponse:
    """The list of all parts."""
    return _sent(request, index(map(_address, [0, *inventory.parts(size)])))


@require_safe
def sitemap(request: HttpRequest, part: int, size: int = SIZE) -> HttpResponse:
    """One part; 404 where nothing is live in it."""
    places = list(_own_places() if part == 0 else map(_place, inventory.listed(part, size)))
    if not places:
        raise Http404
    return _sent(request, urlset(places))


def _own_places() -> Iterator[Place]:
    """The home pages and the sections. When a list last changed is not kept, and a guess is worse than nothing."""
    for language in LANGUAGES:
        yield Place(settings.SITE_URL + HOME.path(language), "", _by_language(home_alternates()))
        for section in (*SECTIONS.values(), TRIAGE):
            if _is_indexed(section, language):
                addresses = {code: settings.SITE_URL + section.path(code) for code in LANGUAGES}
                yield Place(addresses[language], "", _by_language(alternates_of(addresses)))


def _is_indexed(section: Section, language: Language) -> bool:
    """Whether a section is to be found; the list of people is not while it names people whom we only quote, and the
    triage not while nothing of it is live."""
    if section is TRIAGE:
        return bool(queries.live_targets("protocol", language))
    if section is not SECTIONS["people"]:
        return section.key not in FORMS
    with override(language):
        return pages.section(section.key, language).page.frame.is_indexed


def _place(listed: Listed) -> Place:
    alternates = alternates_of(listed.addresses) if len(listed.addresses) > 1 else []
    return Place(listed.addresses[listed.language], seconds(listed.changed), _by_language(alternates))


def _by_language(alternates: list[Alternate]) -> Mapping[str, str]:
    return {one.hreflang: one.url for one in alternates}


def _address(part: int) -> str:
    return f"{settings.SITE_URL}/sitemaps/{part}.xml"


def _sent(request: HttpRequest, body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    return conditional(request, headers.apply(response, "answer"))
