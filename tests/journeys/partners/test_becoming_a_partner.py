"""From a stranger's request to a key that opens: by keyboard on a telephone, then at the desk, then with the key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.partners.partner import Application
from tests.factories.applications import ASKED
from tests.factories.partners import bearing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIELDS = ("name", "website", "contact_name", "email", "safety_email", "purpose")


@pytest.fixture
def telephone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    cache.clear()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 375, "height": 700}, locale="en-GB")
    yield context.new_page()
    assert context.cookies() == []
    context.close()
    cache.clear()


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, administrator: User) -> Iterator[Page]:
    """The desk in English; a policy that is broken in the browser fails the test."""
    client = Client()
    client.force_login(administrator)
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    place = {"url": f"{live_server.url}/admin/"}
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context.add_cookies([session | place, {"name": "django_language", "value": "en"} | place])
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []


def fill_in_by_keyboard(page: Page, **typed: str) -> None:
    page.locator("#name").focus()
    for name in FIELDS:
        assert page.evaluate("document.activeElement.name") == name
        page.keyboard.press("Control+A")
        page.keyboard.type(typed[name])
        page.keyboard.press("Tab")


def test_a_request_becomes_a_key_that_opens(telephone: Page, desk: Page) -> None:
    telephone.goto("/en/partners/")
    fill_in_by_keyboard(telephone, **{name: ASKED[name] for name in FIELDS} | {"email": "no address"})
    assert telephone.evaluate("document.activeElement.name") == "kinds"
    telephone.keyboard.press("Space")
    telephone.locator("button[value=ask]").press("Enter")

    fault = telephone.get_by_role("alert").get_by_role("link")
    expect(fault).to_have_count(1)
    fault.press("Enter")
    expect(telephone.locator("#email")).to_have_value("no address")
    expect(telephone.locator("#purpose")).to_have_value(ASKED["purpose"])
    expect(telephone.locator("[name=kinds][value=article]")).to_be_checked()
    telephone.locator("#email").fill(ASKED["email"])
    telephone.locator("#email").press("Enter")
    expect(telephone.get_by_role("heading", level=1)).to_have_text("Thank you, we have your request")

    desk.goto("/admin/")
    desk.get_by_role("link", name=ASKED["name"]).click()
    desk.get_by_label("Issue the first key at once").check()
    desk.get_by_role("button", name="Admit").press("Enter")
    text = desk.get_by_label("Key", exact=True).input_value()
    desk.get_by_role("link", name="I have copied it").click()

    expect(desk.get_by_text("Admitted as a partner")).to_be_visible()
    expect(desk.get_by_text(text)).to_have_count(0)
    assert Application.objects.get().state == Application.State.APPROVED
    assert Client().get("/api/v1/articles/", **bearing(text)).status_code == 200
