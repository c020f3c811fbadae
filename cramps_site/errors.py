"""Answers to addresses that lead nowhere and to our own faults, in the form that the asker reads: page or JSON."""

import sqlite3
import sys
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.views import defaults

from articles.answers import headers
from articles.answers.languages import preferred
from articles.answers.problems import RETRY_AFTER, problem, problem_response
from articles.api.v1.views.root import of_no_view
from articles.canonical.languages import LANGUAGES
from articles.editions.care import emergency_words_at_hand
from articles.reader import views

# The pages of our own faults are bytes read at start-up, so no template, database or message can fail a second time.
_PAGES = {status: (Path(__file__).parent / "templates" / f"{status}.html").read_bytes() for status in (500, 503)}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Return 400 for a request that Django cannot take."""
    return _problem(request, "malformed-request") if _is_api(request) else defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return 404 in the language of the address, or in the reader's where the address names none."""
    if _is_api(request):
        return _problem(request, "not-found")
    named, *below = request.path_info.strip("/").split("/")
    for language in LANGUAGES:
        if named == language:
            return views.not_found(language, sought="".join(below[-1:]))
    response = views.not_found(preferred(request.headers.get("Accept-Language")))
    return headers.apply(response, "missing", vary=("Accept-Language",))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Return 500 without a word about what went wrong, that is in the log; 503 if it was an unreachable database, and
    400 if what was sent did not arrive."""
    # Django calls this while it handles the fault, and gives it in no other way.
    fault = sys.exc_info()[1]
    if _is_out_of_reach(fault):
        return unavailable(request)
    if isinstance(fault, UnreadablePostError):
        return bad_request(request, fault)
    return _problem(request, "server-error") if _is_api(request) else _page(500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return 503 with the time after which to come back, and the numbers to call meanwhile."""
    response = _problem(request, "unavailable", has_numbers=True) if _is_api(request) else _page(503)
    response["Retry-After"] = RETRY_AFTER
    return response


def _page(status: int) -> HttpResponse:
    return headers.apply(HttpResponse(_PAGES[status], status=status), "fault")


def _is_out_of_reach(fault: BaseException | None) -> bool:
    """Whether the database did not answer. SQLite uses the same class for wrong SQL, which waiting does not mend."""
    code = getattr(fault.__cause__, "sqlite_errorcode", None) if fault else None
    return isinstance(fault, OperationalError | InterfaceError) and code != sqlite3.SQLITE_ERROR


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _problem(request: HttpRequest, name: str, *, has_numbers: bool = False) -> HttpResponse:
    language = preferred(request.headers.get("Accept-Language"))
    members = {"emergency": emergency_words_at_hand(language)} if has_numbers else {}
    return of_no_view(problem_response(problem(name, language, **members), language))
