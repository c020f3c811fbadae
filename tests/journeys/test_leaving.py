"""What every other journey relies on: when the database is emptied, no page sends and no server answers any more."""

from __future__ import annotations

import socket

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editorial.scratch import ScratchCopy
from tests.factories.desk import an_article
from tests.services.leaving import is_at_work, wait_until_quiet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.browser
def test_a_page_that_is_closed_with_its_browser_sends_nothing_more(desk: Page) -> None:
    # Time stands still for the page, so what is typed is not kept before it is closed.
    desk.clock.install(time=0)
    desk.clock.pause_at(1)
    desk.goto(f"/admin/articles/article/{an_article().pk}/change/")
    desk.locator("#id_title_en").fill("Typed, and sent when the page goes")
    expect(desk.locator("#id_title_en")).to_have_value("Typed, and sent when the page goes")
    desk.context.close()
    wait_until_quiet()
    assert ScratchCopy.objects.count() == 0


def test_a_server_is_quiet_when_each_request_is_answered_to_its_end(live_server: LiveServer) -> None:
    with socket.create_connection((live_server.thread.host, live_server.thread.port)) as sending:
        sending.sendall(b"GET /health/live HTTP/1.1\r\n")
        for _look in range(100):
            assert is_at_work()
        sending.sendall(b"Host: 127.0.0.1\r\n\r\n")
        assert sending.recv(1024).startswith(b"HTTP/1.1 200")
        wait_until_quiet()
        sending.sendall(b"GET /health/live HTTP/1.1\r\n")
        for _look in range(100):
            assert is_at_work()
    wait_until_quiet()
