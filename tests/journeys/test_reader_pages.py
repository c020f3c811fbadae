"""A reader with a phone, a keyboard, a dark room or a printer opens every kind of page."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid5

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from articles.canonical.languages import Language
from articles.editions.document import ArticleDocument
from articles.editions.kinds import kind
from tests.factories.documents import (
    NAMESPACE_URL,
    a_document,
    a_news_source,
    a_person,
    agreed,
    an_english_document,
    an_id,
    heading,
    shelve,
    text,
    withdraw,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXAMPLES = Path(__file__).parents[1] / "examples" / "documents"
RU, EN = "/ru/articles/vsyo-srazu/", "/en/articles/everything-at-once/"
PAGES = [
    RU,
    EN,
    "/en/articles/behind/",
    "/ru/",
    "/en/",
    f"{RU}handout/",
    f"{EN}handout/both/",
    "/en/articles/behind/handout/",
    "/ru/articles/vperedi/handout/both/",
    "/ru/articles/tolko-po-russki/handout/both/",
    "/ru/articles/",
    "/ru/articles/snyata/",
    "/en/articles/tolko-po-russki/",
    "/en/articles/nothing/",
    *(f"/{code}/{place}/" for code in ("ru", "en") for place in ("faq", "people", "glossary", "sources", "about")),
    *(f"/ru/{place}/" for place in ("faq/eto-opasno", "people/anna-proverochnaya", "topics/myshtsy", "about/kto-my")),
]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def everything(language: Language) -> ArticleDocument:
    """All curated examples of a language in one article: one section each."""
    make = a_document if language == "ru" else an_english_document
    slug = RU if language == "ru" else EN
    blocks, sources = [], {a_news_source().id: a_news_source()}
    for example in sorted(EXAMPLES.glob(f"*.{language}.json")):
        document = msgspec.json.decode(example.read_bytes(), type=ArticleDocument)
        # English words on the Russian page too: file names are what a section is about here.
        blocks.append(heading(example.stem.partition(".")[0]))
        for block in document.blocks:
            blocks.append(msgspec.structs.replace(block, id=str(uuid5(NAMESPACE_URL, example.name + block.id))))
        sources |= {source.id: source for source in document.sources}
    return make(*blocks, sources=sources.values(), slug=slug.split("/")[3])


@pytest.fixture(autouse=True)
def shelf(transactional_db: None) -> None:
    """One page in each state."""
    shelve(everything("ru"), item=an_id("everything"))
    shelve(everything("en"), "en", item=an_id("everything"), translation_of=agreed(everything("ru")))
    before = a_document(heading("Что это", name="h"), text("Слова.", name="t"), slug="vperedi")
    shelve(before, item=an_id("behind"))
    translation = an_english_document(heading("What it is", name="h"), text("Words.", name="t"), slug="behind")
    shelve(translation, "en", item=an_id("behind"), translation_of=agreed(before))
    after = a_document(
        heading("Что это", name="h"), text("Иначе.", name="t"), text("И ещё.", name="t2"), slug="vperedi"
    )
    shelve(after, item=an_id("behind"), change="safety", note="Добавили опасный признак.")
    shelve(a_document(heading("x"), slug="snyata"), item=an_id("gone"))
    withdraw(an_id("gone"))
    shelve(a_document(heading("x"), slug="tolko-po-russki"), item=an_id("only"))
    for example in sorted((EXAMPLES.parent / "items").glob("*.json")):
        name, language = example.name.split(".")[:2]
        if name != "expert-participates":
            held = json.loads(example.read_text())
            item = {"expert-quoted": a_person().id, "faq": an_id("question"), "topic": an_id("topic")}
            document = msgspec.convert(held, kind(held["kind"]).document)
            shelve(document, language, item=item.get(name, an_id(name)))  # type: ignore[arg-type]


@pytest.fixture(params=[("light", 1280), ("dark", 375)], ids=lambda value: f"{value[0]}-{value[1]}")
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    scheme, width = request.param
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    yield context
    context.close()


def test_no_page_breaks_a_rule_of_accessibility(context: BrowserContext, live_server: LiveServer) -> None:
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(live_server.url + path)
        violations = Axe().run(page, options=AXE).response["violations"]
        found[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]

    assert {path: rules for path, rules in found.items() if rules} == {}


def test_a_page_speaks_to_nobody_else_keeps_nothing_and_runs_nothing(
    context: BrowserContext, live_server: LiveServer
) -> None:
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(live_server.url + RU)

    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert len(asked) <= 4
    assert said == []
    assert context.cookies() == []
    assert page.evaluate("document.scripts.length") == 0
    assert json.loads(page.evaluate("JSON.stringify([localStorage.length, sessionStorage.length])")) == [0, 0]


def test_nothing_runs_out_of_a_narrow_screen_even_with_wide_spacing(browser: Browser, live_server: LiveServer) -> None:
    """WCAG 1.4.10 (320 CSS pixels) and 1.4.12 (text spacing)."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page = context.new_page()
    for path in PAGES:
        page.goto(live_server.url + path)
        page.add_style_tag(
            content="*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
            "p{margin-block-end:2em!important}"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_a_keyboard_reaches_the_text_first_and_then_every_source_and_back(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(live_server.url + EN)
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
    context.close()


def test_paper_has_the_text_the_warning_and_the_addresses_of_sources(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(live_server.url + RU)
    page.emulate_media(media="print", color_scheme="dark")

    assert not page.locator(".toc").is_visible()
    assert not page.locator(".lang").is_visible()
    assert page.get_by_text("Врач этот текст ещё не проверил").is_visible()
    assert page.locator(".sos").is_visible()
    after = "getComputedStyle(document.querySelector('.sources a[href^=http]'), '::after').content"
    assert "https://doi.org/" in page.evaluate(after)
    context.close()


def test_the_language_link_leads_to_the_same_page_and_back(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + RU)
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(live_server.url + EN)
    page.get_by_role("link", name="Русский", exact=True).click()
    page.wait_for_url(live_server.url + RU)
