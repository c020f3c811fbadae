"""An editor adds a source and a quote, places the quote and publishes: by mouse, and again by keyboard alone.

Given an article that is live in both languages. When a quote in Russian is added, placed and published in Russian.
Then Russian readers see it, and English readers and partners are told that the English text is behind.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.content.texts import Article
from articles.editions.shelf import Change
from tests.factories.desk import an_article
from tests.factories.shelf import publish_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "В публикации сказано, что судорога проходит сама."
MOST_INTERACTIONS = 25


class Hand(ABC):
    """What a person does at the page, counted: a press, a field filled, a choice made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, target: Locator) -> None:
        self.count += 1
        self._press(target)

    def fill(self, target: Locator, text: str) -> None:
        self.count += 1
        self._fill(target, text)

    def choose(self, target: Locator, option: str) -> None:
        self.count += 1
        self._choose(target, option)

    @abstractmethod
    def _press(self, target: Locator) -> None: ...

    @abstractmethod
    def _fill(self, target: Locator, text: str) -> None: ...

    @abstractmethod
    def _choose(self, target: Locator, option: str) -> None: ...


class Mouse(Hand):
    def _press(self, target: Locator) -> None:
        target.click()

    def _fill(self, target: Locator, text: str) -> None:
        target.click()
        self.page.keyboard.type(text)

    def _choose(self, target: Locator, option: str) -> None:
        target.select_option(label=option)


class Keyboard(Hand):
    """Only keys. Every target must be reached with Tab, which is what proves that it can be reached."""

    def _press(self, target: Locator) -> None:
        self._reach(target)
        is_box = target.evaluate("element => element.matches('input[type=radio], input[type=checkbox]')")
        self.page.keyboard.press("Space" if is_box else "Enter")

    def _fill(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.page.keyboard.type(text)

    def _choose(self, target: Locator, option: str) -> None:
        self._reach(target)
        self.page.keyboard.type(option)

    def _reach(self, target: Locator) -> None:
        target.wait_for()
        for _ in range(300):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached with Tab")


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A browser in English that nobody has signed in with. A script or policy that fails, fails the journey."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-GB")
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def article(editor: User) -> Article:
    article = an_article("leg-cramps", title_en="Leg cramps")
    publish_article(article, by=editor)
    return article


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
def test_a_quote_goes_from_the_desk_to_readers_and_partners(
    page: Page, article: Article, editor: User, hand: type[Hand]
) -> None:
    lines_before = Change.objects.count()
    me = hand(page)

    page.goto("/admin/")
    sign_in(me, editor)
    add_a_source(me)
    add_a_quote_from_it(me)
    place_it(me)
    look_at_it(me)
    publish_in_russian(me)

    assert me.count <= MOST_INTERACTIONS
    page.goto("/ru/articles/leg-cramps-ru/")
    expect(page.get_by_text("В публикации сказано, что судорога проходит сама.")).to_be_visible()
    page.goto("/en/articles/leg-cramps/")
    expect(page.locator("main")).not_to_contain_text("судорога")
    assert states_for_partners(page, article)["en"] == "behind"
    new = Change.objects.filter(sequence__gt=lines_before).order_by("sequence").values_list("event", "language")
    assert list(new) == [("published", "ru"), ("language_state", "en")]


def sign_in(me: Hand, editor: User) -> None:
    me.fill(me.page.get_by_label("Username"), editor.username)
    me.fill(me.page.get_by_label("Password"), "correct horse battery")
    me.press(me.page.get_by_role("button", name="Log in"))


def add_a_source(me: Hand) -> None:
    me.press(me.page.get_by_role("link", name="New source"))
    me.choose(me.page.locator("#id_kind"), "news")
    me.fill(me.page.locator("#id_issued"), "2026-01-27")
    me.fill(me.page.locator("#id_publisher"), "Test News")
    save(me)


def add_a_quote_from_it(me: Hand) -> None:
    me.press(me.page.get_by_role("link", name="Add a quote"))
    me.choose(me.page.locator("#id_attribution"), "nobody is named")
    me.fill(me.page.locator("#id_text_ru"), WORDS)
    save(me)


def place_it(me: Hand) -> None:
    me.press(me.page.get_by_label("Sections").get_by_role("link", name="Articles"))
    me.press(me.page.get_by_role("link", name="Leg cramps"))
    expect(me.page.locator("#id_title_en")).to_have_value("Leg cramps")
    me.page.wait_for_load_state()
    me.press(me.page.locator(".desk-insert-button").last)
    me.press(me.page.get_by_role("button", name="Quote", exact=True).last)
    # The picker opens by itself and has the focus: typing and Enter are enough.
    me.count += 1
    me.page.keyboard.type("судорога")
    expect(me.page.locator(".select2-results__option--highlighted")).to_contain_text("судорога проходит сама")
    me.page.keyboard.press("Enter")


def look_at_it(me: Hand) -> None:
    me.press(me.page.get_by_role("group", name="Save and preview").get_by_role("button", name="Russian"))
    draft = me.page.frame_locator("iframe")
    expect(draft.get_by_text("судорога проходит сама")).to_be_visible()


def publish_in_russian(me: Hand) -> None:
    me.press(me.page.get_by_role("link", name="Publish…"))
    # Russian is ticked, English is not: none of its words has changed.
    expect(me.page.get_by_role("checkbox", name="Russian")).to_be_checked()
    expect(me.page.get_by_role("checkbox", name="English")).not_to_be_checked()
    me.press(me.page.locator("#class_ru").get_by_role("radio").first)
    me.fill(me.page.locator("#note_ru"), "Добавлено высказывание из публикации.")
    me.press(me.page.get_by_role("button", name="Publish what is ticked"))
    expect(me.page.locator(".messagelist")).to_contain_text("Published:")


def save(me: Hand) -> None:
    me.press(me.page.get_by_role("button", name="Save", exact=True))
    expect(me.page.locator(".messagelist")).to_contain_text("Saved")


def states_for_partners(page: Page, article: Article) -> dict[str, Any]:
    answer = page.request.get(f"/api/v1/articles/{article.pk}/?lang=en").json()
    return {text["language"]: text["state"] for text in answer["translations"]}
