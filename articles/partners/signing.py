"""Signatures after Standard Webhooks 1.0 (symmetric, v1): secrets are derived from the secret of the site."""

import base64
import hmac
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from articles.partners.endpoints import Endpoint

_PREFIX = "whsec_"


def secret(endpoint: Endpoint) -> str:
    """Return the secret of the webhook's present generation, as its receiver keeps it. Show it once."""
    return _PREFIX + base64.b64encode(_derived(settings.SECRET_KEY, endpoint, endpoint.generation)).decode()


def headers(endpoint: Endpoint, id: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return the headers that let a receiver check where a message comes from, that it is whole, and how old it is.

    While an old secret of the webhook or of the site still counts, there is a signature by each, so that a receiver
    which holds any one of them can check.
    """
    timestamp = str(int(at.timestamp()))
    signed = b".".join([id.encode(), timestamp.encode(), body])
    signatures = (base64.b64encode(hmac.digest(key, signed, "sha256")).decode() for key in _keys(endpoint, at))
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }


def _keys(endpoint: Endpoint, at: datetime) -> list[bytes]:
    """The newest first."""
    generations = [endpoint.generation]
    if endpoint.overlaps_until and at < endpoint.overlaps_until:
        generations.append(endpoint.generation - 1)
    of_the_site = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_derived(key, endpoint, generation) for generation in generations for key in of_the_site]


def _derived(key: str, endpoint: Endpoint, generation: int) -> bytes:
    return hmac.digest(key.encode(), f"webhook {endpoint.pk} {generation}".encode(), sha256)
