"""Trying a webhook out: a message that says nothing is sent at once, and whoever asked is told what came back."""

from datetime import datetime, timedelta

from django.db import transaction

from articles.outgoing.client import Answer, ask
from articles.partners import messages
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.outgoing_policy import policy
from articles.partners.partner import Partner
from articles.partners.sending import Result, note

# Whoever waits for this keeps a thread of the site busy.
_SECONDS = 5.0
_BETWEEN = timedelta(seconds=10)


class TooSoonError(Exception):
    """Raised while the last test of this partner is too near; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def fire(endpoint: Endpoint, *, at: datetime) -> tuple[Delivery, Result]:
    """Send a test, to a paused webhook too, and return its delivery with what came back. It is not tried again.

    Raises TooSoonError for a second test of one partner within ten seconds, whatever the webhook.
    """
    delivery = _begun(endpoint, at)
    body = messages.packed(messages.test_message(endpoint, at))
    headers = messages.headers(endpoint, delivery.pk, body, at=at)
    result = ask("POST", endpoint.url, policy=policy(), headers=headers, body=body, seconds=_SECONDS)
    note(delivery, result, at=at)
    if isinstance(result, Answer) and result.is_success:
        delivery.state, delivery.delivered_at = Delivery.State.DELIVERED, at
    delivery.save()
    return delivery, result


def _begun(endpoint: Endpoint, at: datetime) -> Delivery:
    with transaction.atomic():
        # Behind the partner's lock, so that of many requests at once one is the first.
        Partner.objects.select_for_update().get(pk=endpoint.partner_id)
        tests = Delivery.objects.filter(endpoint__partner=endpoint.partner_id, type=messages.TEST)
        last = tests.order_by("-created_at").values_list("created_at", flat=True).first()
        if last is not None and last > at - _BETWEEN:
            raise TooSoonError(int((last + _BETWEEN - at).total_seconds()) + 1)
        return Delivery.objects.create(
            endpoint=endpoint, type=messages.TEST, state=Delivery.State.FAILED, created_at=at
        )
