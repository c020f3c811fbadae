"""The desk can be used with a screen reader and a keyboard, in Russian, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.desk import a_quote, a_source, an_article, place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(params=["light", "dark"])
def desk(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    client = Client()
    client.force_login(editor)
    context = browser.new_context(base_url=live_server.url, color_scheme=request.param)
    place = {"url": f"{live_server.url}/admin/"}
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    language = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "ru", **place}
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, **place}, language])
    yield context.new_page()
    context.close()


def _faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [(fault["id"], node["html"][:120]) for fault in found for node in fault["nodes"]]


def test_the_form_of_an_article_with_its_blocks_open(desk: Page) -> None:
    article = an_article()
    place(article, a_quote())
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.locator("[data-open-all]").click()
    expect(desk.locator(".ProseMirror")).to_have_count(2)
    assert _faults(desk) == []
    desk.locator(".desk-editor [data-act=citation]").first.click()
    desk.keyboard.type("sample")
    expect(desk.locator(".desk-options li").first).to_be_visible()
    assert _faults(desk) == []


@pytest.mark.parametrize("kind", ["article", "quote", "source", "expert", "organisation"])
def test_the_forms_for_new_objects(desk: Page, kind: str) -> None:
    desk.goto(f"/admin/articles/{kind}/add/")
    assert _faults(desk) == []


def test_both_texts_after_a_second_save_and_the_versions(desk: Page) -> None:
    source = a_source()
    desk.goto(f"/admin/articles/source/{source.pk}/change/")
    desk.locator("#id_title").fill("First")
    desk.locator("button[name=_continue]").click()
    expect(desk.locator(".messagelist")).to_be_visible()
    desk.locator("#id_title").fill("Mine")
    type(source).objects.update(title="Theirs", version=9)
    desk.locator("button[name=_continue]").click()
    expect(desk.locator(".desk-difference")).to_be_visible()
    assert _faults(desk) == []
    desk.goto(f"/admin/articles/source/{source.pk}/history/")
    assert _faults(desk) == []
    desk.goto(f"/admin/articles/source/{source.pk}/history/2/")
    assert _faults(desk) == []
