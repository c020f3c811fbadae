"""What a webhook is sent: thin, so that a receiver fetches what it says from us and never acts on it alone."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from articles.editions.journal import public_line
from articles.editions.shelf import Change
from articles.editions.times import rfc3339
from articles.partners import signing
from articles.partners.endpoints import Endpoint

TEST = "test"


def message(line: Change) -> dict[str, Any]:
    """Return what is told of a line of the journal."""
    return {"type": f"item.{line.event}", "timestamp": rfc3339(line.recorded_at), "data": public_line(line)}


def test_message(endpoint: Endpoint, at: datetime) -> dict[str, Any]:
    """Return what a webhook is sent to try it out."""
    return {"type": TEST, "timestamp": rfc3339(at), "data": {"webhook": str(endpoint.pk)}}


def packed(told: dict[str, Any]) -> bytes:
    """Return the body that is signed and sent."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def headers(endpoint: Endpoint, id: UUID, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return everything that is sent beside the body."""
    named = {"Content-Type": "application/json", "User-Agent": f"cramps-site-webhooks/1 (+{settings.SITE_URL}/api/v1/)"}
    return named | signing.headers(endpoint, str(id), body, at=at)
