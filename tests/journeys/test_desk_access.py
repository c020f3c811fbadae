"""The desk can be used with a screen reader and a keyboard, in Russian, in light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.admin.press import addresses
from articles.content.aggregates import AGGREGATES
from articles.content.blocks import NoteBlock
from articles.content.texts import Article
from articles.publishing.workflow import send_back, submit
from tests.articles.admin.desk.browser import address
from tests.factories.desk import NOON, a_source, an_expert
from tests.factories.desk_kinds import an_article_with_everything, an_evidence_table, some_accounts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Without `resultTypes` axe also describes every place where nothing is wrong, which takes it longer than judging.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# A scheme changes colours and nothing else, so in the second only what judges by them is asked again.
COLOURS = {**AXE, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Colours that change slowly have changed when this is done.
_AT_REST = """() => new Promise(requestAnimationFrame).then(
  () => Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < Infinity)
    .map(one => one.finished.catch(() => null)))).then(() => null)"""


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    client = Client()
    client.force_login(editor)
    context = browser.new_context(base_url=live_server.url)
    place = {"url": f"{live_server.url}/admin/"}
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    language = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "ru", **place}
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, **place}, language])
    yield context.new_page()
    context.close()


def _faults(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds in the page as it stands, in the light and in the dark: style sheets alone tell them apart."""
    faults = []
    for scheme, options in zip(SCHEMES, (AXE, COLOURS), strict=True):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(_AT_REST)
        found = Axe().run(page, options=options).response["violations"]
        faults += [(scheme, fault["id"], node["html"][:120]) for fault in found for node in fault["nodes"]]
    return faults


def test_the_door_with_the_languages_above_it_and_after_a_wrong_password(desk: Page) -> None:
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.goto("/admin/login/")
    assert _faults(desk) == []
    desk.get_by_label("Имя пользователя").fill("editor@tests")
    desk.get_by_label("Пароль").fill("wrong")
    desk.get_by_role("button", name="Войти", exact=True).click()
    expect(desk.locator(".errornote")).to_be_visible()
    assert _faults(desk) == []


def test_the_form_of_an_article_with_blocks_of_every_kind_open(desk: Page) -> None:
    article = an_article_with_everything()
    NoteBlock.objects.create(parent=article, ordering=300, essential=True, text_ru="<p>Стоп.</p>")
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.locator("[data-open-all]").click()
    expect(desk.locator(".ProseMirror")).to_have_count(12)
    expect(desk.locator(".desk-shown-side")).to_have_count(10)
    expect(desk.locator(".desk-grid")).to_have_count(2)
    desk.locator(".desk-missing summary").click()
    desk.locator(".desk-insert-button").nth(3).click()
    assert _faults(desk) == []
    desk.keyboard.press("Escape")
    desk.locator(".desk-editor [data-act=citation]").first.click()
    desk.keyboard.type("sample")
    expect(desk.locator(".desk-options li").first).to_be_visible()
    assert _faults(desk) == []


@pytest.mark.parametrize("make", [an_evidence_table, some_accounts])
def test_the_forms_that_are_made_of_rows(desk: Page, make: Callable[[], Model]) -> None:
    desk.goto(address(make(), "change"))
    desk.locator("[data-open-all]").click()
    desk.locator(".desk-insert-button").last.click()
    expect(desk.locator(".desk-block")).to_have_count(3)
    desk.keyboard.press("Escape")
    assert _faults(desk) == []


def test_the_forms_for_new_objects(desk: Page) -> None:
    for kind, model in AGGREGATES.items():
        desk.goto(address(model, "add"))
        assert _faults(desk) == [], kind


def test_the_home_page_what_waits_and_lists(desk: Page, editor: User) -> None:
    _something_waits(editor)
    for page in ("/admin/", "/admin/waiting/undisclosed/", "/admin/articles/article/", "/admin/articles/carebox/"):
        desk.goto(page)
        assert _faults(desk) == [], page


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_control_is_reached_by_the_tab_key_and_seen_when_it_is(
    desk: Page, editor: User, scheme: Literal["light", "dark"]
) -> None:
    desk.emulate_media(color_scheme=scheme)
    article = _something_waits(editor)
    for page in (
        "/admin/",
        "/admin/waiting/undisclosed/",
        "/admin/articles/article/",
        addresses.publish("article", article.pk),
    ):
        desk.goto(page)
        number = desk.evaluate(_COUNT_CONTROLS)
        assert number > 20, page
        unseen = set()
        for turn in range(number + 5):
            desk.keyboard.press("Tab")
            if turn == 0:
                expect(desk.locator(".skip-to-content-link")).to_be_focused()
            unseen.add(desk.evaluate(_MARK_REACHED))
        assert desk.evaluate(_NOT_REACHED) == [], page
        assert unseen - {""} == set(), page


# A group of radio buttons is one stop, and arrows lead on inside it.
_COUNT_CONTROLS = """() => {
  const seen = new Set();
  window.controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(one => !one.disabled && one.tabIndex >= 0 && one.type !== 'hidden' && one.checkVisibility())
    .filter(one => one.type !== 'radio' || (!seen.has(one.name) && seen.add(one.name)));
  return window.controls.length;
}"""
_MARK_REACHED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return '';
  one.dataset.reached = '1';
  const group = one.type === 'radio' ? document.querySelectorAll(`input[name="${one.name}"]`) : [];
  group.forEach(other => { other.dataset.reached = '1'; });
  const style = getComputedStyle(one);
  const drawn = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  return drawn ? '' : one.outerHTML.slice(0, 120);
}"""
_NOT_REACHED = "() => window.controls.filter(one => !one.dataset.reached).map(one => one.outerHTML.slice(0, 120))"


def _something_waits(editor: User) -> Article:
    article = an_article_with_everything()
    for number in range(6):
        an_expert(name_ru=f"Проверочная {number}", part="participates")
    submit("article", article.pk, "ru", by=editor, at=NOON)
    send_back("article", article.pk, "ru", note="Какая доза?", by=editor, at=NOON)
    return article


def test_both_texts_after_a_second_save_and_the_versions(desk: Page) -> None:
    source = a_source()
    desk.goto(f"/admin/articles/source/{source.pk}/change/")
    desk.locator("#id_title").fill("First")
    desk.locator("button[name=_continue]").click()
    expect(desk.locator(".messagelist")).to_be_visible()
    desk.locator("#id_title").fill("Mine")
    type(source).objects.update(title="Theirs", version=9)
    desk.locator("button[name=_continue]").click()
    expect(desk.locator(".desk-difference")).to_be_visible()
    assert _faults(desk) == []
    desk.goto(f"/admin/articles/source/{source.pk}/history/")
    assert _faults(desk) == []
    desk.goto(f"/admin/articles/source/{source.pk}/history/2/")
    assert _faults(desk) == []
