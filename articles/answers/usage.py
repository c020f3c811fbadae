"""Noting that a partner was answered."""

from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils import timezone

from articles.editions import shared_database
from articles.partners.counting import TALLY
from articles.partners.keys import Key

Response = TypeVar("Response", bound=HttpResponseBase)


def noted(response: Response, key: Key | None, *, has_opened: bool = True) -> Response:
    """Count the answer for the key, if one was shown, and return it. What is due is written once it has been sent."""
    if key:
        TALLY.count(key.pk, response.status_code, at=timezone.now(), has_opened=has_opened)
    # What cannot be written now waits in memory, and nobody waits for it.
    if TALLY.is_due() and not shared_database.is_away():
        response._resource_closers.append(TALLY.write)  # type: ignore[attr-defined]
    return response
