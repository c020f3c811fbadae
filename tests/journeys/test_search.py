"""A reader looks for something: by keyboard, with a slip, in danger, in the other language."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.documents import a_document, an_english_document, an_id, heading, shelve, text
from tests.factories.documents_of_kinds import a_faq, a_term, a_topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Nothing asked, found, mended, in danger, nothing found, only in English, a long word.
QUERIES = ["", "судорога", "эпилепися", "не могу дышать", "ипотека", "rowing", "ж" * 200]
# Without `resultTypes` axe also describes every place where nothing is wrong, which takes it longer than judging.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(autouse=True)
def shelf(transactional_db: None) -> None:
    shelve(a_document(heading("Что делать"), text("Судорога проходит сама."), title="Судороги в ногах"))
    shelve(a_faq(title="Это эпилепсия?", summary="Обычная судорога — не эпилепсия."), item=an_id("epilepsy"))
    shelve(a_term("Судорога"), item=an_id("cramp"))
    shelve(a_topic(), item=an_id("topic"))
    shelve(an_english_document(heading("Rowing"), title="A rowing machine", slug="rowing"), "en", item=an_id("rowing"))


@pytest.fixture(params=[("light", 1280), ("dark", 320)], ids=lambda value: f"{value[0]}-{value[1]}")
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    scheme, width = request.param
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    yield context
    context.close()


def test_no_answer_breaks_a_rule_of_accessibility_or_runs_out_of_the_screen(
    context: BrowserContext, live_server: LiveServer
) -> None:
    page = context.new_page()
    found = {}
    for query in QUERIES:
        page.goto(f"{live_server.url}/ru/search/?q={query}")
        violations = Axe().run(page, options=AXE).response["violations"]
        found[query] = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), query

    assert {query: rules for query, rules in found.items() if rules} == {}


def test_a_keyboard_alone_leads_from_the_field_to_the_text(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/ru/search/")
    _tab_to(page, "q")
    page.keyboard.type("эпилепися")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=2).first).to_contain_text("эпилепсия")
    expect(page.get_by_label("Что вы хотите узнать?")).to_have_value("эпилепися")
    page.get_by_role("link", name="Это эпилепсия?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Это эпилепсия?")


def test_what_was_asked_leaves_nothing_in_the_browser_and_tells_the_next_page_nothing(
    context: BrowserContext, live_server: LiveServer
) -> None:
    page = context.new_page()
    told: list[str] = []
    page.on("request", lambda request: told.append(request.headers.get("referer", "")))
    page.goto(f"{live_server.url}/ru/search/?q=судорога")
    told.clear()
    page.get_by_role("link", name="Судороги в ногах").click()
    page.wait_for_load_state()

    assert told
    assert [address for address in told if "q=" in address] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_whoever_is_in_danger_reads_the_numbers_first(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/ru/search/?q=не могу дышать")

    number = page.get_by_role("main").get_by_role("link", name="103").bounding_box()
    field = page.get_by_label("Что вы хотите узнать?").bounding_box()
    assert number
    assert field
    assert number["y"] < field["y"]


def _tab_to(page: Page, id: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == id:
            return
    pytest.fail(f"twenty steps do not lead to {id}")
