"""The search page. What was asked stands in the address and nowhere else: no log, no count, no cache keeps it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.answers import headers
from articles.answers.conditional import conditional
from articles.canonical.languages import Language
from articles.editions import queries
from articles.reader import pages
from articles.reader.presenters.asking import Asked, asked
from articles.reader.presenters.search import KINDS, PER_PAGE, SearchPage, blank_page, last_page, results_page
from articles.reader.rendering import render
from articles.reader.views import in_its_language
from articles.search.finding import search
from articles.search.results import Results


@require_safe
@in_its_language
def search_page(request: HttpRequest, language: Language) -> HttpResponse:
    """The form, and below it what was found for the query of the address."""
    question = asked(request.GET, KINDS)
    if not question.query:
        blank = HttpResponse(_html(blank_page(language, queries.live_targets("topic", language)), language))
        return conditional(request, headers.apply(blank, "page", language=language))
    return headers.apply(HttpResponse(_html(_answered(question, language), language)), "asked", language=language)


def _answered(question: Asked, language: Language) -> SearchPage:
    """A page behind the last one is answered with the last."""
    results = _found(question, language)
    if question.page > (last := last_page(results.total)):
        question = replace(question, page=last)
        results = _found(question, language)
    topics = {} if results.total else queries.live_targets("topic", language)
    return results_page(question, results, topics, language)


def _found(question: Asked, language: Language) -> Results:
    return search(
        question.query,
        language,
        kinds=(question.kind,) if question.kind else (),
        offset=(question.page - 1) * PER_PAGE,
        limit=PER_PAGE,
        exact=question.is_exact,
    )


def _html(page: SearchPage, language: Language) -> str:
    return render("search", page, about=pages.about(language))
