"""How often one may ask, as answers say it."""

import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.answers import limits
from articles.answers.limits import KEY_LIMITS, LIMITS
from tests.articles.api.v1.conftest import Partner, description, keeps_promises
from tests.factories.documents import NOON, a_document, shelve
from tests.factories.partners import bearing, make_key, make_partner

pytestmark = pytest.mark.django_db

CHANGES = "/api/v1/changes/"


def test_the_sixty_first_request_of_an_address_is_refused_and_told_when_to_come_back(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(60):
            assert client.get(CHANGES).status_code == 200
        refused = client.get(f"{CHANGES}?lang=en")
        keeps_promises(refused)
        assert refused.status_code == 429
        assert refused["Retry-After"] == "60"
        assert refused["RateLimit"] == '"changes";r=0;t=60'
        assert refused["RateLimit-Policy"] == '"changes";q=60;w=60'
        assert json.loads(refused.content)["type"].endswith("/too-many-requests/")
        assert client.get(CHANGES, REMOTE_ADDR="203.0.113.8").status_code == 200


def test_with_a_key_the_key_is_counted_and_the_address_is_not(client: Client) -> None:
    partner = make_partner()
    (_, first), (_, second) = make_key(partner), make_key(partner)
    with time_machine.travel(NOON, tick=False):
        for number in range(600):
            response = client.get(CHANGES, REMOTE_ADDR=f"203.0.113.{number % 200}", **bearing(first))
            assert response.status_code == 200
        refused = client.get(CHANGES, **bearing(first))
        assert refused.status_code == 429
        assert refused["RateLimit"] == '"changes-key";r=0;t=60'
        assert refused["RateLimit-Policy"] == '"changes-key";q=600;w=60'
        assert client.get(CHANGES, **bearing(second)).status_code == 200
        assert client.get(CHANGES).status_code == 200


def test_a_304_is_free(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        tag = client.get(CHANGES)["ETag"]
        for _ in range(100):
            assert client.get(CHANGES, headers={"If-None-Match": tag}).status_code == 304
        for _ in range(59):
            assert client.get(CHANGES).status_code == 200
        assert client.get(CHANGES).status_code == 429
        # Whoever has used up everything waits for this too.
        assert client.get(CHANGES, headers={"If-None-Match": tag}).status_code == 429


def test_a_tag_that_stands_for_any_bytes_is_not_free(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(60):
            assert client.get(CHANGES, headers={"If-None-Match": " * "}).status_code == 304
        assert client.get(CHANGES, headers={"If-None-Match": "*"}).status_code == 429


def test_requests_that_are_refused_count_and_asking_whether_one_may_ask_does_not(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(60):
            client.options(CHANGES)
            assert client.get(f"{CHANGES}?bad=1").status_code == 400
        assert client.get(CHANGES).status_code == 429


def test_an_answer_that_may_be_stored_carries_nobody_s_count(client: Client) -> None:
    _, text = make_key()
    for given in ({}, bearing(text)):
        response = client.get(CHANGES, **given)
        assert "no-store" not in response["Cache-Control"]
        assert "RateLimit" not in response.headers
        assert response["RateLimit-Policy"] == limits.announced("changes")


@pytest.mark.parametrize("path", ["", "articles/", "nowhere/", "articles", "schema/", "problems/withdrawn/"])
def test_what_is_not_limited_names_the_limits_that_there_are(client: Client, path: str) -> None:
    shelve(a_document())
    with time_machine.travel(NOON, tick=False):
        for _ in range(61):
            response = client.get(f"/api/v1/{path}")
            assert response.status_code < 429
    assert response["RateLimit-Policy"] == limits.announced()
    assert "RateLimit" not in response.headers


def test_an_address_that_django_itself_refuses_names_them_too(client: Client, settings: Any) -> None:
    response = client.get("/api/v1/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert response["RateLimit-Policy"] == limits.announced()


def test_the_root_tells_every_limit(partner: Partner) -> None:
    told = {one.pop("name"): one for one in partner.json("")["limits"]["requests"]}
    assert told == {name: {"of_address": 60, "of_key": 600, "seconds": 60} for name in KEY_LIMITS}
    assert {"search", "snapshot", "changes", "decide"} <= set(told) <= set(LIMITS)
    assert "questions" not in told


def test_the_description_tells_which_addresses_refuse_too_many() -> None:
    changes = description()["paths"]["/api/v1/changes/"]["get"]["responses"]
    articles = description()["paths"]["/api/v1/articles/"]["get"]["responses"]
    assert "429" in changes
    assert "429" not in articles


def test_the_description_tells_where_a_key_may_or_must_be_shown() -> None:
    components, paths = description()["components"], description()["paths"]
    assert components["securitySchemes"]["key"]["scheme"] == "bearer"
    assert paths["/api/v1/articles/"]["get"]["security"] == [{}, {"key": []}]
    assert paths["/api/v1/usage/"]["get"]["security"] == [{"key": []}]
    for methods in paths.values():
        for operation in methods.values():
            assert {"401", "403"} <= set(operation["responses"])
