"""Requests for access, as they exist only in tests."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from articles.partners import applications
from articles.partners.applications import Asked
from articles.partners.partner import Application

ASKED: dict[str, Any] = {
    "name": "Quayside Clinic of the tests",
    "website": "https://clinic.test",
    "contact_name": "Anna Testova",
    "email": "office@clinic.test",
    "safety_email": "night@clinic.test",
    "purpose": "On our site, for patients.",
    "language": "en",
}


def asked(**given: Any) -> Asked:
    """Return what somebody typed, complete and without a fault."""
    return Asked(**(ASKED | given))


def an_application(*, at: datetime | None = None, **given: Any) -> Application:
    """Return a request that waits."""
    application = applications.ask(asked(**given), at=at or timezone.now())
    assert application is not None
    return application
