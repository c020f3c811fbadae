"""From the first question to every outcome without a mouse and without JavaScript, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.triage import BENIGN, LEADING, bundled
from tests.pages.table import path
from tests.triage.pages.walking import title
from triage.engine.protocol import LEVELS

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.any_database]

FOCUSED = "[document.activeElement.name ?? '', document.activeElement.value ?? '', document.activeElement.type ?? '']"
NUMBERS = {"ru": "999 или 112", "en": "999 or 112"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=False, reduced_motion="reduce", viewport={"width": 375, "height": 667}
    )
    yield context.new_page()
    context.close()


def to(page: Page, name: str, value: str) -> None:
    """Walk with Tab, among radio buttons with the arrows, to a field or button."""
    for _ in range(80):
        held = page.evaluate(FOCUSED)
        if held[:2] == [name, value]:
            return
        page.keyboard.press("ArrowDown" if held[0] == name and held[2] == "radio" else "Tab")
    raise AssertionError(f"no way to {name} {value}")


def mark(page: Page, name: str, value: str) -> None:
    to(page, name, value)
    if not page.locator(":focus").is_checked():
        page.keyboard.press("Space")


def press(page: Page, value: str) -> None:
    to(page, "do", value)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def asked(page: Page, language: Language) -> str:
    """The id of the question on the screen, empty at the outcome."""
    if not page.locator("legend h1").count():
        return ""
    words = page.locator("legend h1").inner_text().replace("\u00a0", " ")
    return next(one.id for one in bundled(language).questions if one.text.replace("\u00a0", " ") == words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_keyboard_comes_to_every_outcome_and_changes_an_answer(
    page: Page, site: str, level: str, language: Language
) -> None:
    address = site + path("triage", language)
    page.goto(address)
    mark(page, "country", "GB")
    press(page, "start")
    given = {**BENIGN, **LEADING[level]}
    seen = []
    while question := asked(page, language):
        seen.append(question)
        assert page.locator(".call a").all_inner_texts() == ["999", "112"]
        for option in given[question]:
            mark(page, "answer", option)
        press(page, "next")
    assert seen[0] == "danger"
    # No question and no outcome has an address, so none is in the history or in a log.
    assert page.url == address
    assert " ".join(page.locator("h1").inner_text().split()) == title(level, language, NUMBERS[language])

    press(page, "change:danger")
    assert asked(page, language) == "danger"
    assert page.locator("input:checked").get_attribute("value") == "none"
    to(page, "answer", "none")
    page.keyboard.press("Space")
    mark(page, "answer", "breath")
    press(page, "next")
    assert " ".join(page.locator("h1").inner_text().split()) == title("emergency", language, NUMBERS[language])
    assert page.locator(".verdict a.btn").first.get_attribute("href") == "tel:999"


def test_a_keyboard_is_led_from_a_mistake_to_the_first_answer_and_back_to_the_question_before(
    page: Page, site: str
) -> None:
    page.goto(site + path("triage", "ru"))
    press(page, "start")
    mark(page, "answer", "none")
    press(page, "next")
    press(page, "next")
    assert page.title().startswith("Ошибка: Вопрос 2")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "#a1":
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[:2] == ["answer", page.locator("#a2").get_attribute("value")] or page.evaluate(
        "document.activeElement.id"
    ) in {"a1", "a2"}
    press(page, "back")
    assert asked(page, "ru") == "danger"
    assert page.locator("input:checked").get_attribute("value") == "none"


def test_enter_in_an_answer_goes_on_and_never_back(page: Page, site: str) -> None:
    page.goto(site + path("triage", "en"))
    press(page, "start")
    mark(page, "answer", "none")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert asked(page, "en") == "leg"
