"""The reader's pages. Each view finds something on the shelf, has it presented and sends it."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.answers.languages import preferred
from articles.canonical.languages import Language, other_language
from articles.editions import queries
from articles.editions.queries import Shelved
from articles.editions.services import read_once
from articles.reader import pages
from articles.reader.pages import Shown
from articles.reader.presenters.absence import elsewhere_page, not_found_page, withdrawn_page
from articles.reader.rendering import render

View = Callable[..., HttpResponse]


def in_its_language(view: View) -> View:
    """Let a view speak the language that its address names: the edge where language becomes ambient for gettext."""

    @wraps(view)
    def speaking(request: HttpRequest, language: Language, **kwargs: str) -> HttpResponse:
        with override(language), read_once():
            return view(request, language, **kwargs)

    return speaking


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the reader's language."""
    language = preferred(request.headers.get("Accept-Language"))
    return headers.apply(HttpResponseRedirect(f"/{language}/"), "choice")


@require_safe
@in_its_language
def language_home(request: HttpRequest, language: Language) -> HttpResponse:
    """The home page."""
    return _sent(request, pages.front(language))


@require_safe
@in_its_language
def section(request: HttpRequest, language: Language, key: str) -> HttpResponse:
    """The page of a section."""
    return _sent(request, pages.section(key, language))


@require_safe
@in_its_language
def item(request: HttpRequest, language: Language, kind: str, slug: str) -> HttpResponse:
    """The item of a kind; its new address, its withdrawal, or the word that it is not in this language yet."""
    found = queries.by_slug(kind, slug)
    here = found.shelved(language) if found else None
    there = found.shelved(other_language(language)) if found else None
    if here is None:
        return _elsewhere(there, language) if there and there.is_live else not_found(language)
    if not here.is_live:
        return _withdrawn(here)
    if here.standing.slug != slug:
        return headers.apply(HttpResponsePermanentRedirect(here.page_path), "moved")
    return _sent(request, pages.live(here), changed_at=here.envelope.published_at)


def not_found(language: Language) -> HttpResponse:
    """Return the 404 page in a language, with numbers to call."""
    with override(language):
        html = render("not_found", not_found_page(language))
    return headers.apply(HttpResponse(html, status=404), "missing", language=language)


def _elsewhere(there: Shelved, language: Language) -> HttpResponse:
    html = render("elsewhere", elsewhere_page(there, language), about=pages.about(language))
    return headers.apply(HttpResponse(html, status=404), "missing", language=language)


def _withdrawn(here: Shelved) -> HttpResponse:
    tombstone = here.standing.tombstone or {}
    page = withdrawn_page(here, tombstone, pages.replacement(tombstone, here.language))
    html = render("withdrawn", page, about=pages.about(here.language))
    return headers.apply(HttpResponse(html, status=410), "gone", language=here.language)


def _sent(request: HttpRequest, shown: Shown, *, changed_at: str = "") -> HttpResponse:
    language = shown.page.frame.language
    html = render(shown.template, shown.page, about=pages.about(language))
    return conditional(request, headers.apply(HttpResponse(html), "page", language=language), changed_at=changed_at)
