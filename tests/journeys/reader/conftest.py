"""One site with every page for all journeys of a module, and one tab: pages do not depend on who looked before.

A module says `django_db`, so that there is a database for tests; its tests only read.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.pages.reaching import open_questions
from tests.pages.shelf import fill


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of the site."""
    with django_db_blocker.unblock(), open_questions():
        fill()
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        TransactionTestCase("__init__")._fixture_teardown()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab into which a test may put styles of its own."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()
