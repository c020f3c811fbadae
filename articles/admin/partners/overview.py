"""What a partner's page shows below its details: keys, webhooks, its place in the journal, letters, what was done."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.partners.badges import badge
from articles.admin.partners.keys import last_day
from articles.admin.partners.record import noted
from articles.admin.partners.scopes import in_words
from articles.editions import queries
from articles.partners import places
from articles.partners.deliveries import KEPT, Delivery
from articles.partners.endpoints import Endpoint
from articles.partners.keys import MOST_USABLE, Key
from articles.partners.partner import Partner
from articles.partners.places import Place

_SHOWN = 20


def overview(partner: Partner, *, at: datetime) -> dict[str, Any]:
    """Return the context of the page; eight queries whatever the partner has."""
    keys = [_key(key, at) for key in partner.keys.all()]
    return {
        "state": badge(partner.state, partner.get_state_display()),
        "keys": keys,
        "is_full": sum(key["is_usable"] for key in keys) >= MOST_USABLE,
        "new_key_url": reverse("admin:partner_new_key", args=[partner.pk]),
        "access_url": reverse("admin:partner_access", args=[partner.pk]),
        "webhooks": [_webhook(one) for one in _endpoints(partner, at)],
        "head": queries.head().sequence,
        "reached": places.reached(partner),
        "places": _steps(partner),
        "reminders": list(partner.reminders.select_related("by").order_by("-asked_at")[:_SHOWN]),
        "noted": noted(partner),
    }


def _key(key: Key, at: datetime) -> dict[str, Any]:
    is_usable = key.is_usable(at)
    if key.revoked_at:
        state = badge("revoked", _("revoked"))
    elif is_usable:
        state = badge("active", _("usable"))
    else:
        state = badge("expired", _("expired"))
    return {
        "key": key,
        "is_usable": is_usable,
        "state": state,
        "scope": in_words(key),
        "last_day": last_day(key),
        "revoke_url": reverse("admin:partner_revoke_key", args=[key.pk]),
    }


def _endpoints(partner: Partner, at: datetime) -> list[Endpoint]:
    recent = Q(deliveries__created_at__gte=at - KEPT)
    return list(
        partner.endpoints.annotate(
            waiting=Count("deliveries", filter=recent & Q(deliveries__state=Delivery.State.WAITING)),
            failed=Count("deliveries", filter=recent & Q(deliveries__state=Delivery.State.FAILED)),
            delivered=Count("deliveries", filter=recent & Q(deliveries__state=Delivery.State.DELIVERED)),
            last_delivered_at=Max("deliveries__delivered_at"),
        ).order_by("created_at")
    )


def _webhook(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "endpoint": endpoint,
        "state": badge(endpoint.state, endpoint.get_state_display()),
        "scope": in_words(endpoint),
        "url": reverse("admin:partner_webhook", args=[endpoint.pk]),
    }


def _steps(partner: Partner) -> list[tuple[str, Place]]:
    words = {Place.Step.FETCHED: _("fetched"), Place.Step.ACKNOWLEDGED: _("carried out")}
    return [(words[Place.Step(one.step)], one) for one in partner.places.order_by("-at", "-sequence")[:_SHOWN]]
