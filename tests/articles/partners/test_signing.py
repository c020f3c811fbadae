"""Signatures, as the library of the standard checks them."""

import base64
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from articles.partners import endpoints, signing
from articles.partners.endpoints import Endpoint
from tests.factories.partners import make_endpoint

pytestmark = pytest.mark.django_db

BODY = '{"type":"item.withdrawn","note":"ё"}'.encode()


def signed(endpoint: Endpoint, at: datetime | None = None) -> dict[str, str]:
    return signing.headers(endpoint, "an-id", BODY, at=at or timezone.now())


def is_accepted(secret: str, headers: dict[str, str], body: bytes = BODY) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


def test_a_secret_is_one_of_the_standard() -> None:
    secret = signing.secret(make_endpoint())
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32


def test_each_webhook_has_a_secret_of_its_own_which_lies_nowhere() -> None:
    first = make_endpoint()
    second = make_endpoint(first.partner)
    assert signing.secret(first) != signing.secret(second)
    assert signing.secret(first).removeprefix("whsec_") not in repr(Endpoint.objects.filter(pk=first.pk).values())


def test_what_is_signed_is_accepted_and_nothing_else_is() -> None:
    endpoint = make_endpoint()
    headers, secret = signed(endpoint), signing.secret(endpoint)
    assert is_accepted(secret, headers)
    assert not is_accepted(secret, headers, BODY + b" ")
    assert not is_accepted(secret, headers | {"webhook-id": "another"})
    assert not is_accepted(signing.secret(make_endpoint(endpoint.partner)), headers)
    assert not is_accepted(secret, signed(endpoint, timezone.now() - timedelta(minutes=6)))


def test_after_a_rotation_the_old_secret_signs_along_for_a_day() -> None:
    endpoint, now = make_endpoint(), timezone.now()
    old = signing.secret(endpoint)
    endpoints.rotate(endpoint, at=now)
    new = signing.secret(endpoint)
    assert old != new
    assert len(signed(endpoint)["webhook-signature"].split(" ")) == 2
    assert is_accepted(old, signed(endpoint))
    assert is_accepted(new, signed(endpoint))

    Endpoint.objects.filter(pk=endpoint.pk).update(overlaps_until=now)
    endpoint.refresh_from_db()
    assert len(signed(endpoint)["webhook-signature"].split(" ")) == 1
    assert not is_accepted(old, signed(endpoint))
    assert is_accepted(new, signed(endpoint))


def test_a_second_rotation_ends_the_first_secret() -> None:
    endpoint = make_endpoint()
    first = signing.secret(endpoint)
    for _ in range(2):
        endpoints.rotate(endpoint, at=timezone.now())
    assert not is_accepted(first, signed(endpoint))


def test_when_the_secret_of_the_site_changes_receivers_keep_theirs(settings: LazySettings) -> None:
    endpoint = make_endpoint()
    before = signing.secret(endpoint)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-of-the-test-suite"
    after = signing.secret(endpoint)
    assert before != after
    assert is_accepted(before, signed(endpoint))
    assert is_accepted(after, signed(endpoint))
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_accepted(before, signed(endpoint))
