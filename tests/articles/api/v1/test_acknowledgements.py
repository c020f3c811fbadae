"""What a partner says it has carried out, and what it still has to."""

import json
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client

from articles.partners.partner import Partner
from articles.partners.places import Place, acknowledge, reached
from tests.articles.api.v1.conftest import description, fits_description, resolved
from tests.factories.partners import bearing, make_key
from tests.factories.recalls import NOON, a_live_text, a_partner, a_withdrawal

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/acknowledgements/"


@pytest.fixture
def clinic() -> Partner:
    return a_partner("Clinic")


@pytest.fixture
def key(clinic: Partner) -> dict[str, Any]:
    return bearing(make_key(clinic)[1])


def operation(method: str) -> dict[str, Any]:
    return description()["paths"][ADDRESS][method]


def get(client: Client, key: dict[str, Any]) -> dict[str, Any]:
    response = client.get(ADDRESS, **key)
    assert response.status_code == 200
    fits_description(response, operation("get"))
    return json.loads(response.content)


def post(client: Client, key: dict[str, Any], body: Any, status: int = 200, **given: Any) -> HttpResponse:
    sent = body if isinstance(body, (str, bytes)) else json.dumps(body)
    response = client.post(ADDRESS, sent, **({"content_type": "application/json"} | given | key))
    assert response.status_code == status, response.content
    fits_description(response, operation("post"))
    return response


def test_a_partner_sees_where_it_stands_and_what_it_must_still_carry_out(
    client: Client, clinic: Partner, key: dict[str, Any]
) -> None:
    first = a_withdrawal("one")
    second = a_withdrawal("two")
    acknowledge(clinic, first.sequence, at=NOON)

    told = get(client, key)

    assert (told["up_to"], told["fetched_up_to"], told["head"]) == (2, 2, 4)
    [line] = told["urgent"]
    assert (line["sequence"], line["event"], line["hash"]) == (4, "withdrawn", second.hash)
    assert line == json.loads(client.get("/api/v1/changes/?after=3").content)["results"][0]


def test_what_is_acknowledged_is_no_longer_asked_for(client: Client, clinic: Partner, key: dict[str, Any]) -> None:
    a_withdrawal()
    assert len(get(client, key)["urgent"]) == 1

    told = json.loads(post(client, key, {"up_to": 2}).content)

    assert told == {"up_to": 2, "fetched_up_to": 2, "head": 2, "urgent": []}
    assert reached(clinic).acknowledged == 2


def test_to_name_an_earlier_line_changes_nothing(client: Client, clinic: Partner, key: dict[str, Any]) -> None:
    a_withdrawal()
    post(client, key, {"up_to": 2})
    assert json.loads(post(client, key, {"up_to": 1}).content)["up_to"] == 2
    assert json.loads(post(client, key, {"up_to": 0}).content)["up_to"] == 2


def test_nobody_has_carried_out_what_is_not_there(client: Client, clinic: Partner, key: dict[str, Any]) -> None:
    a_withdrawal()
    refused = json.loads(post(client, key, {"up_to": 3}, 409).content)
    assert refused["type"].endswith("/journal-reset/")
    assert (refused["after"], refused["head"]) == (3, 2)
    assert not Place.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {}, {"up_to": "2"}, {"up_to": None}, {"up_to": True}, {"up_to": 1.0}, {"up_to": -1}, {"up_to": 2**63},
        {"up_to": [1]}, {"up_to": 1, "upto": 1}, {"after": 1}, [], "nonsense", '{"up_to": 1, "up_to": 2}',
        b'{"up_to": "\xff"}', " ", '{"up_to": 1e400}', '{"up_to": ' + "9" * 5_000 + "}",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_and_changes_nothing(
    client: Client, clinic: Partner, key: dict[str, Any], body: Any
) -> None:
    a_withdrawal()
    post(client, key, body, 400)
    assert not Place.objects.exists()


def test_a_form_is_no_json(client: Client, key: dict[str, Any]) -> None:
    post(client, key, "up_to=1", 415, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_needs_a_key(client: Client, method: str) -> None:
    response = getattr(client, method)(ADDRESS)
    assert response.status_code == 401
    assert json.loads(response.content)["type"].endswith("/key-needed/")


def test_each_partner_speaks_for_itself_with_any_of_its_keys(
    client: Client, clinic: Partner, key: dict[str, Any]
) -> None:
    a_withdrawal()
    post(client, key, {"up_to": 2})
    other = bearing(make_key(a_partner("Other"))[1])
    second_key = bearing(make_key(clinic)[1])

    assert get(client, other)["up_to"] == 0
    assert get(client, second_key)["up_to"] == 2


def test_no_cache_and_no_other_site_gets_the_answer(client: Client, key: dict[str, Any]) -> None:
    response = client.get(ADDRESS, **key)
    assert "no-store" in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers


def test_the_two_operations_have_names_of_their_own() -> None:
    assert operation("get")["operationId"] == "acknowledgements"
    assert operation("post")["operationId"] == "acknowledge"
    assert "requestBody" in operation("post")
    schema = operation("post")["requestBody"]["content"]["application/json"]["schema"]
    assert resolved(schema)["required"] == ["up_to"]


def test_following_the_journal_with_a_key_tells_what_a_partner_holds(
    client: Client, clinic: Partner, key: dict[str, Any]
) -> None:
    a_withdrawal()

    client.get("/api/v1/changes/?after=0", **key)
    assert reached(clinic).fetched == 0
    client.get("/api/v1/changes/?after=2", **key)
    assert (reached(clinic).fetched, reached(clinic).acknowledged) == (2, 0)
    assert client.get("/api/v1/changes/?after=3", **key).status_code == 409
    client.get("/api/v1/changes/?after=1")
    assert Place.objects.count() == 1


def test_with_and_without_a_key_the_journal_is_the_same(client: Client, key: dict[str, Any]) -> None:
    a_live_text("one")
    a_withdrawal("two")
    assert client.get("/api/v1/changes/?after=1", **key).content == client.get("/api/v1/changes/?after=1").content


def test_a_place_that_cannot_be_noted_keeps_no_withdrawal_from_a_partner(
    client: Client, key: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_withdrawal()

    def fails(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr("articles.partners.places.note_fetched", fails)
    response = client.get("/api/v1/changes/?after=1", **key)
    assert [line["sequence"] for line in json.loads(response.content)["results"]] == [2]
