"""Noting that a partner was answered."""

from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.partners.counting import TALLY
from articles.partners.keys import Key

Response = TypeVar("Response", bound=HttpResponseBase)


def noted(response: Response, key: Key | None, *, has_opened: bool = True) -> Response:
    """Count the answer for the key, if one was shown, and return it. What is due is written once it has been sent."""
    if key:
        TALLY.count(key.pk, response.status_code, at=timezone.now(), has_opened=has_opened)
    if TALLY.is_due():
        response._resource_closers.append(TALLY.write)  # type: ignore[attr-defined]
    return response
