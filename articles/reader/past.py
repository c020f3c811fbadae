"""The past of a text: all its editions, one of them as it stood, what changed in it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.canonical.languages import Language
from articles.editions import noting, queries
from articles.editions.queries import Shelved
from articles.editions.recalls import recall
from articles.editions.shelf import Edition
from articles.reader import pages, past_pages
from articles.reader.presenters.past import NoEditionPage, erased_edition_page, unknown_edition_page
from articles.reader.rendering import render
from articles.reader.views import in_its_language, live_item, sent


@require_safe
@in_its_language
def history(request: HttpRequest, language: Language, kind: str, slug: str) -> HttpResponse:
    """Every edition of a text, and what else happened to it."""
    here = live_item(language, kind, slug, below="editions/")
    return sent(request, past_pages.history(here)) if isinstance(here, Shelved) else here


@require_safe
@in_its_language
def edition(request: HttpRequest, language: Language, kind: str, slug: str, number: str) -> HttpResponse:
    """The text of one edition as it stood."""
    here = live_item(language, kind, slug, below=f"editions/{number}/")
    if not isinstance(here, Shelved):
        return _in_its_place(here)
    found = _edition(here, int(number))
    return sent(request, past_pages.edition(here, found)) if isinstance(found, Edition) else found


@require_safe
@in_its_language
def changes(request: HttpRequest, language: Language, kind: str, slug: str, number: str) -> HttpResponse:
    """What changed in one edition against the one before."""
    here = live_item(language, kind, slug, below=f"editions/{number}/changes/")
    if not isinstance(here, Shelved):
        return _in_its_place(here)
    found = _edition(here, int(number))
    return sent(request, past_pages.changes(here, found)) if isinstance(found, Edition) else found


def _in_its_place(answer: HttpResponse) -> HttpResponse:
    """What is answered for a text that has moved or is gone: for any number, so there is no end of such addresses."""
    noting.keep_not()
    return answer


def _edition(here: Shelved, number: int) -> Edition | HttpResponse:
    """The edition, or the page that says that it never was or that its words are gone."""
    current = here.standing.edition
    if number == current.number:
        return current
    # A number that is too large for the database is no edition's either.
    found = queries.edition(here.item, here.language, number) if number < current.number else None
    if found is None:
        return _none(unknown_edition_page(here, number), 404, "missing")
    if gone := recall(found) if found.is_erased else None:
        return _none(erased_edition_page(here, number, gone), 410, "gone")
    return found


def _none(page: NoEditionPage, status: int, kind: headers.Kind) -> HttpResponse:
    language = page.frame.language
    html = render("no_edition", page, about=pages.about(language))
    return headers.apply(HttpResponse(html, status=status), kind, language=language)
