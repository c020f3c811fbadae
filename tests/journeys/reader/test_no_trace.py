"""What a reader leaves behind: nothing in the browser, nothing elsewhere, and the page runs nothing that could."""

import pytest
from playwright.sync_api import Browser

from tests.pages.reaching import by_browser
from tests.pages.table import CASES, Row

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.any_database]

KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": 0, "session": 0, "cookies": "", "databases": 0, "caches": 0, "workers": 0}
# Data for search engines is no program.
PROGRAMS = "[...document.scripts].filter(one => one.type !== 'application/ld+json').map(one => one.outerHTML)"
REQUESTS = 4
PICTURES = {"image"}
# To try the interface: tests/journeys/partners/test_trying.py looks at what its script does.
WITH_SCRIPT = "partners-reference"
ICON = "/favicon"


def test_no_page_asks_anybody_else_runs_or_keeps_anything_or_breaks_its_own_policy(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[tuple[str, str]] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append((request.resource_type, request.url)))
    # Examples name pictures whose files nobody has made.
    page.on("console", lambda line: None if "/media/" in line.location["url"] else said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    faults = {}
    for row, language in CASES:
        asked.clear()
        said.clear()
        by_browser(page, site, row, language)
        found = {
            "elsewhere": [url for _, url in asked if not url.startswith((site, "data:"))],
            # Pictures that belong to the text do not count, the icon does. Each form that leads to a page is one more,
            # and triage and the form for partners have a style sheet of their own.
            "requests": [url for kind, url in asked if kind not in PICTURES or ICON in url][_allowed(row) :],
            # A browser itself remarks that the page answered with an error.
            "said": [line for line in said if f"status of {row.status}" not in line],
            "programs": [] if row.name == WITH_SCRIPT else page.evaluate(PROGRAMS),
            "kept": {name: value for name, value in page.evaluate(KEPT).items() if NOTHING[name] != value},
        }
        if any(found.values()):
            faults[f"{row.name} {language}"] = {name: value for name, value in found.items() if value}
    assert faults == {}
    assert context.cookies() == []
    assert context.storage_state() == {"cookies": [], "origins": []}
    context.close()


def _allowed(row: Row) -> int:
    own = 1 if row.paths["ru"].startswith(("/ru/triage/", "/ru/partners/")) or row.name == WITH_SCRIPT else 0
    return (REQUESTS + own) * (len(row.presses) + 1)
