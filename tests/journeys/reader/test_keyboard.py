"""A reader without a mouse: every stop can be seen, none holds back, and every way leads there and back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from articles.canonical.languages import LANGUAGES, Language
from tests.pages.table import path

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.any_database]

STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  one.dataset.stop ??= ++window.stops || (window.stops = 1);
  return {
    number: Number(one.dataset.stop), html: one.outerHTML.slice(0, 120),
    ring: style.outlineStyle === 'solid' ? parseFloat(style.outlineWidth) : 0,
    halo: style.boxShadow !== 'none',
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
FOCUSABLE = (
    "document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, [tabindex=\"0\"]').length"
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    # Whoever walks with the keyboard is where the focus is at once.
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stop_of_an_article_can_be_seen_and_the_walk_ends(page: Page, site: str, language: Language) -> None:
    page.goto(site + path("article", language))
    stops = []
    for _ in range(page.evaluate(FOCUSABLE)):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))

    assert [stop for stop in stops if not stop or stop["ring"] < 3 or not stop["halo"] or not stop["shown"]] == []
    # In the order of the document, each once: nothing takes the focus away or keeps it.
    assert [stop["number"] for stop in stops] == list(range(1, len(stops) + 1))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body")


def test_a_keyboard_reaches_the_text_first_and_then_every_source_and_back(page: Page, site: str) -> None:
    page.goto(site + path("article", "en"))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to main content"
    assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")

    mark = page.locator("sup a").first
    mark.focus()
    page.keyboard.press("Enter")
    source = mark.get_attribute("href")
    page.wait_for_url(f"**{source}")
    page.locator(f"{source} .ways a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{mark.get_attribute('id')}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_link_leads_to_the_same_page_and_back(page: Page, site: str, language: Language) -> None:
    other = next(code for code in LANGUAGES if code != language)
    page.goto(site + path("article", language))
    page.locator("a.lang").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(site + path("article", other))
    page.locator("a.lang").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(site + path("article", language))


@pytest.mark.parametrize(("language", "query"), [("ru", "судорога"), ("en", "cramp")])
def test_a_keyboard_searches_from_any_page_and_opens_a_result(
    page: Page, site: str, language: Language, query: str
) -> None:
    page.goto(site + path("article", language))
    field = page.locator("header [name=q], header a[href$='/search/']").first
    field.focus()
    if field.evaluate("one => one.tagName") == "A":
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/")
        page.locator("main [name=q]").focus()
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?*q=*")
    assert page.locator("main [name=q]").input_value() == query
    result = page.locator("main :is(h2, h3) a").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if result.evaluate("one => one === document.activeElement"):
            break
    address = result.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.go_back()
    assert page.locator("main [name=q]").input_value() == query
