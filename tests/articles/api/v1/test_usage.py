"""A partner sees what it has asked, and nobody else's figures; requests wait for no row."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.partners import counting, keys
from articles.partners.counting import TALLY
from articles.partners.keys import Key
from articles.partners.places import Place
from articles.partners.usage import UsageDay
from tests.articles.api.v1.conftest import description, fits_description
from tests.factories.documents import a_document, shelve
from tests.factories.partners import bearing, make_endpoint, make_key, make_partner

# Figures are kept by the day: none ends between asking and looking.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]

USAGE = "/api/v1/usage/"


def asked(client: Client, text: str) -> Any:
    response = client.get(USAGE, **bearing(text))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in response.headers
    fits_description(response, description()["paths"][USAGE]["get"])
    return json.loads(response.content)


def test_a_partner_sees_its_keys_webhooks_and_place(client: Client) -> None:
    shelve(a_document())
    now = timezone.now()
    partner = make_partner()
    key, text = make_key(partner, label="app", kinds=["article"], languages=["ru"], expires_at=now + timedelta(days=9))
    old, _ = make_key(partner)
    keys.revoke(old, at=now)
    hook = make_endpoint(partner, languages=["en"], reached=1)
    Place.objects.create(partner=partner, step=Place.Step.FETCHED, sequence=1, at=now)
    told = asked(client, text)
    assert told["partner"] == {"id": str(partner.pk), "name": partner.name}
    by_prefix = {one["prefix"]: one for one in told["keys"]}
    assert by_prefix[key.prefix]["is_this"]
    assert by_prefix[key.prefix]["scope"] == {"kinds": ["article"], "languages": ["ru"]}
    assert by_prefix[key.prefix]["expires_at"].startswith(f"{now + timedelta(days=9):%Y-%m-%d}")
    assert by_prefix[old.prefix]["state"] == "revoked"
    assert [(one["id"], one["state"], one["told_up_to"]) for one in told["webhooks"]] == [(str(hook.pk), "active", 1)]
    assert told["place"] == {"fetched": 1, "acknowledged": 0}
    assert told["head"]["sequence"] == 1


def test_what_was_asked_is_told_by_day_once_it_is_written(client: Client) -> None:
    key, text = make_key()
    tag = client.get("/api/v1/", **bearing(text))["ETag"]
    client.get("/api/v1/", headers=bearing(text)["headers"] | {"If-None-Match": tag})
    client.get("/api/v1/articles/?x=1", **bearing(text))
    client.get("/api/v1/nowhere/", **bearing(text))
    assert asked(client, text)["keys"][0]["days"] == []
    TALLY.write()
    [told] = asked(client, text)["keys"]
    assert told["days"] == [{"day": f"{datetime.now(UTC):%Y-%m-%d}", "requests": 5, "unchanged": 1, "refused": 2}]
    assert told["last_used_at"] is not None
    assert key.prefix == told["prefix"]


def test_only_the_last_thirty_days_are_told_the_newest_first(client: Client) -> None:
    key, text = make_key()
    today = datetime.now(UTC).date()
    for back in (0, 1, 28, 31, 400):
        UsageDay.objects.create(key=key, day=today - timedelta(days=back), requests=back)
    [told] = asked(client, text)["keys"]
    assert [one["requests"] for one in told["days"]] == [0, 1, 28]


def test_nobody_sees_the_figures_of_another(client: Client) -> None:
    _, text = make_key()
    other = make_partner("Another of the tests")
    key, secret = make_key(other, label="hidden")
    make_endpoint(other, url="https://hidden.test/")
    told = json.dumps(asked(client, text))
    for word in (key.prefix, "hidden", "Another", str(other.pk)):
        assert word not in told
    assert secret not in told


def test_no_text_of_a_key_and_no_digest_is_told(client: Client) -> None:
    key, text = make_key()
    told = json.dumps(asked(client, text))
    assert text[16:] not in told
    assert key.digest not in told


def test_it_costs_the_same_for_many_keys_and_webhooks(client: Client) -> None:
    partner = make_partner()
    key, text = make_key(partner)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            asked(client, text)
        counts.append(len(queries))
        for number in range(5):
            make_endpoint(partner, url=f"https://hook{number}.test/{len(counts)}")
            old, _ = make_key(partner)
            UsageDay.objects.create(key=old, day=timezone.now().date())
            keys.revoke(old, at=timezone.now())
    assert counts[0] == counts[1]
    assert key.is_usable(timezone.now())


def test_a_key_that_no_longer_opens_is_counted_as_refused_and_not_as_used(client: Client) -> None:
    key, text = make_key()
    keys.revoke(key, at=timezone.now())
    for path in ("/api/v1/", USAGE):
        assert client.get(path, **bearing(text)).status_code == 401
    TALLY.write()
    row = UsageDay.objects.get()
    assert (row.key, row.requests, row.refused) == (key, 2, 2)
    assert Key.objects.get().last_used_at is None


def test_a_request_writes_nothing_until_half_a_minute_has_passed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, text = make_key()
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/", **bearing(text))
        assert all(one["sql"].startswith("SELECT") for one in queries)
    monkeypatch.setattr(counting, "EVERY_SECONDS", 0)
    # By whatever request comes next, with a key or without.
    client.get("/api/v1/")
    assert UsageDay.objects.get().requests == 3


def test_a_database_that_takes_no_counts_costs_nobody_the_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError

    _, text = make_key()
    monkeypatch.setattr(counting, "EVERY_SECONDS", 0)
    with monkeypatch.context() as breaking:
        breaking.setattr(counting, "_add", broken)
        for _ in range(2):
            assert client.get("/api/v1/", **bearing(text)).status_code == 200
    client.get("/api/v1/", **bearing(text))
    assert UsageDay.objects.get().requests == 3


def test_requests_without_a_key_are_not_counted(client: Client) -> None:
    client.get("/api/v1/")
    client.get("/api/v1/", **bearing("cramps_ab12cd34_nobody"))
    assert TALLY.write()
    assert not UsageDay.objects.exists()
