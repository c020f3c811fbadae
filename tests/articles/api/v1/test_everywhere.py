"""What holds for every address of the description: HTTP as its documents say, and calm whatever comes."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import msgspec
import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from articles.api.v1.offers import OFFERS
from articles.api.v1.selecting import ALWAYS, selected
from articles.api.v1.views.items import ItemDetail
from tests.articles.api.v1.conftest import description
from tests.factories.documents import ARTICLE, a_quote, a_source, an_id
from tests.factories.partners import make_endpoint, make_key, make_partner
from tests.factories.triage import SLUG
from tests.factories.whole_shelf import shelve_everything

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ITEMS = {
    "articles": ARTICLE,
    "quotes": a_quote().id,
    "sources": a_source().id,
    "triage": SLUG,
    "faq": an_id("the faq"),
    "experts": an_id("the expert"),
    "terms": an_id("the term"),
    "topics": an_id("the topic"),
    "pages": an_id("the page"),
}
QUERIES = {"search": "q=что", "lookup": "system=icd10&code=R25.2", "verify": f"digest={'0' * 64}"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")

PATHS = description()["paths"]
READ = [path for path, operations in PATHS.items() if "get" in operations]
WRITTEN = [path for path, operations in PATHS.items() if "requestBody" in operations.get("post", {})]


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """What is asked for, once for all tests here: a key that opens, and a webhook of its partner."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        shelve_everything()
        partner = make_partner()
        yield {"key": make_key(partner)[1], "webhook": str(make_endpoint(partner).pk)}
        transaction.set_rollback(True)


class Asker:
    """Asks at an address of the description, with a key where one is needed."""

    def __init__(self, client: Client, shelf: dict[str, str]) -> None:
        self.client, self.shelf = client, shelf

    def __call__(
        self, path: str, method: str = "GET", *, body: bytes = b"", query: str = "lang=ru", **headers: str
    ) -> HttpResponse:
        cache.clear()
        if needs_key(path):
            headers = {"authorization": f"Bearer {self.shelf['key']}", **headers}
        type = {"content_type": "application/json"} if body else {}
        return self.client.generic(method, self.address(path, query), body, headers=headers, **type)

    def address(self, path: str, query: str = "lang=ru") -> str:
        [collection, *_] = path.removeprefix("/api/v1/").split("/")
        own = QUERIES.get(collection, "")
        # Earlier editions of the article carry a quote that was withdrawn since.
        number = "3" if collection == "articles" else "1"
        named = {"number": number, "name": "withdrawn", "block": "quote", "webhook": self.shelf["webhook"]}
        named["item"] = ITEMS.get(collection, "")
        return re.sub(r"\{(\w+)\}", lambda found: named[found[1]], path) + f"?{'&'.join(filter(None, [own, query]))}"


@pytest.fixture
def ask(client: Client, shelf: dict[str, str], settings: Any) -> Asker:
    settings.TRIAGE_DEMONSTRATION = True
    client.raise_request_exception = False
    return Asker(client, shelf)


def needs_key(path: str) -> bool:
    return all({} not in operation["security"] for operation in PATHS[path].values())


def methods_of(path: str) -> set[str]:
    named = {method.upper() for method in PATHS[path]}
    return {*named, "OPTIONS", *({"HEAD"} if "GET" in named else ())}


def content_of(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def is_a_refusal(response: HttpResponse) -> dict[str, Any]:
    """The problem document, which says what is wrong and how to mend it, and nothing about us."""
    assert 400 <= response.status_code < 500, content_of(response)[:300]
    assert response["Content-Type"] == "application/problem+json"
    assert b"Traceback" not in response.content
    document: dict[str, Any] = json.loads(response.content)
    assert document["status"] == response.status_code
    assert document["title"]
    assert document["fix"]
    assert response["Content-Language"] in {"ru", "en"}
    assert not response.cookies
    return document


@pytest.mark.parametrize("path", READ)
def test_what_is_there_is_answered_to_get_and_head_and_is_not_sent_again(ask: Asker, path: str) -> None:
    """Each form has a strong tag of its own; HEAD has the headers of GET and no body."""
    tags: dict[bytes, str] = {}
    for accepting in ("identity", "gzip", "br"):
        got = ask(path, accept_encoding=accepting)
        body = content_of(got)
        assert got.status_code == 200
        _head_is_the_same(ask(path, "HEAD", accept_encoding=accepting), got, body)
        if "no-store" in got["Cache-Control"]:
            assert "ETag" not in got
            continue
        # What is made while it is sent stands under the tag of what it is made from.
        assert re.fullmatch(r'W/"[!#-~]+"' if got.streaming else r'"[!#-~]+"', got["ETag"])
        if not got.streaming:
            assert tags.setdefault(body, got["ETag"]) == got["ETag"]
        again = ask(path, accept_encoding=accepting, if_none_match=f'"other", {got["ETag"]}')
        assert (again.status_code, content_of(again)) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary", "Content-Location", "Access-Control-Allow-Origin"):
            assert again.get(name) == got.get(name), name
        assert "Content-Encoding" not in again
        assert "Content-Type" not in again
    assert len(set(tags.values())) == len(tags)


def _head_is_the_same(asked: HttpResponse, got: HttpResponse, body: bytes) -> None:
    assert content_of(asked) == b""
    assert asked.status_code == got.status_code
    # How many seconds are left is another answer each second.
    same = {name: value for name, value in got.items() if name != "RateLimit"}
    assert {name: value for name, value in asked.items() if name != "RateLimit"} == same
    if not got.streaming:
        assert int(got["Content-Length"]) == len(body)


@pytest.mark.parametrize("path", READ)
def test_an_answer_says_what_it_depends_on(ask: Asker, path: str) -> None:
    named, negotiated = ask(path), ask(path, query="", accept_language="en")
    if "no-store" in named["Cache-Control"]:
        return
    varies = {part.strip() for part in named["Vary"].split(",")}
    assert "Accept-Encoding" in varies or named.streaming or "Repr-Digest" in named
    assert "Cookie" not in varies
    if negotiated.status_code == 200 and "Content-Language" in named:
        assert "Accept-Language" not in varies
        assert "Accept-Language" in negotiated["Vary"]
        assert negotiated["Content-Location"].startswith("http://testserver/api/v1/")
        assert "lang=en" in negotiated["Content-Location"]
        assert negotiated["Content-Language"] == "en"


@pytest.mark.parametrize("path", PATHS)
def test_pages_of_other_sites_may_ask_what_is_open_and_nothing_else(ask: Asker, path: str) -> None:
    flight = ask(path, "OPTIONS", origin="https://elsewhere.test", access_control_request_method="GET")
    assert flight.status_code == 204
    assert {name.strip() for name in flight["Allow"].split(",")} == methods_of(path)
    assert "Access-Control-Allow-Credentials" not in flight
    assert ("Access-Control-Allow-Origin" in flight) != needs_key(path)
    if not needs_key(path):
        assert flight["Access-Control-Allow-Origin"] == "*"
        assert flight["Access-Control-Allow-Methods"] == flight["Allow"]
        assert flight["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_is_not_there_is_refused_with_those_that_are(ask: Asker, path: str) -> None:
    for method in set(METHODS) - methods_of(path):
        response = ask(path, method, query="lang=xx&nonsense=1", body=b"{")
        assert response.status_code == 405, method
        assert {name.strip() for name in response["Allow"].split(",")} == methods_of(path)
        if method != "HEAD":
            is_a_refusal(response)


@pytest.mark.parametrize("path", READ)
def test_an_address_without_its_slash_leads_to_the_one_with_it(ask: Asker, client: Client, path: str) -> None:
    whole = ask.address(path)
    moved = client.get(whole.replace("/?", "?"))
    assert moved.status_code == 301
    assert moved["Location"].replace("http://testserver", "") == whole.replace("что", "%D1%87%D1%82%D0%BE")
    assert moved["Access-Control-Allow-Origin"] == "*"
    assert moved["Cache-Control"].startswith("max-age=60")


# What comes


NO_QUERIES = [
    "lnag=ru", "lang=ru&lang=en", "lang=", "lang=%00", "%00=1", "%FF=%FF", "a[b]=1", "=", "lang=%C0%AF",
    "lang=ru%0d%0aX-Own:%201",
]  # fmt: skip


@pytest.mark.parametrize("path", READ)
def test_parameters_that_are_none_are_refused_and_named(ask: Asker, path: str) -> None:
    for query in NO_QUERIES:
        response = ask(path, query=query)
        document = is_a_refusal(response)
        assert response.status_code == 400, query
        assert document["errors"], query
        assert document["detail"], query
        assert "X-Own" not in response


HEADERS: list[dict[str, str]] = [
    {"accept": "text/html;q=0, application/x-none"},
    {"accept": "a/b" * 20_000},
    {"accept": "\x00\x7f"},
    {"accept_language": "en," * 20_000},
    {"accept_language": "xx;q=1.5, ;;;, *;q=nan"},
    {"accept_encoding": "identity;q=0, *;q=0"},
    {"accept_encoding": "br;q=x, zstd, gzip;q=0.0001," * 2_000},
    {"if_none_match": '"a", ' * 200_000},
    {"if_none_match": 'W/"' + "x" * 1_000_000},
    {"if_none_match": "\x00, \xff, ,,,W/"},
    {"if_match": '"other"'},
    {"if_modified_since": "yesterday"},
    {"if_unmodified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"range": "bytes=5-1,0-99999999999999999999"},
    {"x_http_method_override": "DELETE"},
    {"content_length": "-1"},
    {"expect": "200-maybe"},
    {"forwarded": "for=unknown;host=evil.invalid"},
    {"x_forwarded_host": "evil.invalid"},
    {"origin": "null"},
]


@pytest.mark.parametrize("path", READ)
def test_no_header_breaks_an_answer_or_changes_whose_it_is(ask: Asker, path: str) -> None:
    for headers in HEADERS:
        response = ask(path, **headers)
        assert response.status_code == 200, headers
        assert b"evil.invalid" not in content_of(response)
        assert "Set-Cookie" not in response


NO_KEYS = [
    "", "Bearer", "Bearer ", "Bearer \x00", "Bearer \xff", "Basic eDp4", "x" * 100_000, "Bearer " + "a" * 9_000,
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_what_is_no_key_is_refused(ask: Asker, path: str) -> None:
    [method] = {method.upper() for method in PATHS[path]} - {"DELETE"} or {"GET"} if len(PATHS[path]) == 1 else {"GET"}
    for key in NO_KEYS:
        response = ask(path, method, authorization=key)
        is_a_refusal(response)
        assert response.status_code == 401, key[:20]
        assert response["WWW-Authenticate"].startswith("Bearer")


BODIES = {
    "nothing": b" ",
    "half": b'{"language": "ru", ',
    "NUL": b'{"language": "ru\x00"}',
    "NUL in a name": b'{"\\u0000": 1}',
    "no UTF-8": b'{"language": "\xff\xfe"}',
    "half a letter": b'{"url": "\\ud800", "language": "\\udc00", "up_to": "\\ud800"}',
    "a mark at its beginning": b"\xef\xbb\xbf{}",
    "a list": b"[]",
    "a number": b"1e999999",
    "a large number": b'{"up_to": ' + b"9" * 5_000 + b', "edition": ' + b"9" * 5_000 + b"}",
    "not a number": b'{"up_to": NaN, "edition": Infinity}',
    "a name twice": b'{"language": "ru", "language": "en"}',
    "deep lists": b"[" * 60_000,
    "deep objects": b'{"answers":' * 5_000 + b"{}" + b"}" * 5_000,
    "deeper than is asked": b'{"answers": [[[[[[[[[[[]]]]]]]]]]]}',
    "many members": json.dumps({f"m{number}": number for number in range(3_000)}).encode(),
    "other types": b'{"language": [], "answers": 1, "url": {}, "up_to": "1", "edition": true, "kinds": "x"}',
    "another word for yes": b"true",
    "UTF-16": '{"language": "ru"}'.encode("utf-16"),
    "much": b'{"answers": "' + b"x" * 10_000_000 + b'"}',
}


@pytest.mark.parametrize("path", WRITTEN)
def test_a_body_that_is_none_is_refused_with_its_place(ask: Asker, path: str) -> None:
    for name, body in BODIES.items():
        document = is_a_refusal(ask(path, "POST", body=body))
        assert document["status"] in ({413} if name == "much" else {400}), name


@pytest.mark.parametrize("path", WRITTEN)
def test_a_body_of_another_type_is_refused(ask: Asker, path: str) -> None:
    headers = {"authorization": f"Bearer {ask.shelf['key']}"} if needs_key(path) else {}
    for type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "x" * 9_000):
        cache.clear()
        response = ask.client.generic("POST", ask.address(path), b"{}", content_type=type, headers=headers)
        assert is_a_refusal(response)["status"] == 415, type[:40]


# `fields`


@pytest.mark.parametrize("kind", OFFERS)
def test_no_choice_of_fields_parts_a_quote_from_its_context(
    ask: Asker, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every choice of one member as it is answered, and every choice of two from the item that is answered."""
    items: list[Any] = []

    def noted(item: Any, *given: Any) -> Any:
        items.append(item)
        return selected(item, *given)

    monkeypatch.setattr(f"{ItemDetail.__module__}.selected", noted)
    offer = OFFERS[kind]
    path = f"/api/v1/{offer.collection}/{{item}}/"
    whole = ask(path).json()
    for name in whole:
        answered = ask(path, query=f"lang=ru&fields={name}").json()
        assert answered == msgspec.json.decode(msgspec.json.encode(selected(items[-1], (name,), offer.always)))
        keeps_the_context(whole, answered, offer.always)
    assert len(items) == 1 + len(whole)
    for pair in combinations(whole, 2):
        part = msgspec.json.decode(msgspec.json.encode(selected(items[0], pair, offer.always)))
        keeps_the_context(whole, part, offer.always)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(data=st.data())
def test_any_choice_of_members_of_an_article_keeps_what_makes_it_safe(ask: Asker, data: st.DataObject) -> None:
    path = "/api/v1/articles/{item}/"
    whole = ask(path).json()
    chosen = data.draw(st.lists(st.sampled_from(sorted(whole)), min_size=1, unique=True))
    keeps_the_context(whole, ask(path, query=f"lang=ru&fields={','.join(chosen)}").json(), ALWAYS)


def keeps_the_context(whole: dict[str, Any], part: dict[str, Any], always: tuple[str, ...]) -> None:
    assert {name: part[name] for name in part} == {name: whole[name] for name in part}
    assert {name for name in always if name in whole} <= set(part)
    if "blocks" in part:
        assert part.get("quotes") == whole.get("quotes")
        assert part.get("missing") == whole.get("missing")
