"""Trying the interface on its page: without a script by plain forms, with it in place, and nothing is kept."""

import json
from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.documents import ARTICLE, an_english_document, heading, shelve
from tests.factories.partners import make_key, make_partner
from tests.journeys.reader.test_accessibility import LOOKS, TAGS, axe
from tests.journeys.reader.test_no_trace import KEPT, NOTHING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.any_database]


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    with override_settings(SITE_URL=live_server.url):
        shelve(an_english_document(heading("Cramps")), "en")
        yield live_server.url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


def opened(page: Page, site: str, operation: str) -> Page:
    """Show the form of an operation."""
    page.goto(f"{site}/api/v1/docs/?lang=en#{operation}")
    form(page, operation).locator("xpath=..").locator("summary").click()
    return page


def form(page: Page, operation: str):  # type: ignore[no-untyped-def]
    return page.locator(f'form[action="/api/v1/docs/try/{operation}/"]')


def test_a_form_opens_the_answer_where_no_script_runs(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context.new_page(), site, "articleDetail")
    assert not page.locator("#key").is_visible()
    form(page, "articleDetail").locator("[name=item]").fill(ARTICLE)
    form(page, "articleDetail").locator("[name=fields]").fill("")
    form(page, "articleDetail").locator("button").click()
    page.wait_for_url(f"**/api/v1/articles/{ARTICLE}/?lang=en")
    assert json.loads(page.locator("body").inner_text())["id"] == ARTICLE
    context.close()


def test_the_script_shows_status_headers_and_body_in_place(context: BrowserContext, site: str) -> None:
    page = opened(context.new_page(), site, "articleDetail")
    there = page.url
    form(page, "articleDetail").locator("[name=item]").fill(ARTICLE)
    form(page, "articleDetail").locator("button").click()
    outcome = page.locator(".outcome")
    expect(outcome).to_contain_text("Answer: 200 OK")
    expect(outcome).to_contain_text("content-type: application/json")
    expect(outcome.locator("pre").nth(2)).to_contain_text(f'"id": "{ARTICLE}"')
    assert page.url == there


def test_a_refusal_is_shown_like_every_answer(context: BrowserContext, site: str) -> None:
    page = opened(context.new_page(), site, "articles")
    form(page, "articles").locator("[name=limit]").fill("5000")
    form(page, "articles").locator("button").click()
    expect(page.locator(".outcome")).to_contain_text("Answer: 400")
    expect(page.locator(".outcome")).to_contain_text("invalid-parameter")


def test_a_key_goes_into_one_header_and_is_kept_nowhere(context: BrowserContext, site: str) -> None:
    _, key = make_key(make_partner())
    page = context.new_page()
    asked: list[tuple[str, dict[str, str]]] = []
    page.on("request", lambda request: asked.append((request.url, request.all_headers())))
    opened(page, site, "usageFigures")
    form(page, "usageFigures").locator("button").click()
    expect(page.locator(".outcome")).to_contain_text("Answer: 401")
    page.locator("#key-field").fill(key)
    form(page, "usageFigures").locator("button").click()
    expect(page.locator(".outcome")).to_contain_text("Answer: 200")

    showing = [url for url, headers in asked if headers.get("authorization") == f"Bearer {key}"]
    assert [url.partition("?")[0] for url in showing] == [f"{site}/api/v1/usage/"]
    assert not any(key in url for url, _ in asked)
    assert {name: value for name, value in page.evaluate(KEPT).items() if NOTHING[name] != value} == {}
    assert key not in page.content()
    # Neither a new page nor the way back brings it again.
    page.goto(f"{site}/api/v1/docs/licence/?lang=en")
    page.go_back()
    assert page.locator("#key-field").input_value() == ""
    assert context.storage_state() == {"cookies": [], "origins": []}


def test_nothing_runs_but_our_own_script_and_nothing_is_asked_of_anybody_else(
    context: BrowserContext, site: str
) -> None:
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text))
    page.goto(f"{site}/api/v1/docs/?lang=ru")
    scripts = page.evaluate("[...document.scripts].map(one => new URL(one.src).pathname)")
    assert len(scripts) == 1
    assert scripts[0].startswith("/static/articles/api/docs")
    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []


def test_what_is_folded_breaks_no_rule_of_accessibility_either(browser: Browser, site: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}/api/v1/docs/?lang=en")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    form(page, "articles").locator("button").click()
    expect(page.locator(".outcome")).to_contain_text("Answer: 200")
    page.evaluate(axe())
    scheme, width = LOOKS[1]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    # The whole page, folded, is in the table of pages; here a form, an example and a sample stand for all.
    parts = [["section:has(> #articles)"], ["section:has(> #protocolDecide)"], ["section:has(> #block-care_box)"]]
    run = "([parts, tags]) => axe.run({include: parts}, {runOnly: tags, resultTypes: ['violations', 'incomplete']})"
    found = page.evaluate(run, [parts, TAGS])
    told = [
        (rule["id"], node["html"][:200])
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()
