"""The reader's pages. Each view finds something on the shelf, has it presented and sends it."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Literal
from uuid import UUID

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

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

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
    return sent(request, pages.front(language))


@require_safe
@in_its_language
def section(request: HttpRequest, language: Language, key: str) -> HttpResponse:
    """The page of a section, or, with `behind`, of what stands in it behind an item."""
    behind = _behind(request, key)
    return not_found(language) if behind is False else sent(request, pages.section(key, language, behind))


@require_safe
@in_its_language
def item(request: HttpRequest, language: Language, kind: str, slug: str) -> HttpResponse:
    """The item of a kind; its new address, its withdrawal, or the word that it is not in this language yet."""
    here = live_item(language, kind, slug)
    if isinstance(here, HttpResponse):
        return here
    behind = _behind(request, kind)
    if behind is False:
        return not_found(language)
    return sent(request, pages.live(here, behind=behind), changed_at=here.envelope.published_at)


def _behind(request: HttpRequest, list: str) -> UUID | Literal[False] | None:
    """What a list of several pages goes on behind; False where that can be no item."""
    typed = request.GET.get("behind") if list in pages.SEVERAL_PAGES else None
    if typed is None:
        return None
    return UUID(typed) if _ID.fullmatch(typed) else False


def live_item(language: Language, kind: str, slug: str, *, below: str = "") -> Shelved | HttpResponse:
    """Return the live item at an address, or the answer in its place: moved, gone, in the other language, unknown.

    `below` is what the address has behind the item's own, and keeps where the item has moved. Two queries at most.
    """
    found = queries.by_slug(kind, slug)
    here = found.shelved(language) if found else None
    there = found.shelved(other_language(language)) if found else None
    if here is None:
        return _elsewhere(there, language) if there and there.is_live else not_found(language, sought=slug)
    if not here.is_live:
        return _withdrawn(here)
    if here.standing.slug != slug:
        return headers.apply(HttpResponsePermanentRedirect(here.page_path + below), "moved")
    return here


def not_found(language: Language, *, sought: str = "") -> HttpResponse:
    """Return the 404 page in a language, with numbers to call; `sought` is the last part of the address."""
    with override(language):
        html = render("not_found", not_found_page(language, sought=sought))
    return headers.apply(HttpResponse(html, status=404), "missing", language=language)


def _elsewhere(there: Shelved, language: Language) -> HttpResponse:
    html = render("elsewhere", elsewhere_page(there, language), about=pages.about(language))
    return headers.apply(HttpResponse(html, status=404), "missing", language=language)


def _withdrawn(here: Shelved) -> HttpResponse:
    tombstone = here.standing.tombstone or {}
    replacement = pages.replacement(tombstone, here.language)
    page = withdrawn_page(here, tombstone, replacement, box=pages.kept_box(here, tombstone))
    html = render("withdrawn", page, about=pages.about(here.language))
    return headers.apply(HttpResponse(html, status=410), "gone", language=here.language)


def sent(request: HttpRequest, shown: Shown, *, changed_at: str = "", has_foot: bool = True) -> HttpResponse:
    """Return a page, or 304 to whoever has it; one query, for the pages about the site that its foot names."""
    language = shown.page.frame.language
    html = render(shown.template, shown.page, about=pages.about(language) if has_foot else ())
    return conditional(request, headers.apply(HttpResponse(html), "page", language=language), changed_at=changed_at)
