"""Every kind and state of page × both languages, judged by axe-core.

Colours depend on the theme alone and the layout on the width alone, so two runs meet every theme and both layouts:
light and wide, dark and narrow. What lies between is the layout test's (`test_layout.py`).

A page of thousands of elements is the same few repeated, and axe takes half a minute for it: there each language is met
in one of the looks.
"""

from functools import cache
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from articles.canonical.languages import LANGUAGES, Language
from tests.pages.reaching import by_browser
from tests.pages.table import CASES, NAMES, Row
from tests.services.finding import web_tools

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.any_database]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", 1280), ("dark", 320)]
LONG = 10_000

# What axe cannot decide, and why it is right all the same. Anything else that it cannot decide fails the test.
UNDECIDED: dict[str, str] = {}

STRUCTURE = """() => ({
  headings: document.querySelectorAll('h1').length,
  banners: document.querySelectorAll('body > header').length,
  mains: document.querySelectorAll('main').length,
  feet: document.querySelectorAll('body > footer').length,
  language: document.documentElement.lang,
  title: document.title.length > 0,
})"""


@cache
def axe() -> str:
    """The newer axe-core of the web tools; without them the one that comes with the test's library."""
    tools = web_tools()
    bundled = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    return (Path(tools) / "axe-core" / "axe.min.js" if tools else bundled).read_text()


@pytest.mark.parametrize(("row", "language"), CASES, ids=NAMES)
def test_no_page_breaks_a_rule_of_accessibility(tab: Page, site: str, row: Row, language: Language) -> None:
    answer = by_browser(tab, site, row, language)
    assert answer.status == row.status
    ends = 0 if row.is_sheet else 1
    assert tab.evaluate(STRUCTURE) == {
        "headings": 1, "banners": ends, "mains": 1, "feet": ends, "language": language, "title": True,
    }  # fmt: skip
    tab.evaluate(axe())
    is_long = tab.evaluate("document.querySelectorAll('*').length") > LONG
    for scheme, width in [LOOKS[LANGUAGES.index(language)]] if is_long else LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = tab.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations', 'incomplete']})", TAGS)
        assert _told(found["violations"]) == []
        assert [one for one in _told(found["incomplete"]) if one[0] not in UNDECIDED] == []


def test_the_rule_on_sizes_of_targets_is_among_those_that_judge(tab: Page, site: str) -> None:
    tab.goto(site + CASES[0][0].paths["ru"])
    tab.evaluate(axe())
    found = tab.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    assert {"target-size", "color-contrast", "region", "label"} <= {
        rule["id"] for kind in ("passes", "inapplicable", "incomplete") for rule in found[kind]
    }


def _told(rules: list[dict[str, list[dict[str, str]]]]) -> list[tuple[object, str, str]]:
    return [(rule["id"], node["html"], node.get("failureSummary", "")) for rule in rules for node in rule["nodes"]]
