"""Texts as sheets to be printed and handed out: one language, or both side by side."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.canonical.languages import Language
from articles.reader import pages
from articles.reader.presenters.absence import one_language_page
from articles.reader.rendering import render
from articles.reader.views import in_its_language, live_item, sent


@require_safe
@in_its_language
def handout(request: HttpRequest, language: Language, kind: str, slug: str) -> HttpResponse:
    """The text for paper; where the text itself is not there, the same answer as at its own address."""
    here = live_item(language, kind, slug, below="handout/")
    if isinstance(here, HttpResponse):
        return here
    shown = pages.handout(here)
    return sent(request, shown, changed_at=here.envelope.published_at, has_foot=False)


@require_safe
@in_its_language
def handout_both(request: HttpRequest, language: Language, kind: str, slug: str) -> HttpResponse:
    """Both languages of the text for paper, or the word that only one is published."""
    here = live_item(language, kind, slug, below="handout/both/")
    if isinstance(here, HttpResponse):
        return here
    shown = pages.handout_both(here)
    if shown is None:
        html = render("one_language", one_language_page(here), about=pages.about(language))
        return headers.apply(HttpResponse(html, status=404), "missing", language=language)
    published = [one.edition.envelope.published_at for one in (here.standing, here.twin) if one]
    return sent(request, shown, changed_at=max(published), has_foot=False)
