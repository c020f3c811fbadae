"""A partner's webhooks and their deliveries, as it receives them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from articles.api.v1.presenters.usage import scope_out
from articles.api.v1.shapes import webhooks as shapes
from articles.editions.times import rfc3339
from articles.outgoing.client import Answer
from articles.partners import signing
from articles.partners.deliveries import Attempt, Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.faults import WORDS
from articles.partners.sending import Result

PATH = "/api/v1/webhooks/"


def webhook_out(endpoint: Endpoint, waiting: int) -> shapes.WebhookOut:
    """Return a webhook without its secret."""
    return shapes.WebhookOut(**_members(endpoint, waiting))


def with_secret(endpoint: Endpoint, waiting: int) -> shapes.WebhookWithSecret:
    """Return a webhook with its secret: once, to the partner itself."""
    return shapes.WebhookWithSecret(**_members(endpoint, waiting), secret=signing.secret(endpoint))


def delivery_out(delivery: Delivery, attempts: Iterable[Attempt]) -> shapes.DeliveryOut:
    """Return a delivery with its attempts."""
    return shapes.DeliveryOut(
        id=str(delivery.pk),
        type=delivery.type,
        sequence=delivery.sequence,
        item=str(delivery.item) if delivery.item else None,
        is_urgent=delivery.is_urgent,
        state=delivery.state,  # type: ignore[arg-type]
        created_at=rfc3339(delivery.created_at),
        delivered_at=_moment(delivery.delivered_at),
        next_attempt_at=_moment(delivery.next_attempt_at),
        attempts=[_attempt_out(attempt) for attempt in attempts],
    )


def tested(delivery: Delivery, result: Result) -> shapes.TestOut:
    """Return what came of a test."""
    sent = delivery_out(delivery, delivery.log.all())
    if isinstance(result, Answer):
        return shapes.TestOut(sent, answer=shapes.AnswerOut(result.status, result.excerpt), fault=None)
    return shapes.TestOut(sent, answer=None, fault=shapes.FaultOut(result.kind, str(WORDS[result.kind])))


def _members(endpoint: Endpoint, waiting: int) -> dict[str, Any]:
    api_url = f"{settings.SITE_URL}{PATH}{endpoint.pk}/"
    pause = None
    if endpoint.paused_at:
        pause = shapes.PauseOut(rfc3339(endpoint.paused_at), endpoint.pause_reason)  # type: ignore[arg-type]
    return {
        "id": str(endpoint.pk),
        "url": endpoint.url,
        "scope": scope_out(endpoint),
        "state": endpoint.state,
        "pause": pause,
        "told_up_to": endpoint.reached,
        "waiting": waiting,
        "created_at": rfc3339(endpoint.created_at),
        "old_secret_until": _moment(endpoint.overlaps_until),
        "api_url": api_url,
        "deliveries_url": f"{api_url}deliveries/",
    }


def _attempt_out(attempt: Attempt) -> shapes.AttemptOut:
    return shapes.AttemptOut(
        number=attempt.number,
        at=rfc3339(attempt.at),
        milliseconds=attempt.milliseconds,
        status=attempt.status,
        fault=attempt.fault or None,  # type: ignore[arg-type]
    )


def _moment(at: datetime | None) -> str | None:
    return rfc3339(at) if at else None
