"""A doctor prints a text and hands it out; somebody at home, at night, needs to know what to do now."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles.editions.blocks import CareBoxBlock, StepsBlock
from articles.editions.parts import CareBox, CareService
from tests.factories.documents import (
    a_document,
    a_source,
    agreed,
    an_english_document,
    an_id,
    cite,
    heading,
    said,
    shelve,
    text,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RU = "/ru/articles/sudorogi-v-testah/"
A4 = {"width": 680, "height": 1000}  # what is left of A4 between the margins, at 96 dots an inch


def card(title: str) -> CareBoxBlock:
    service = CareService(an_id("103"), "Скорая", "103", "RU", "emergency", "в России")
    box = CareBox(an_id("box"), "emergency", title, ["боль в груди"], "", [service], [])
    return CareBoxBlock(id=an_id("card"), required=True, box=box)


def steps(words: str) -> StepsBlock:
    body = [{"type": "list", "ordered": True, "items": [[said(words)]]}]
    return StepsBlock(id=an_id("steps"), required=True, body=body, title="")


@pytest.fixture(autouse=True)
def shelf(transactional_db: None) -> None:
    source = a_source("one", doi="10.1/one")
    cited = text(said("Слова.", cite(source)), name="t")
    original = a_document(
        heading("Сейчас", name="h"), steps("Потяните."), cited, card("Звоните, если"), sources=[source]
    )
    english = [heading("Now", name="h"), steps("Pull."), text(said("Words.", cite(source)), name="t"), card("Call if")]
    shelve(original)
    shelve(an_english_document(*english, sources=[source]), "en", translation_of=agreed(original))


@pytest.fixture
def paper(browser: Browser) -> Iterator[Page]:
    """A page as a printer of a reader with a dark screen gets it."""
    context = browser.new_context(color_scheme="dark", viewport=A4)
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    context.close()


def test_a_phone_at_night_is_two_touches_from_the_first_step(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(f"{live_server.url}/ru/")
    link = page.get_by_role("link", name="Сейчас")
    box = link.bounding_box()

    assert box
    assert box["y"] < 812
    link.click()
    page.wait_for_url(f"**{RU}#*")
    assert page.get_by_text("Потяните.").is_visible()
    context.close()


def test_the_search_of_the_header_can_be_hit_with_a_thumb(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto(live_server.url + RU)
    box = page.get_by_role("link", name="Поиск", exact=True).bounding_box()

    assert box
    assert min(box["width"], box["height"]) >= 44
    context.close()


def test_a_word_typed_on_the_home_page_is_asked_of_the_search(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/ru/")
    page.get_by_label("Что вы хотите узнать?").fill("судорога")
    page.keyboard.press("Enter")

    page.wait_for_url("**/ru/search/?q=*")
    context.close()


def test_a_printed_article_says_where_its_copy_can_be_checked_and_leads_nowhere(
    paper: Page, live_server: LiveServer
) -> None:
    paper.goto(live_server.url + RU)

    assert paper.get_by_text("/ru/verify/?digest=").is_visible()
    assert not paper.get_by_role("link", name="Для печати").is_visible()
    assert not paper.get_by_role("link", name="Поиск").is_visible()
    assert paper.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_a_sheet_begins_with_the_danger_and_ends_with_its_code(paper: Page, live_server: LiveServer) -> None:
    paper.goto(f"{live_server.url}{RU}handout/")
    danger, words, code = (
        paper.locator(place).first.bounding_box() for place in (".card.l4", ".prose", "svg[role=img]")
    )

    assert danger
    assert words
    assert code
    assert danger["y"] < words["y"] < code["y"]
    assert code["width"] >= 90
    assert not paper.get_by_role("link", name="Вернуться к тексту").is_visible()


def test_both_languages_stand_side_by_side_on_paper_and_one_below_the_other_on_a_phone(
    paper: Page, live_server: LiveServer
) -> None:
    paper.goto(f"{live_server.url}{RU}handout/both/")
    places = (paper.locator("h2", has_text=words).first for words in ("Сейчас", "Now"))
    left, right = (place.bounding_box() for place in places)
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] < right["x"]

    paper.emulate_media(media="screen")
    paper.set_viewport_size({"width": 320, "height": 700})

    above = paper.locator("h2", has_text="Сейчас").first.bounding_box()
    below = paper.locator("h2", has_text="Now").first.bounding_box()
    assert above
    assert below
    assert above["x"] == below["x"]
    assert above["y"] < below["y"]


def test_a_sheet_becomes_pages_of_a4(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}{RU}handout/both/")
    printed = page.pdf(prefer_css_page_size=True)

    assert printed.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in printed or b"/MediaBox [0 0 595" in printed
    context.close()
