"""How a page of the table is reached: by its address, or, of what has none, by the forms that lead there.

Whoever looks at pages for a test sends more forms than a reader may, so what was counted before is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from articles.answers import limits
from articles.canonical.languages import Language
from tests.pages import pressing
from tests.pages.table import Press, Row
from triage.pages.conversation import LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

FORM = "application/x-www-form-urlencoded"
_STATE = re.compile(rb'name="state" value="([^"]*)"')


@contextmanager
def open_questions() -> Iterator[None]:
    """Within the block questions are asked: those that doctors have signed, and the others as a demonstration."""
    with override_settings(TRIAGE_INTERACTIVE=True, TRIAGE_DEMONSTRATION=True):
        yield


def by_client(client: Client, row: Row, language: Language, **headers: str) -> HttpResponse:
    """Return the page as the test client gets it; these headers go with what is asked for last."""
    path = row.paths[language]
    answer: HttpResponse = client.get(path, headers={} if row.presses else headers)
    for press in row.presses:
        held = _STATE.search(answer.content)
        fields = [("state", held[1].decode() + press.broken)] if held else []
        fields += [("answer" if held else "country", tick) for tick in press.ticks]
        fields += press.fills.items()
        with _counted(press):
            body = urlencode([*fields, ("do", press.button)])
            sent = headers if press is row.presses[-1] else {}
            answer = client.post(path, body, content_type=FORM, headers=sent)
    return answer


def by_browser(tab: Page, site: str, row: Row, language: Language) -> Response:
    """Return what the browser got for the page that it shows now, from a site that this process serves."""
    return pressing.by_browser(tab, site, row, language, around=_counted)


@contextmanager
def _counted(press: Press) -> Iterator[None]:
    cache.clear()
    if press.is_too_often:
        for _ in range(limits.LIMITS[LIMIT].quota):
            limits.use(LIMIT, RequestFactory().post("/"))
    yield
    cache.clear()
