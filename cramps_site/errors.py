"""Answers to addresses that lead nowhere and to our own faults, in the form that the asker reads: page or JSON."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import defaults

from articles.answers import headers
from articles.answers.languages import preferred
from articles.answers.problems import problem, problem_response
from articles.canonical.languages import LANGUAGES
from articles.reader import views

# The page of a fault is bytes read at start-up, so no template, database or message can fail a second time.
_FAULT_PAGE = (Path(__file__).parent / "templates" / "500.html").read_bytes()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Return 400 for a request that Django cannot take."""
    return _problem(request, "malformed-request") if _is_api(request) else defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 404 in the language of the address, or in the reader's where the address names none."""
    if _is_api(request):
        return _problem(request, "not-found")
    named = request.path_info.split("/")[1]
    for language in LANGUAGES:
        if named == language:
            return views.not_found(language)
    response = views.not_found(preferred(request.headers.get("Accept-Language")))
    return headers.apply(response, "missing", vary=("Accept-Language",))


def server_error(request: HttpRequest) -> HttpResponse:
    """Return 500 without a word about what went wrong: that is in the log."""
    if _is_api(request):
        return _problem(request, "server-error")
    return headers.apply(HttpResponse(_FAULT_PAGE, status=500), "fault")


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _problem(request: HttpRequest, name: str) -> HttpResponse:
    language = preferred(request.headers.get("Accept-Language"))
    return problem_response(problem(name, language), language)
