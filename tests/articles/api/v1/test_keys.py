"""A key at the door of every address: it opens or is refused, changes no answer, and is never seen again."""

import json
import logging
import re
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.module_loading import import_string

from articles.editions import queries
from articles.partners import keys
from articles.partners.partner import Partner as Organisation
from tests.articles.api.v1.conftest import Partner, description, keeps_promises
from tests.factories.documents import ARTICLE, a_document, an_english_document, heading, shelve
from tests.factories.partners import bearing, make_key, make_partner
from tests.factories.triage import shelve_protocol

pytestmark = pytest.mark.django_db

INVALID = 'Bearer error="invalid_token"'

DECIDE = "/api/v1/triage/protocols/leg-cramp-triage/decide/"

# Addresses that answer whoever knocks with a key of theirs.
OPEN = ["", "changes/", "schema/", "problems/withdrawn/", "problems/withdrawn/?lang=en"]


def addresses() -> list[tuple[str, str]]:
    """Every operation that there is, with an id in its place."""
    places = {"{item}": ARTICLE, "{number}": "1", "{name}": "withdrawn"}
    found = []
    for template, methods in description()["paths"].items():
        path = re.sub(r"\{\w+\}", lambda part: places.get(part[0], ARTICLE), template)
        found += [(method, path) for method in methods if method in {"get", "post", "put", "patch", "delete"}]
    return found


ADDRESSES = addresses()
SOMEWHERE = pytest.mark.parametrize(
    ("method", "path"),
    [*ADDRESSES, ("get", "/api/v1/nowhere/"), ("get", "/api/v2/"), ("post", "/api/v1/articles")],
    ids=lambda part: str(part).replace("/", " ").strip(),
)


def ask(client: Client, method: str, path: str, **given: Any) -> HttpResponse:
    body = {"data": "{}", "content_type": "application/json"} if method != "get" else {}
    return getattr(client, method)(path, **body, **given)


@pytest.fixture
def both() -> None:
    shelve(a_document(heading("Что это")))
    shelve(an_english_document(heading("What it is")), "en")


# keys that do not open


@SOMEWHERE
def test_a_key_that_does_not_open_is_refused_everywhere(client: Client, method: str, path: str) -> None:
    response = ask(client, method, path, **bearing("cramps_ab12cd34_nothing-of-ours"))
    assert response.status_code == 401
    assert json.loads(response.content)["type"].endswith("/bad-key/")
    assert response["WWW-Authenticate"] == INVALID
    assert response["Cache-Control"] == "no-store"
    assert "nothing-of-ours" not in response.content.decode() + str(response.headers)


@pytest.mark.parametrize("path", ["/api/v1/", DECIDE, "/api/v1/nowhere/"])
def test_each_way_of_not_opening_is_told_by_its_name(client: Client, path: str) -> None:
    now = timezone.now()
    partner, suspended = make_partner(), make_partner("Suspended", state=Organisation.State.SUSPENDED)
    (revoked, closed), (_, expired), (_, shut) = make_key(partner), make_key(partner), make_key(suspended)
    keys.revoke(revoked, at=now)
    keys.Key.objects.filter(prefix=expired.rpartition("_")[0][:15]).update(expires_at=now - timedelta(seconds=1))
    method = "post" if path == DECIDE else "get"
    for text, status, name, challenge in (
        (closed, 401, "key-revoked", INVALID),
        (expired, 401, "key-expired", INVALID),
        (shut, 403, "partner-suspended", None),
    ):
        response = ask(client, method, path, **bearing(text))
        assert response.status_code == status
        assert json.loads(response.content)["type"].endswith(f"/{name}/")
        assert response.get("WWW-Authenticate") == challenge
        assert text not in response.content.decode()


@pytest.mark.parametrize("header", ["Basic dXNlcjpwYXNz", "Digest username=x", "", "Negotiate"])
def test_another_scheme_is_told_which_one_is_ours_without_a_fault_of_a_key(client: Client, header: str) -> None:
    response = client.get("/api/v1/", headers={"Authorization": header})
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_a_refused_key_on_deciding_comes_with_the_numbers_to_call(client: Client) -> None:
    response = ask(client, "post", DECIDE, **bearing("cramps_x"))
    assert json.loads(response.content)["emergency"]


@pytest.mark.parametrize("path", [path for method, path in ADDRESSES if method == "get" and "usage" in path])
def test_an_address_of_a_partner_s_own_asks_for_a_key(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 401
    assert json.loads(response.content)["type"].endswith("/key-needed/")
    assert response["WWW-Authenticate"] == "Bearer"
    assert response["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_whether_one_may_ask_is_answered_without_looking_at_a_key(client: Client) -> None:
    response = client.options("/api/v1/articles/", **bearing("cramps_x"))
    assert response.status_code == 204
    # A key in a page of another site would be everybody's.
    assert "Authorization" not in response["Access-Control-Allow-Headers"]


# keys that open


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    "path", [*OPEN, "articles/", f"articles/{ARTICLE}/", "quotes/", f"articles/{ARTICLE}/?lang=en"]
)
def test_a_key_changes_nothing_of_an_answer(client: Client, path: str) -> None:
    _, text = make_key()
    plain, with_key = client.get(f"/api/v1/{path}"), client.get(f"/api/v1/{path}", **bearing(text))
    assert with_key.status_code == 200
    assert with_key.content == plain.content
    assert with_key.headers == plain.headers
    assert "Authorization" not in plain.get("Vary", "")
    headers = bearing(text)["headers"] | {"If-None-Match": plain["ETag"]}
    assert client.get(f"/api/v1/{path}", headers=headers).status_code == 304


@pytest.mark.usefixtures("both")
def test_a_key_costs_one_query(client: Client) -> None:
    _, text = make_key()
    asked = []
    for given in ({}, bearing(text)):
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/", **given)
        asked.append(len(queries))
    assert asked[1] == asked[0] + 1


# keys in an address


@pytest.mark.parametrize("name", [
    "key", "api_key", "apikey", "api-key", "API_KEY", "Api.Key", "token", "access_token", "authorization",
    "Authorization", "auth", "x-api-key", "bearer", "secret", "client_secret", "key[]",
])  # fmt: skip
def test_a_key_in_an_address_is_refused_with_what_to_do_about_it(partner: Partner, name: str) -> None:
    _, text = make_key()
    response = partner.get(f"articles/?lang=en&{name}={text}", 400)
    told = json.loads(response.content)
    assert told["type"].endswith("/unknown-parameter/")
    assert "revoked" in told["errors"][0]["hint"]
    assert "Authorization: Bearer" in told["errors"][0]["detail"]
    assert text.removeprefix(text[:16]) not in response.content.decode() + str(response.headers)


@pytest.mark.parametrize("query", ["q={key}", "lang={key}", "cursor={key}", "{key}", "{key}=1", "x=Bearer%20{key}"])
def test_what_looks_like_a_key_is_never_repeated_whatever_it_is_called(partner: Partner, query: str) -> None:
    _, text = make_key()
    response = partner.get(f"articles/?{query.format(key=text)}", 400, accept_language="en")
    assert "revoked" in json.loads(response.content)["errors"][0]["hint"]
    assert text[16:] not in response.content.decode() + str(response.headers)


@pytest.mark.parametrize("path", ["nowhere/", "articles", f"articles/{ARTICLE}", "usage/", "changes/"])
def test_a_key_in_the_address_is_refused_where_there_is_nothing_else_to_read_too(client: Client, path: str) -> None:
    _, text = make_key()
    response = client.get(f"/api/v1/{path}?lang=en&api_key={text}")
    assert response.status_code == 400
    assert "Location" not in response.headers
    assert text not in response.content.decode()


def test_a_key_in_an_address_opens_nothing(client: Client) -> None:
    _, text = make_key()
    assert client.get(f"/api/v1/usage/?access_token={text}").status_code == 400
    assert client.get(f"/api/v1/{text}/").status_code == 404
    assert text not in client.get(f"/api/v1/{text}/").content.decode()


def test_words_that_only_hold_the_name_of_a_key_are_parameters_like_others(partner: Partner) -> None:
    told = partner.json("articles/?keyword=x&lang=en", 400)
    assert "revoked" not in told["detail"]


# logs and reports


@pytest.mark.parametrize("opens", [True, False])
@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nowhere/", "/api/v1/articles/?lang=xx", DECIDE])
def test_no_key_is_logged(client: Client, caplog: pytest.LogCaptureFixture, path: str, opens: bool) -> None:
    _, text = make_key()
    with caplog.at_level(logging.DEBUG):
        client.get(path, **bearing(text if opens else f"{text}x"))
        client.get(f"{path}{'&' if '?' in path else '?'}api_key={text}")
    assert text not in caplog.text
    assert text not in "".join(repr(record.args) for record in caplog.records)


def test_a_fault_of_ours_with_a_key_at_hand_tells_it_to_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    _, text = make_key()
    reports: list[str] = []

    def broken() -> None:
        report = reporter(RequestFactory().get("/api/v1/", headers={"Authorization": f"Bearer {text}"}))
        try:
            raise RuntimeError("a fault of ours")
        except RuntimeError:
            reports.extend(report())
            raise

    def reporter(request: HttpRequest) -> Any:
        def report() -> list[str]:
            made = import_string(settings.DEFAULT_EXCEPTION_REPORTER)(request, *sys.exc_info())
            return [made.get_traceback_text(), made.get_traceback_html()]

        return report

    monkeypatch.setattr(queries, "head", broken)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        response = client.get("/api/v1/", **bearing(text))
    assert response.status_code == 500
    keeps_promises(response)
    assert len(reports) == 2
    assert all("a fault of ours" in report for report in reports)
    for told in (*reports, caplog.text, response.content.decode()):
        assert text[16:] not in told


# scopes


def out_of_scope(response: HttpResponse) -> Any:
    assert response.status_code == 403
    assert response["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'
    assert response["Cache-Control"] == "no-store"
    keeps_promises(response)
    told = json.loads(response.content)
    assert told["type"].endswith("/out-of-scope/")
    return told


@pytest.mark.usefixtures("both")
class TestScopes:
    @pytest.mark.parametrize("rest", ["", f"{ARTICLE}/", f"{ARTICLE}/editions/", f"{ARTICLE}/editions/1/",
                                      f"{ARTICLE}/editions/1/document/"])  # fmt: skip
    def test_a_key_reads_its_kinds_and_its_languages_and_no_others(self, client: Client, rest: str) -> None:
        partner = make_partner()
        (_, of_kind), (_, of_language) = make_key(partner, kinds=["faq"]), make_key(partner, languages=["ru"])
        path = f"/api/v1/articles/{rest}"
        assert client.get(f"{path}?lang=ru", **bearing(of_language)).status_code == 200
        told = out_of_scope(client.get(f"{path}?lang=en", **bearing(of_language)))
        assert told["scope"] == {"kinds": [], "languages": ["ru"]}
        assert "ru" in told["detail"]
        told = out_of_scope(client.get(f"{path}?lang=en", **bearing(of_kind)))
        assert told["scope"] == {"kinds": ["faq"], "languages": []}
        assert client.get(f"/api/v1/faq/?lang={'ru'}", **bearing(of_kind)).status_code == 200

    def test_a_language_that_was_chosen_for_a_key_and_is_not_its_own_is_refused_with_what_to_say(
        self, client: Client
    ) -> None:
        _, text = make_key(languages=["en"])
        told = out_of_scope(client.get("/api/v1/articles/", **bearing(text)))
        assert "en" in told["detail"]
        english = bearing(text)["headers"] | {"Accept-Language": "en"}
        assert client.get("/api/v1/articles/", headers=english).status_code == 200

    @pytest.mark.parametrize("path", ["quotes/", "sources/", f"quotes/{ARTICLE}/", f"sources/{ARTICLE}/"])
    def test_what_gathers_from_all_kinds_needs_a_key_for_all_of_them(self, client: Client, path: str) -> None:
        partner = make_partner()
        (_, of_kind), (_, of_language) = make_key(partner, kinds=["article"]), make_key(partner, languages=["ru"])
        assert out_of_scope(client.get(f"/api/v1/{path}?lang=ru", **bearing(of_kind)))["detail"]
        assert client.get(f"/api/v1/{path}?lang=ru", **bearing(of_language)).status_code in {200, 404}
        out_of_scope(client.get(f"/api/v1/{path}?lang=en", **bearing(of_language)))

    @pytest.mark.parametrize("path", OPEN)
    def test_what_is_for_everybody_is_for_every_key(self, client: Client, path: str) -> None:
        _, text = make_key(kinds=["faq"], languages=["en"])
        assert client.get(f"/api/v1/{path}", **bearing(text)).status_code == 200

    def test_head_is_refused_like_get(self, client: Client) -> None:
        _, text = make_key(kinds=["faq"])
        assert client.head("/api/v1/articles/?lang=ru", **bearing(text)).status_code == 403

    def test_deciding_is_in_the_language_of_the_body(self, client: Client, settings: Any) -> None:
        settings.TRIAGE_DEMONSTRATION = True
        shelve_protocol()
        partner = make_partner()
        (_, russian), (_, of_kind) = make_key(partner, languages=["ru"]), make_key(partner, kinds=["article"])
        for text, language, status in ((russian, "ru", 200), (russian, "en", 403), (of_kind, "ru", 403)):
            body = json.dumps({"language": language, "answers": {}})
            response = client.post(f"{DECIDE}?lang=en", body, content_type="application/json", **bearing(text))
            assert response.status_code == status
            if status == 403:
                assert json.loads(response.content)["emergency"]
