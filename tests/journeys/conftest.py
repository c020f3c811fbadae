"""What journeys at the desk begin with: a browser in which an editor has signed in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

SignIn = Callable[[User], Page]


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer) -> Iterator[SignIn]:
    """Open the desk in English for an account, in a browser of its own.

    A script or policy that fails in the browser fails the test.
    """
    with ExitStack() as stack:
        yield lambda account: stack.enter_context(_browser(browser, live_server, _session_of(account)))


@pytest.fixture
def stranger(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[], Page]]:
    """Open a browser in English in which nobody has signed in; the same faults fail the test."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(_browser(browser, live_server, {}))


@pytest.fixture
def desk(sign_in: SignIn, editor: User) -> Page:
    """The desk in English, signed in as an editor."""
    return sign_in(editor)


def _session_of(account: User) -> dict[str, str]:
    client = Client()
    client.force_login(account)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@contextmanager
def _browser(browser: Browser, live_server: LiveServer, cookies: dict[str, str]) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1400, "height": 1000})
    place = {"url": f"{live_server.url}/admin/"}
    said = {**cookies, settings.LANGUAGE_COOKIE_NAME: "en"}
    context.add_cookies([{"name": name, "value": value, **place} for name, value in said.items()])
    faults: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)

    context.on("page", watch)
    yield context.new_page()
    # What a page complains of while it is cut off is no fault of its own.
    found = list(faults)
    context.close()
    assert found == []
