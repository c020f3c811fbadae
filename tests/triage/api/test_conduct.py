"""How deciding behaves towards the web: headers, other sites, limits, logs, and faults of ours."""

import json
import logging
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.articles.api.v1.conftest import keeps_promises
from tests.factories.documents import NOON
from tests.factories.triage import BENIGN, shelve_protocol
from tests.triage.api.conftest import DECIDE, Asker, keeps_promises_of_deciding
from triage.api import views

RED = {"danger": ["breath"]}
BODY = json.dumps({"language": "en", "answers": RED})

pytestmark = pytest.mark.usefixtures("demonstration")


# methods


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_any_other_method_is_refused_with_those_that_there_are(client: Client, db: None, method: str) -> None:
    shelve_protocol()
    response = client.generic(method, DECIDE)
    assert response.status_code == 405
    assert response["Allow"] == "POST, OPTIONS"
    assert response["Cache-Control"] == "no-store"


def test_answers_in_an_address_are_told_to_go_into_the_body(client: Client, db: None) -> None:
    shelve_protocol()
    response = client.get(f"{DECIDE}?lang=en&danger=breath&answers=x")
    assert response.status_code == 405
    keeps_promises_of_deciding(response)
    told = response.json()
    assert "POST" in told["detail"]
    assert "breath" not in response.content.decode()


def test_other_addresses_take_no_post(client: Client, db: None) -> None:
    response = client.post("/api/v1/articles/", BODY, content_type="application/json")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "query", ["danger=breath", "edition=1", "fields=level", "callback=x", "lang=ru&lang=ru", "lang=de"]
)
def test_a_parameter_that_does_not_exist_is_refused(decide: Asker, query: str) -> None:
    shelve_protocol()
    decide.send(BODY, 400, path=f"{DECIDE}?{query}")


def test_an_address_without_its_slash_decides_nothing(client: Client, db: None) -> None:
    shelve_protocol()
    response = client.post(DECIDE.rstrip("/"), BODY, content_type="application/json")
    assert response.status_code == 404
    keeps_promises(response)


# languages


def test_the_body_chooses_the_language_whatever_else_is_asked_for(decide: Asker) -> None:
    shelve_protocol()
    response = decide.send(BODY, 200, path=f"{DECIDE}?lang=ru", HTTP_ACCEPT_LANGUAGE="ru")
    assert response["Content-Language"] == "en"
    assert json.loads(response.content)["protocol"]["language"] == "en"


def test_before_the_body_is_read_a_refusal_is_in_the_language_asked_for(decide: Asker) -> None:
    shelve_protocol()
    for language in ("ru", "en"):
        assert decide.send("{", 400, path=f"{DECIDE}?lang={language}")["Content-Language"] == language
        refused = decide.send("{", 400, HTTP_ACCEPT_LANGUAGE=language)
        assert refused["Content-Language"] == language
        assert "Accept-Language" in refused["Vary"]


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "x", "application/json;q=0"])
def test_it_speaks_json_whatever_is_accepted(decide: Asker, accept: str) -> None:
    shelve_protocol()
    assert decide.send(BODY, 200, HTTP_ACCEPT=accept)["Content-Type"] == "application/json"


# other sites


def test_a_page_of_another_site_may_ask_before_it_sends(client: Client, db: None) -> None:
    response = client.options(
        DECIDE, headers={"origin": "https://clinic.example", "access-control-request-method": "POST",
                         "access-control-request-headers": "content-type"},
    )  # fmt: skip
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == response["Allow"] == "POST, OPTIONS"
    assert "Content-Type" in response["Access-Control-Allow-Headers"]
    keeps_promises_of_deciding(response)


def test_a_page_of_another_site_reads_answers_refusals_and_limits(decide: Asker) -> None:
    shelve_protocol()
    for content, status in ((BODY, 200), ("{", 400)):
        response = decide.send(content, status, HTTP_ORIGIN="https://clinic.example")
        assert {"RateLimit", "RateLimit-Policy", "Retry-After"} <= set(
            response["Access-Control-Expose-Headers"].split(", ")
        )


def test_no_session_and_no_token_is_asked_for(db: None) -> None:
    shelve_protocol()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(DECIDE, BODY, content_type="application/json")
    assert response.status_code == 200
    assert not response.cookies


# limits


def test_the_sixty_first_request_within_a_minute_is_refused_with_the_numbers_to_call(decide: Asker) -> None:
    shelve_protocol()
    with time_machine.travel(NOON, tick=False):
        for left in range(59, -1, -1):
            assert decide.send(BODY, 200, REMOTE_ADDR="203.0.113.7")["RateLimit"] == f'"decide";r={left};t=60'
        refused = decide.send(BODY, 429, REMOTE_ADDR="203.0.113.7", HTTP_ACCEPT_LANGUAGE="en")
        assert refused["Retry-After"] == "60"
        assert refused["RateLimit"] == '"decide";r=0;t=60'
        assert "112" in json.loads(refused.content)["emergency"]
        decide.send(BODY, 200, REMOTE_ADDR="203.0.113.8")


def test_refused_requests_count_too(decide: Asker) -> None:
    shelve_protocol()
    with time_machine.travel(NOON, tick=False):
        for _ in range(60):
            decide.send("{", 400, REMOTE_ADDR="203.0.113.7")
        decide.send(BODY, 429, REMOTE_ADDR="203.0.113.7")


def test_asking_whether_one_may_ask_and_reading_a_protocol_are_not_counted(client: Client, db: None) -> None:
    shelve_protocol()
    with time_machine.travel(NOON, tick=False):
        for _ in range(70):
            client.options(DECIDE)
            assert client.get("/api/v1/triage/protocols/?lang=en").status_code == 200
        assert client.post(DECIDE, BODY, content_type="application/json")["RateLimit"].startswith('"decide";r=59;')


def test_while_the_cache_is_away_an_emergency_is_still_told(decide: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("no redis")

    shelve_protocol()
    monkeypatch.setattr(cache, "add", away)
    assert decide(RED)["level"] == "emergency"


# what stays behind


def test_no_answer_is_logged_whether_decided_or_refused(decide: Asker, caplog: pytest.LogCaptureFixture) -> None:
    shelve_protocol()
    with caplog.at_level(logging.DEBUG):
        decide(RED)
        decide({"danger": ["breath", "none"]}, 400)
        decide({"my_secret_symptom": ["x"]}, 400)
        decide.send('{"language":"en","answers":{"danger":["breath"', 400)
        decide(RED, 409, edition=9)
    assert "breath" not in caplog.text
    assert "secret" not in caplog.text


def test_deciding_writes_nothing_and_asks_the_database_once(decide: Asker) -> None:
    shelve_protocol()
    for answers in ({}, RED, BENIGN):
        with CaptureQueriesContext(connection) as queries:
            decide(answers)
        assert len(queries) <= 2
        assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
        assert not any("breath" in query["sql"] for query in queries.captured_queries)


def test_a_refusal_costs_two_queries_at_most(decide: Asker) -> None:
    shelve_protocol()
    for answers, status, members in (([], 400, {}), (RED, 400, {"country": "US"}), (RED, 409, {"edition": 5})):
        with CaptureQueriesContext(connection) as queries:
            decide(answers, status, **members)
        assert len(queries) <= 2


# faults of ours


def test_a_fault_of_ours_tells_nobody_what_was_answered(
    decide: Asker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(live: Any, answers: Any, country: str) -> None:
        raise KeyError(f"no such thing: {answers}")

    shelve_protocol()
    monkeypatch.setattr(views, "decision_out", broken)
    with caplog.at_level(logging.DEBUG):
        response = decide.send(BODY, 500)
    assert b"breath" not in response.content
    assert "breath" not in caplog.text
    [record] = [record for record in caplog.records if "no answer for" in record.message]
    assert record.exc_info is None
    assert "KeyError in broken" in record.message


def test_a_fault_is_not_handed_to_whoever_collects_faults_with_the_values_around_them(
    decide: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.signals import got_request_exception

    def broken(live: Any, answers: Any, country: str) -> None:
        raise RuntimeError

    told: list[Any] = []

    def collect(**given: Any) -> None:
        told.append(given)

    shelve_protocol()
    monkeypatch.setattr(views, "decision_out", broken)
    got_request_exception.connect(collect)
    try:
        decide.send(BODY, 500)
    finally:
        got_request_exception.disconnect(collect)
    assert told == []


def test_while_the_database_is_away_the_numbers_to_call_are_there(
    decide: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise OperationalError("could not connect to 10.0.0.1")

    shelve_protocol()
    monkeypatch.setattr(views, "live_protocol", away)
    response = decide.send(BODY, 503)
    assert response["Retry-After"] == "10"
    assert "112" in json.loads(response.content)["emergency"]
    assert b"10.0.0.1" not in response.content


def test_a_body_that_breaks_off_on_its_way_is_refused(decide: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.handlers.wsgi import WSGIRequest
    from django.http.request import UnreadablePostError

    def broken(self: WSGIRequest, *args: Any) -> bytes:
        raise UnreadablePostError("gone")

    monkeypatch.setattr(WSGIRequest, "read", broken)
    assert json.loads(decide.send(BODY, 400).content)["type"].endswith("/malformed-request/")
