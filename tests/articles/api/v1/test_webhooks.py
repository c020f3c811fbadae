"""A partner keeps its webhooks by itself."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook

from articles.answers.limits import PARTNER_LIMITS
from articles.partners import following, signing, trying
from articles.partners.deliveries import Delivery
from articles.partners.endpoints import MOST_PER_PARTNER, Endpoint
from articles.partners.partner import Partner
from tests.articles.api.v1.conftest import description, fits_description
from tests.articles.partners.hooks import everything_due, publish, send, take_down
from tests.factories.documents import an_english_document, an_id, heading, shelve
from tests.factories.partners import make_endpoint, make_key, make_partner
from tests.services.receiving import Receiver, receivers

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/webhooks/"
NEW = "5b0f6d3a-7b35-4c6b-8a39-2f1f0c9f2a77"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receivers(1) as [one]:
        yield one


@dataclass
class Asker:
    """A partner's program, which checks every answer against the description."""

    client: Client
    key: str

    def ask(self, method: str, path: str = "", sent: Any = None, status: int = 200) -> Any:
        body = "" if sent is None else sent if isinstance(sent, (str, bytes)) else json.dumps(sent)
        named = {"Authorization": f"Bearer {self.key}", "Accept-Language": "en"}
        response: HttpResponse = self.client.generic(
            method.upper(), f"{ADDRESS}{path}", body, content_type="application/json", headers=named
        )
        assert response.status_code == status, response.content
        assert response["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in response
        if response.content:
            fits_description(response, operation(method, path))
        return json.loads(response.content) if response.content else None


def operation(method: str, path: str) -> dict[str, Any]:
    template = ADDRESS + "/".join("{webhook}" if len(part) == 36 else part for part in path.split("?")[0].split("/"))
    return description()["paths"][template][method]


@pytest.fixture
def clinic(db: None) -> Partner:
    return make_partner()


@pytest.fixture
def asker(client: Client, clinic: Partner) -> Asker:
    return Asker(client, make_key(clinic)[1])


def test_a_webhook_is_registered_and_its_secret_shown_this_once(asker: Asker, receiver: Receiver) -> None:
    publish("before")
    made = asker.ask("post", sent={"url": receiver.url}, status=201)
    endpoint = Endpoint.objects.get()
    assert made["secret"] == signing.secret(endpoint)
    assert made["told_up_to"] == 1
    shown = asker.ask("get", f"{endpoint.pk}/")
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    assert asker.ask("get") == {"results": [shown]}

    publish("one")
    send()
    checker = Webhook(made["secret"])
    [told] = [checker.verify(got.body, got.headers) for got in receiver.received]
    assert told["data"]["sequence"] == 2


def test_the_answer_to_a_registration_says_where_the_webhook_is(
    client: Client, asker: Asker, receiver: Receiver
) -> None:
    response = client.post(
        ADDRESS,
        {"url": receiver.url},
        content_type="application/json",
        headers={"Authorization": f"Bearer {asker.key}"},
    )
    assert response["Location"] == f"http://testserver{ADDRESS}{Endpoint.objects.get().pk}/"


def test_a_webhook_has_a_scope_within_that_of_the_key(client: Client, clinic: Partner, receiver: Receiver) -> None:
    narrow = Asker(client, make_key(clinic, kinds=["article"], languages=["en"])[1])
    made = narrow.ask("post", sent={"url": receiver.url}, status=201)
    assert made["scope"] == {"kinds": ["article"], "languages": ["en"]}
    scopes: list[dict[str, Any]] = [
        {"kinds": ["faq"]},
        {"languages": ["ru"]},
        {"kinds": ["article"], "languages": ["ru"]},
    ]
    for scope in scopes:
        refused = narrow.ask("post", sent={"url": receiver.url, "scope": scope}, status=403)
        assert refused["type"].endswith("/out-of-scope/")
    publish("one")
    shelve(an_english_document(heading("yes")), "en", item=an_id("two"))
    send()
    [got] = [json.loads(one.body) for one in receiver.received if json.loads(one.body)["type"] == "item.published"]
    assert got["data"]["language"] == "en"


@pytest.mark.parametrize(("sent", "pointers"), [
    ({}, ["#/url"]),
    ({"url": ""}, ["#/url"]),
    ({"url": 5}, ["#/url"]),
    ({"url": None}, ["#/url"]),
    ({"url": ["https://partner.example/"]}, ["#/url"]),
    ({"url": "x" * 501}, ["#/url"]),
    ({"url": "ftp://partner.example/"}, ["#/url"]),
    ({"url": "https://user:word@partner.example/"}, ["#/url"]),
    ({"url": "https://10.0.0.1/"}, ["#/url"]),
    ({"url": "https://no-such-name.invalid/"}, ["#/url"]),
    ({"url": "https://partner.example/", "secret": "mine"}, ["#/secret"]),
    ({"url": "https://partner.example/", "scope": []}, ["#/scope"]),
    ({"url": "https://partner.example/", "scope": {"kind": ["faq"]}}, ["#/scope/kind"]),
    ({"url": "https://partner.example/", "scope": {"kinds": "faq"}}, ["#/scope/kinds"]),
    ({"url": "https://partner.example/", "scope": {"kinds": ["faq", "artcle"], "languages": ["de", 5, None]}},
     ["#/scope/kinds/1", "#/scope/languages/0", "#/scope/languages/1", "#/scope/languages/2"]),
    ({"uri": "x", "scope": {"kinds": [[]]}}, ["#/uri", "#/url", "#/scope/kinds/0"]),
])  # fmt: skip
def test_everything_that_is_wrong_is_named_with_its_place(asker: Asker, sent: Any, pointers: list[str]) -> None:
    refused = asker.ask("post", sent=sent, status=400)
    assert [fault["pointer"] for fault in refused["errors"]] == pointers
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("sent", ["{", "[]", "null", "\0", '{"url": "a", "url": "b"}', b"\xff", "NaN", "[" * 100])
def test_a_body_that_is_no_object_is_refused(asker: Asker, sent: Any) -> None:
    assert asker.ask("post", sent=sent, status=400)["type"].endswith("/malformed-body/")


def test_a_partner_has_so_many_and_no_more(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    for _ in range(MOST_PER_PARTNER):
        make_endpoint(clinic)
    refused = asker.ask("post", sent={"url": receiver.url}, status=409)
    assert refused["type"].endswith("/too-many-webhooks/")


ACTS = [("get", ""), ("delete", ""), ("post", "rotate/"), ("post", "pause/"), ("post", "resume/"), ("post", "test/"),
        ("post", "replay/"), ("get", "deliveries/")]  # fmt: skip


@pytest.mark.parametrize(("method", "act"), ACTS)
def test_a_webhook_of_another_partner_is_not_there(asker: Asker, receiver: Receiver, method: str, act: str) -> None:
    other = make_endpoint(make_partner("Another of the tests"), url=receiver.url)
    before = Endpoint.objects.filter(pk=other.pk).values().get()
    sent = {"after": 0} if act == "replay/" else None
    refused = asker.ask(method, f"{other.pk}/{act}", sent, status=404)
    assert refused["type"].endswith("/not-found/")
    assert Endpoint.objects.filter(pk=other.pk).values().get() == before
    assert receiver.received == []
    assert asker.ask("get") == {"results": []}


@pytest.mark.parametrize("id", [NEW, "x", "0", NEW.replace("-", ""), "%00", "..", NEW + "0"])
def test_an_id_that_leads_nowhere_is_not_there(client: Client, asker: Asker, id: str) -> None:
    for method, act in ACTS:
        response = getattr(client, method)(f"{ADDRESS}{id}/{act}", headers={"Authorization": f"Bearer {asker.key}"})
        assert response.status_code in {400, 404, 405}


@pytest.mark.parametrize(("method", "act"), [("get", None), ("post", None), *ACTS])
def test_without_a_key_nothing_is_answered(client: Client, method: str, act: str | None) -> None:
    path = ADDRESS if act is None else f"{ADDRESS}{uuid4()}/{act}"
    response = getattr(client, method)(path)
    assert response.status_code == 401
    assert json.loads(response.content)["type"].endswith("/key-needed/")


def test_rotating_shows_a_new_secret_and_both_sign(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    endpoint = make_endpoint(clinic, url=receiver.url)
    old = signing.secret(endpoint)
    rotated = asker.ask("post", f"{endpoint.pk}/rotate/")
    assert rotated["secret"] != old
    assert rotated["old_secret_until"] is not None
    publish("one")
    send()
    for secret in (old, rotated["secret"]):
        Webhook(secret).verify(receiver.received[0].body, receiver.received[0].headers)


def test_paused_and_resumed_it_loses_nothing(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    endpoint = make_endpoint(clinic, url=receiver.url)
    paused = asker.ask("post", f"{endpoint.pk}/pause/", {})
    assert (paused["state"], paused["pause"]["reason"]) == ("paused", "by_partner")
    publish("one", times=2)
    assert send() == 0
    resumed = asker.ask("post", f"{endpoint.pk}/resume/")
    assert (resumed["state"], resumed["pause"]) == ("active", None)
    send()
    assert [json.loads(got.body)["data"]["sequence"] for got in receiver.received] == [1, 2]


def test_where_nothing_is_asked_for_nothing_may_be_sent(asker: Asker, clinic: Partner) -> None:
    endpoint = make_endpoint(clinic)
    for act in ("rotate", "pause", "resume", "test"):
        refused = asker.ask("post", f"{endpoint.pk}/{act}/", {"url": "https://partner.example/"}, status=400)
        assert refused["errors"][0]["pointer"] == "#/url"
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.generation) == (True, 1)


def test_a_deleted_webhook_is_gone(asker: Asker, clinic: Partner) -> None:
    endpoint = make_endpoint(clinic)
    assert asker.ask("delete", f"{endpoint.pk}/", status=204) is None
    asker.ask("get", f"{endpoint.pk}/", status=404)


def test_a_test_is_sent_at_once_and_what_came_back_is_told(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    endpoint = make_endpoint(clinic, url=receiver.url)
    receiver.status = 200
    told = asker.ask("post", f"{endpoint.pk}/test/")
    assert (told["answer"], told["fault"]) == ({"status": 200, "excerpt": ""}, None)
    assert (told["delivery"]["type"], told["delivery"]["state"], len(told["delivery"]["attempts"])) == (
        "test", "delivered", 1,
    )  # fmt: skip
    [got] = receiver.received
    message = Webhook(signing.secret(endpoint)).verify(got.body, got.headers)
    assert (message["type"], message["data"]) == ("test", {"webhook": str(endpoint.pk)})
    assert asker.ask("get", f"{endpoint.pk}/deliveries/")["results"] == [told["delivery"]]


@pytest.mark.parametrize(("answer", "status", "fault"), [(500, 500, None), (302, 302, None), (None, None, "closed")])
def test_a_test_that_fails_says_how(
    asker: Asker, clinic: Partner, receiver: Receiver, answer: int | None, status: int | None, fault: str | None
) -> None:
    receiver.answer = lambda got: answer
    endpoint = make_endpoint(clinic, url=receiver.url, state="paused", pause_reason="gone", paused_at=timezone.now())
    told = asker.ask("post", f"{endpoint.pk}/test/")
    assert (told["answer"] or {}).get("status") == status
    assert ((told["fault"] or {}).get("kind") in {"closed", "not-http"}) == (fault is not None)
    assert told["delivery"]["state"] == "failed"
    everything_due()
    assert send() == 0


@pytest.mark.usefixtures("standing_clock")
def test_a_second_test_has_to_wait(client: Client, asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    first, second = (make_endpoint(clinic, url=receiver.url) for _ in range(2))
    asker.ask("post", f"{first.pk}/test/")
    refused = asker.ask("post", f"{second.pk}/test/", status=429)
    assert refused["type"].endswith("/too-many-requests/")
    again = client.generic("POST", f"{ADDRESS}{second.pk}/test/", headers={"Authorization": f"Bearer {asker.key}"})
    assert int(again["Retry-After"]) == 11
    assert len(receiver.received) == 1
    Delivery.objects.update(created_at=timezone.now() - timedelta(seconds=11))
    asker.ask("post", f"{second.pk}/test/")


@pytest.mark.usefixtures("standing_clock")
def test_nobody_floods_others_by_registering_trying_and_deleting(asker: Asker, receiver: Receiver) -> None:
    most = PARTNER_LIMITS["registrations"].quota
    for number in range(most + 1):
        made = asker.ask("post", sent={"url": receiver.url}, status=201 if number < most else 429)
        if number < most:
            asker.ask("post", f"{made['id']}/test/")  # never too soon: the test before went with its webhook
            asker.ask("delete", f"{made['id']}/", status=204)
    assert len(receiver.received) == most
    assert made["type"].endswith("/too-many-requests/")


@pytest.mark.usefixtures("standing_clock")
def test_nor_by_having_everything_sent_again_whichever_key_is_shown(
    client: Client, asker: Asker, clinic: Partner, receiver: Receiver
) -> None:
    endpoint = make_endpoint(clinic, url=receiver.url)
    other = Asker(client, make_key(clinic)[1])
    for number in range(PARTNER_LIMITS["replays"].quota):
        (asker, other)[number % 2].ask("post", f"{endpoint.pk}/replay/", {"after": 0})
    asker.ask("post", f"{endpoint.pk}/replay/", {"after": 0}, status=429)
    stranger = Asker(client, make_key(make_partner("Another"))[1])
    stranger.ask("post", f"{endpoint.pk}/replay/", {"after": 0}, status=404)


@pytest.mark.django_db(transaction=True)
def test_of_tests_at_the_same_moment_one_is_sent(clinic: Partner, receiver: Receiver) -> None:
    hooks, now = [make_endpoint(clinic, url=receiver.url) for _ in range(4)], timezone.now()

    def fired(endpoint: Endpoint) -> bool:
        try:
            trying.fire(endpoint, at=now)
        except trying.TooSoonError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(hooks)) as many:
        assert sorted(many.map(fired, hooks)) == [False] * 3 + [True]
    assert len(receiver.received) == 1


def test_the_log_has_every_attempt_newest_message_first(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    endpoint = make_endpoint(clinic, url=receiver.url)
    receiver.status = 500
    publish("one")
    send()
    receiver.status = 204
    everything_due()
    publish("two")
    take_down("two")
    send()
    path, seen = f"{endpoint.pk}/deliveries/?limit=1", []
    while path:
        page = asker.ask("get", path)
        seen += page["results"]
        path = (page["next"] or "").removeprefix(f"http://testserver{ADDRESS}")
    assert {one["sequence"] for one in seen} == {1, 2, 3}
    assert seen[-1]["sequence"] == 1
    assert [attempt["status"] for attempt in seen[-1]["attempts"]] == [500, 204]
    assert {one["sequence"]: one["is_urgent"] for one in seen} == {1: False, 2: False, 3: True}
    assert asker.ask("get", f"{endpoint.pk}/deliveries/")["results"] == seen


def test_a_cursor_of_another_log_is_refused(asker: Asker, clinic: Partner) -> None:
    first, second = make_endpoint(clinic), make_endpoint(clinic)
    publish("one", times=2)
    Endpoint.objects.filter(pk=second.pk).update(reached=2)
    following.follow(at=timezone.now())
    cursor = asker.ask("get", f"{first.pk}/deliveries/?limit=1")["next"].partition("cursor=")[2].partition("&")[0]
    refused = asker.ask("get", f"{second.pk}/deliveries/?cursor={cursor}", status=400)
    assert refused["type"].endswith("/invalid-cursor/")


def test_one_message_is_sent_again_with_its_id(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    endpoint = make_endpoint(clinic, url=receiver.url)
    publish("one", times=3)
    send()
    second = Delivery.objects.get(sequence=2)
    assert asker.ask("post", f"{endpoint.pk}/replay/", {"delivery": str(second.pk)}) == {"deliveries": 1}
    send()
    assert [got.headers["webhook-id"] for got in receiver.received].count(str(second.pk)) == 2
    assert len(receiver.received) == 4


def test_everything_behind_a_line_is_sent_again(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    publish("before the webhook", times=2)
    endpoint = make_endpoint(clinic, url=receiver.url, reached=2)
    publish("one", times=3)
    send()
    receiver.received.clear()
    assert asker.ask("post", f"{endpoint.pk}/replay/", {"after": 1}) == {"deliveries": 4}
    send()
    assert sorted(json.loads(got.body)["data"]["sequence"] for got in receiver.received) == [2, 3, 4, 5]


@pytest.mark.parametrize("sent", [
    {}, {"after": -1}, {"after": "1"}, {"after": True}, {"after": 1.5}, {"after": 2**63}, {"after": None},
    {"delivery": "x"}, {"delivery": 5}, {"delivery": NEW}, {"delivery": NEW, "after": 1}, {"since": 1},
])  # fmt: skip
def test_a_replay_of_nothing_known_is_refused(asker: Asker, clinic: Partner, sent: Any) -> None:
    endpoint = make_endpoint(clinic)
    refused = asker.ask("post", f"{endpoint.pk}/replay/", sent, status=400)
    assert refused["errors"]


def test_a_test_is_not_replayed(asker: Asker, clinic: Partner, receiver: Receiver) -> None:
    endpoint = make_endpoint(clinic, url=receiver.url)
    told = asker.ask("post", f"{endpoint.pk}/test/")
    asker.ask("post", f"{endpoint.pk}/replay/", {"delivery": told["delivery"]["id"]}, status=400)


def test_the_examples_of_bodies_are_understood(asker: Asker, clinic: Partner) -> None:
    for name, path in (("registerWebhook", ""), ("replayWebhook", f"{make_endpoint(clinic).pk}/replay/")):
        body = operation("post", path)["requestBody"]["content"]["application/json"]
        assert operation("post", path)["operationId"] == name
        for example in body["examples"].values():
            refused = asker.ask("post", path, example["value"], status=200 if "after" in example["value"] else 400)
            # Read without a fault; only what it names is not there.
            codes = [fault["code"] for fault in refused.get("errors", [])]
            assert codes in ([], ["no-such-host"], ["invalid"])
