"""`make pictures`: every kind and state of page in both languages, for telephone and desk, light, dark and on paper.

Of what the bundle has, its own pages are taken; of the other states those of the curated examples.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from articles.canonical.languages import LANGUAGES
from tests.pages.pressing import by_browser
from tests.pages.sites import QUIET, ROOT, bundled_site, site_of_states
from tests.pages.table import PAGES, Row
from tests.services.finding import SERVICES, chromium_program

PICTURES = ROOT / "var" / "pictures"

# Name of a look, width of the window, and what is emulated.
LOOKS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("phone-light", 375, {"media": "screen", "color_scheme": "light"}),
    ("phone-dark", 375, {"media": "screen", "color_scheme": "dark"}),
    ("desk-light", 1280, {"media": "screen", "color_scheme": "light"}),
    ("desk-dark", 1280, {"media": "screen", "color_scheme": "dark"}),
    # A4 less its margins, at 96 dots an inch.
    ("paper", 665, {"media": "print", "color_scheme": "light"}),
)


def take(page: Page, site: str, rows: list[Row], path: Callable[[Row, Any], str]) -> int:
    """Take the pictures of these rows and return how many."""
    taken = 0
    for number, row in enumerate(rows):
        # Each row is somebody else, so that nobody sends more forms than one may.
        page.set_extra_http_headers({"X-Forwarded-For": f"10.0.0.{number}"})
        for language in LANGUAGES:
            for look, width, media in LOOKS:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(**media)
                if row.presses and look == LOOKS[0][0]:
                    by_browser(page, site, row, language)
                elif not row.presses:
                    page.goto(site + path(row, language))
                page.screenshot(
                    path=PICTURES / f"{row.name}-{language}-{look}.png", full_page=True, animations="disabled"
                )
                taken += 1
        print(row.name, flush=True)
    return taken


def main() -> int:
    """Take every picture; return 2 where there is no browser."""
    program = chromium_program()
    if program is None:
        print(SERVICES["browser"].sentence, file=sys.stderr)
        return 2
    # One server of our own stands in front: the browser, which says who asks. Questions are open.
    os.environ |= {"PROXIES": "1", "TRIAGE_INTERACTIVE": "1", "TRIAGE_DEMONSTRATION": "1"}
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    # What comes too often is counted in the process that serves, which is another one.
    shown = [row for row in PAGES if not any(press.is_too_often for press in row.presses)]
    bundled = [row for row in shown if row.bundled]
    others = [row for row in shown if not row.bundled]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        page = browser.new_page()
        with bundled_site() as site:
            taken = take(page, site, bundled, lambda row, language: row.bundled[language])
        with site_of_states() as site:
            taken += take(page, site, others, lambda row, language: row.paths[language])
        browser.close()
    print(f"{taken} pictures in {PICTURES.relative_to(Path.cwd())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
