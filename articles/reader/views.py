"""The reader's pages. Each view finds something on the shelf, has it presented and sends it."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.answers.languages import preferred
from articles.canonical.languages import Language, other_language
from articles.editions import queries
from articles.editions.queries import Shelved
from articles.editions.services import read_once
from articles.reader.presenters.absence import elsewhere_page, not_found_page, withdrawn_page
from articles.reader.presenters.article import article_page
from articles.reader.presenters.frame import list_path
from articles.reader.presenters.listing import list_page
from articles.reader.rendering import Page, render

# One page holds the whole list; when there are topics they divide it.
LIST_LIMIT = 500

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
def language_home(request: HttpRequest, language: Language) -> HttpResponse:
    """Lead to the articles: the only section so far."""
    return headers.apply(HttpResponseRedirect(list_path(language)), "page")


@require_safe
@in_its_language
def articles(request: HttpRequest, language: Language) -> HttpResponse:
    items = queries.live_list("article", language, limit=LIST_LIMIT)
    return _sent(request, "articles", list_page(items, language))


@require_safe
@in_its_language
def article(request: HttpRequest, language: Language, slug: str) -> HttpResponse:
    """The article; its new address, its withdrawal, or the word that it is not in this language yet."""
    found = queries.by_slug("article", slug)
    here = found.shelved(language) if found else None
    there = found.shelved(other_language(language)) if found else None
    if here is None:
        return _elsewhere(there, language) if there and there.is_live else not_found(language)
    if not here.is_live:
        return _withdrawn(here)
    if here.standing.slug != slug:
        return headers.apply(HttpResponsePermanentRedirect(here.page_path), "moved")
    targets = queries.targets(here.document.linked_items(), language)
    page = article_page(here, targets, today=timezone.now().date())
    return _sent(request, "article", page, changed_at=here.envelope.published_at)


def not_found(language: Language) -> HttpResponse:
    """Return the 404 page in a language, with numbers to call."""
    with override(language):
        html = render("not_found", not_found_page(language))
    return headers.apply(HttpResponse(html, status=404), "missing", language=language)


def _elsewhere(there: Shelved, language: Language) -> HttpResponse:
    html = render("elsewhere", elsewhere_page(there, language))
    return headers.apply(HttpResponse(html, status=404), "missing", language=language)


def _withdrawn(here: Shelved) -> HttpResponse:
    tombstone = here.standing.tombstone or {}
    successor = tombstone.get("replaced_by") or ""
    replacement = queries.targets([successor], here.language).get(successor) if successor else None
    html = render("withdrawn", withdrawn_page(here, tombstone, replacement))
    return headers.apply(HttpResponse(html, status=410), "gone", language=here.language)


def _sent(request: HttpRequest, template: str, page: Page, *, changed_at: str = "") -> HttpResponse:
    response = headers.apply(HttpResponse(render(template, page)), "page", language=page.frame.language)
    return conditional(request, response, changed_at=changed_at)
