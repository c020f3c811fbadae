"""The page to read and try the interface, and the documents beside it."""

import json
import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.answers.problems import TYPES
from articles.api.v1.docs import guides
from articles.api.v1.docs.blocks import safe
from articles.api.v1.docs.events import EVENTS
from articles.api.v1.docs.reading import filled
from articles.api.v1.presenters.blocks import BLOCKS
from tests.articles.api.v1.conftest import description
from tests.factories.documents import ARTICLE

pytestmark = pytest.mark.django_db

OPERATIONS = [one for methods in description()["paths"].values() for one in methods.values()]


@pytest.fixture
def reference(client: Client) -> str:
    return client.get("/api/v1/docs/?lang=en").content.decode()


def anchors(page: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', page)


def test_every_operation_shape_block_and_event_has_a_place_and_no_place_is_named_twice(reference: str) -> None:
    found = anchors(reference)
    assert len(found) == len(set(found))
    assert {one["operationId"] for one in OPERATIONS} <= set(found)
    assert {f"block-{block.__struct_config__.tag}" for block in BLOCKS} <= set(found)
    shapes = {name for name in description()["components"]["schemas"] if not name.endswith("Selection")}
    assert {f"shape-{name}" for name in shapes} <= set(found)
    assert [event for event in EVENTS if f"<dt>{event}</dt>" not in reference] == []


def test_every_link_within_the_page_and_to_a_problem_leads_somewhere(reference: str) -> None:
    assert set(re.findall(r'href="#([^"]+)"', reference)) <= set(anchors(reference))
    named = set(re.findall(r'href="/api/v1/problems/([^/]+)/"', reference))
    assert named <= set(TYPES)
    assert len(named) > 15


def test_the_events_of_the_page_are_those_of_the_description() -> None:
    told = description()["components"]["schemas"]["Line"]["properties"]["event"]["description"]
    assert set(EVENTS) == set(re.findall(r"`(\w+)`", told))


def test_each_operation_has_its_line_for_curl_and_each_get_its_form(reference: str) -> None:
    assert reference.count('class="curl"') == len(OPERATIONS)
    gets = [one for methods in description()["paths"].values() for name, one in methods.items() if name == "get"]
    assert reference.count('<form class="try"') == len(gets)
    assert "curl 'http://testserver/api/v1/articles/?lang=en&limit=1&fields=title'" in unescape(reference)
    assert '-H "Authorization: Bearer $KEY"' in unescape(reference)


def test_the_page_runs_our_own_script_alone_and_a_304_says_so_too(client: Client) -> None:
    answer = client.get("/api/v1/docs/?lang=en")
    unchanged = client.get("/api/v1/docs/?lang=en", headers={"if-none-match": answer["ETag"]})
    assert unchanged.status_code == 304
    for one in (answer, unchanged):
        assert "script-src 'self'" in one["Content-Security-Policy"]
        assert "unsafe" not in one["Content-Security-Policy"]
    assert re.findall(r"<script[^>]*>", answer.content.decode()) == [
        '<script src="/static/articles/api/docs.js" defer>'
    ]
    assert "script-src" not in client.get("/api/v1/docs/licence/")["Content-Security-Policy"]


@pytest.mark.parametrize(("accepted", "language"), [("ru", "ru"), ("en-GB", "en"), ("fr", "ru")])
def test_the_language_is_negotiated_and_said(client: Client, accepted: str, language: str) -> None:
    answer = client.get("/api/v1/docs/", headers={"accept-language": accepted})
    assert answer["Content-Language"] == language
    assert answer["Content-Location"] == f"http://testserver/api/v1/docs/?lang={language}"
    assert "Accept-Language" in answer["Vary"]
    assert f'<html lang="{language}">' in answer.content.decode()


def test_a_russian_page_marks_what_is_english(client: Client) -> None:
    page = client.get("/api/v1/docs/?lang=ru").content.decode()
    assert '<div class="flow" lang="en">' in page
    assert '<article class="guide flow" lang="en">' in client.get("/api/v1/docs/licence/?lang=ru").content.decode()


def test_every_document_is_served_with_links_that_lead_somewhere(client: Client) -> None:
    found = guides.guides()
    assert found[0].name == "getting-started"
    assert {"licence", "changelog", "triage", "blocks", "conduct"} <= {one.name for one in found}
    for guide in found:
        answer = client.get(f"/api/v1/docs/{guide.name}/?lang=en")
        assert answer.status_code == 200, guide.name
        page = answer.content.decode()
        assert page.count("<h1>") == 1
        for target, anchor in re.findall(r'href="(/api/v1/docs/[^"#]+)#?([^"]*)"', page):
            led = client.get(target.replace("&amp;", "&"))
            assert led.status_code == 200, target
            assert not anchor or anchor in anchors(led.content.decode()), (guide.name, target, anchor)


def test_a_document_speaks_of_the_site_that_serves_it(client: Client) -> None:
    page = client.get("/api/v1/docs/getting-started/?lang=en").content.decode()
    assert "SITE=${SITE:-http://testserver}" in page
    assert "127.0.0.1" not in page


def test_the_client_is_served_as_text(client: Client) -> None:
    for program in guides.programs():
        answer = client.get(f"/api/v1/docs/client/{program.name}")
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content == program.read_bytes()


@pytest.mark.parametrize("path", ["nothing/", "README/", "client/nothing.py", "client/..%2fREADME.md", "try/nothing/"])
def test_what_is_not_there_is_a_problem_document(client: Client, path: str) -> None:
    answer = client.get(f"/api/v1/docs/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def tried(client: Client, operation: str, **values: str) -> HttpResponse:
    answer: HttpResponse = client.get(f"/api/v1/docs/try/{operation}/", values)
    return answer


def test_a_form_leads_to_the_address_without_what_was_left_empty(client: Client) -> None:
    led = tried(client, "articleDetail", item=ARTICLE, lang="en", fields="")
    assert (led.status_code, led["Location"]) == (303, f"/api/v1/articles/{ARTICLE}/?lang=en")
    assert led["Cache-Control"] == "no-store"


def test_what_was_typed_never_leads_off_the_site(client: Client) -> None:
    led = tried(client, "articleDetail", item="//evil.example/?x=#y", lang="en")
    assert led["Location"] == "/api/v1/articles/%2F%2Fevil.example%2F%3Fx%3D%23y/?lang=en"
    assert tried(client, "articleDetail", item="..")["Location"].startswith("/api/v1/articles/../")
    assert tried(client, "articleDetail", lang="en")["Location"] == "/api/v1/docs/#articleDetail"


def test_a_form_refuses_what_the_operation_does_not_know(client: Client) -> None:
    refused = tried(client, "articles", colour="red")
    assert refused.status_code == 400
    assert json.loads(refused.content)["errors"][0]["parameter"] == "colour"


def test_addresses_are_filled_and_what_is_empty_falls_away() -> None:
    assert filled("/a/{b}/{c}/", {"b": "1/2", "c": "ы", "d": "x y", "e": ""}) == "/a/1%2F2/%D1%8B/?d=x+y"


def test_the_html_of_an_example_reaches_and_runs_nothing() -> None:
    shown = safe(
        '<p onclick="x()">A<script>y()</script></p><img src="https://x/" alt="A &lt;calf&gt;"><a href="tel:1">1</a>'
    )
    assert shown == "<p>A</p><i>[A &amp;lt;calf&amp;gt;]</i>1"


def test_the_description_does_not_list_the_pages() -> None:
    assert not any(path.startswith("/api/v1/docs/") for path in description()["paths"])


def test_the_page_is_light_enough_for_a_telephone(client: Client) -> None:
    answer = client.get("/api/v1/docs/?lang=en", headers={"accept-encoding": "br"})
    assert len(answer.content) < 80_000
