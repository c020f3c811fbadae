"""A browser on its way to a page of the table, by address and buttons. Without Django: the site may be elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from articles.canonical.languages import Language
from tests.pages.table import Press, Row

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

# What is too often is counted by the minute, and the minute may end in between.
_TRIES = 3


def by_browser(
    tab: Page,
    site: str,
    row: Row,
    language: Language,
    *,
    around: Callable[[Press], AbstractContextManager[None]] = lambda press: nullcontext(),
) -> Response:
    """Return what the browser got for the page that it shows now; `around` is entered for each button."""
    for _ in range(_TRIES):
        answer = tab.goto(site + row.paths[language])
        for press in row.presses:
            for tick in press.ticks:
                tab.locator(f'input[value="{tick}"]').check()
            for name, words in press.fills.items():
                tab.locator(f"[name={name}]").fill(words)
            for state in tab.locator("input[name=state]").all():
                state.evaluate("(one, more) => { one.value += more }", press.broken)
            with around(press), tab.expect_navigation() as gone:
                tab.locator(f'button[value="{press.button}"]').first.click()
            answer = gone.value
        assert answer is not None
        if answer.status == row.status:
            break
    return answer
