"""What journeys at the desk begin with: a browser in which an editor has signed in."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    """The desk in English, signed in. A script or policy that fails in the browser fails the test."""
    client = Client()
    client.force_login(editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1400, "height": 1000})
    place = {"url": f"{live_server.url}/admin/"}
    context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, **place},
            {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", **place},
        ]
    )
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []
