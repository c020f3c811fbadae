"""A partner's own figures."""

from datetime import UTC, timedelta

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from articles.api.v1.answering import PartnerAddress
from articles.api.v1.presenters.usage import key_out, webhook_out
from articles.api.v1.shapes import usage as shapes
from articles.api.v1.shapes.root import Head
from articles.editions import queries
from articles.partners import places
from articles.partners.usage import days_of

_DAYS = 30


class UsageFigures(PartnerAddress):
    """Your keys and how much they are used, your webhooks, and how far you have come in the journal.

    Requests are written down about every half minute: the newest may be missing.
    """

    answers = shapes.Usage

    def get(self, request: Request) -> HttpResponse:
        partner, now = self.caller.partner, timezone.now()
        days = days_of(partner, now.astimezone(UTC).date() - timedelta(days=_DAYS - 1))
        place, head = places.reached(partner), queries.head()
        return self.answer(
            shapes.Usage(
                partner=shapes.PartnerOut(id=str(partner.pk), name=partner.name),
                keys=[key_out(key, days.get(key.pk, ()), shown=self.caller.key, at=now) for key in partner.keys.all()],
                webhooks=[webhook_out(endpoint) for endpoint in partner.endpoints.all()],
                place=shapes.PlaceOut(fetched=place.fetched, acknowledged=place.acknowledged),
                head=Head(sequence=head.sequence, hash=head.hash),
            )
        )
