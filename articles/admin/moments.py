"""Where the desk reads the clock and the account: once, at the edge of a request."""

from datetime import datetime

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone


def now() -> datetime:
    """Return the moment of the request."""
    return timezone.now()


def person(request: HttpRequest) -> User:
    """Return the signed-in account; raise TypeError where nobody is, which the site's own guard excludes."""
    if not isinstance(request.user, User):
        raise TypeError("a page of the desk was reached without an account")
    return request.user
