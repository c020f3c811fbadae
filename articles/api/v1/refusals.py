"""Refusing a request: the error that carries a problem document, and what every other error becomes."""

import logging
import traceback
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.views import set_rollback

from articles.answers import door
from articles.answers.door import NoEntryError
from articles.answers.problems import RETRY_AFTER, problem, problem_response
from articles.canonical.languages import Language
from articles.editions.care import emergency_words_at_hand

logger = logging.getLogger(__name__)

_CHALLENGES = {"key-needed": door.ASKS_FOR_KEY, "out-of-scope": door.SCOPE_IS_NARROW}


class RefusedError(Exception):
    """Raised to answer with a problem document of the type `name`; `members` are its further fields."""

    def __init__(self, name: str, detail: str = "", /, **members: Any) -> None:
        super().__init__(name)
        self.name = name
        self.detail = detail
        self.members = members


def answer_for(
    fault: Exception,
    request: HttpRequest,
    language: Language,
    *,
    allowed: str = "GET, HEAD, OPTIONS",
    members: Mapping[str, Any] | None = None,
    is_private: bool = False,
) -> HttpResponse:
    """Return the answer for any error; `allowed` are the methods of the address, `members` further fields.

    What we did not foresee is logged and told in no detail at all. Where what was asked is `is_private`, the log has
    the kind of error and its place in the code: its message, or the values around it, could tell what was asked.
    """
    set_rollback()
    refused = _foreseen(fault)
    if refused is None:
        _tell(fault, request, is_private=is_private)
        is_away = isinstance(fault, OperationalError | InterfaceError)
        refused = RefusedError("unavailable" if is_away else "server-error")
    more = dict(members or {})
    if refused.name == "unavailable":
        # Whoever counted on an answer may have somebody waiting for it.
        more.setdefault("emergency", emergency_words_at_hand(language))
    document = problem(refused.name, language, refused.detail, **refused.members, **more)
    response = problem_response(document, language)
    if refused.name == "method-not-allowed":
        response["Allow"] = allowed
    elif challenge := fault.challenge if isinstance(fault, NoEntryError) else _CHALLENGES.get(refused.name):
        response["WWW-Authenticate"] = challenge
    elif refused.name == "unavailable":
        response["Retry-After"] = RETRY_AFTER
    return response


def _foreseen(fault: Exception) -> RefusedError | None:
    if isinstance(fault, RefusedError):
        return fault
    if isinstance(fault, NoEntryError):
        return RefusedError(fault.name)
    if isinstance(fault, MethodNotAllowed):
        return RefusedError("method-not-allowed")
    if isinstance(fault, Http404):
        return RefusedError("not-found")
    return RefusedError("malformed-request") if isinstance(fault, SuspiciousOperation) else None


def _tell(fault: Exception, request: HttpRequest, *, is_private: bool) -> None:
    if is_private:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        logger.error("no answer for %s: %s in %s:%s", request.path, type(fault).__name__, place.name, place.lineno)
        return
    got_request_exception.send(sender=answer_for, request=request)
    logger.error("no answer for %s", request.path, exc_info=fault)
