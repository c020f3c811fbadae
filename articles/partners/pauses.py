"""A webhook that was paused by itself: its partner is told, and the desk, until the letters have been taken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from articles.partners import letters
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import Endpoint


@dataclass(frozen=True)
class Word:
    """What is to be told of a pause, to whom, without asking the database again."""

    endpoint: UUID
    addresses: tuple[tuple[str, Any], ...]
    context: dict[str, Any]

    def send(self) -> bool:
        """Send the letters and return whether any of them was taken: whoever is reached can tell the others."""
        taken = [letters.send("webhook_paused", to, language, self.context) for to, language in self.addresses]
        return any(taken)


def untold() -> list[Word]:
    """Return word of every pause that its partner has not been told of; one query.

    Where a line for safety waits, it goes to whoever is reached day and night too.
    """
    paused = Endpoint.objects.filter(state=Endpoint.State.PAUSED, pause_told_at=None).select_related("partner")
    undelivered = Q(deliveries__state__in=[Delivery.State.WAITING, Delivery.State.FAILED])
    counted = paused.annotate(
        waiting=Count("deliveries", filter=undelivered & Q(deliveries__sequence__isnull=False)),
        urgent=Count("deliveries", filter=undelivered & Q(deliveries__is_urgent=True)),
    )
    return [_word(endpoint) for endpoint in counted]


def told(word: Word, *, at: datetime) -> None:
    """Write down that the partner knows."""
    Endpoint.objects.filter(pk=word.endpoint, pause_told_at=None).update(pause_told_at=at)


def _word(endpoint: Any) -> Word:
    partner = endpoint.partner
    to = dict.fromkeys([partner.email, *([partner.safety_email] if endpoint.urgent else [])])
    addresses = [(address, partner.language) for address in to]
    if settings.CONTACT_EMAIL:
        addresses.append((settings.CONTACT_EMAIL, settings.LANGUAGE_CODE))
    context = {
        "partner": partner.name, "url": endpoint.url, "id": str(endpoint.pk),
        "is_gone": endpoint.pause_reason == Endpoint.Pause.GONE, "waiting": endpoint.waiting, "urgent": endpoint.urgent,
    }  # fmt: skip
    return Word(endpoint.pk, tuple(addresses), context)
