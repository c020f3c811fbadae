"""Refusing a request: the error that carries a problem document, and what every other error becomes."""

import logging
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.views import set_rollback

from articles.answers.problems import problem, problem_response
from articles.canonical.languages import Language

logger = logging.getLogger(__name__)


class RefusedError(Exception):
    """Raised to answer with a problem document of the type `name`; `members` are its further fields."""

    def __init__(self, name: str, detail: str = "", /, **members: Any) -> None:
        super().__init__(name)
        self.name = name
        self.detail = detail
        self.members = members


def answer_for(fault: Exception, request: HttpRequest, language: Language) -> HttpResponse:
    """Return the answer for any error. What we did not foresee is logged and told in no detail at all."""
    set_rollback()
    if isinstance(fault, RefusedError):
        return problem_response(problem(fault.name, language, fault.detail, **fault.members), language)
    if isinstance(fault, MethodNotAllowed):
        refusal = problem_response(problem("method-not-allowed", language), language)
        refusal["Allow"] = "GET, HEAD, OPTIONS"
        return refusal
    if isinstance(fault, Http404):
        return problem_response(problem("not-found", language), language)
    if isinstance(fault, SuspiciousOperation):
        return problem_response(problem("malformed-request", language), language)
    got_request_exception.send(sender=answer_for, request=request)
    logger.error("no answer for %s", request.path, exc_info=fault)
    if isinstance(fault, OperationalError | InterfaceError):
        unavailable = problem_response(problem("unavailable", language), language)
        unavailable["Retry-After"] = "10"
        return unavailable
    return problem_response(problem("server-error", language), language)
