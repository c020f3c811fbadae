"""Partners, their keys and webhooks, as they exist only in tests."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles.partners import keys
from articles.partners.endpoints import Endpoint
from articles.partners.keys import Key
from articles.partners.partner import Partner


def make_partner(name: str = "Clinic of the tests", **given: Any) -> Partner:
    """Return a partner that somebody admitted."""
    admitted_by, _ = User.objects.get_or_create(username="admits-partners")
    values = {
        "email": "office@partner.test",
        "safety_email": "night@partner.test",
        "language": "en",
        "created_at": timezone.now(),
        "created_by": admitted_by,
    }
    return Partner.objects.create(name=name, **(values | given))


def make_key(partner: Partner | None = None, *, at: datetime | None = None, **given: Any) -> tuple[Key, str]:
    """Return a key with its text; one that has expired already was issued the day before."""
    expires_at = given.get("expires_at")
    at = at or min(timezone.now(), expires_at - timedelta(days=1) if expires_at else timezone.now())
    return keys.issue(partner or make_partner(), at=at, **given)


def bearing(text: str) -> dict[str, Any]:
    """Return what a test client sends to show a key."""
    return {"headers": {"Authorization": f"Bearer {text}"}}


def make_endpoint(partner: Partner | None = None, url: str = "https://partner.test/hook", **given: Any) -> Endpoint:
    """Return a webhook that has been told of everything up to line 0."""
    values = {"reached": 0, "created_at": timezone.now()}
    return Endpoint.objects.create(partner=partner or make_partner(), url=url, **(values | given))
