"""103 is changed in one place, and every live page says so, in both languages.

Given an article, an answered question and an about page that are live in Russian and English and carry a care box with
103. When an editor changes the number at the desk, no page moves; the desk lists six pages with the difference; one
button sends it out; pages, answers for partners and the journal have it, and a half-typed draft has not come along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.content.blocks import CareBoxBlock, TextBlock
from articles.content.care import CareService
from articles.content.desk_object import DeskObject
from articles.content.texts import Article
from articles.editions.shelf import Change
from articles.editions.verifying import verify_editions
from tests.factories.desk import an_article
from tests.factories.desk_kinds import a_care_box, a_care_service, a_page, a_question
from tests.factories.press import publish_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "article": ("/ru/articles/leg-cramps-ru/", "/en/articles/leg-cramps/"),
    "faq": ("/ru/faq/is-it-dangerous-ru/", "/en/faq/is-it-dangerous/"),
    "page": ("/ru/about/who-we-are-ru/", "/en/about/who-we-are/"),
}
ITEMS = {"article": "articles", "faq": "faq", "page": "pages"}
NOTES = {"ru": "У скорой помощи новый номер.", "en": "The ambulance has a new number."}


@pytest.fixture
def live(editor: User) -> dict[str, DeskObject]:
    service = a_care_service("103", name_ru="Скорая помощь", name_en="Ambulance")
    box = a_care_box(services=[service])
    texts = {"article": an_article("leg-cramps"), "faq": a_question(), "page": a_page()}
    TextBlock.objects.create(
        parent=texts["faq"], ordering=10, text_ru="<p>Обычно нет.</p>", text_en="<p>Usually not.</p>"
    )
    for text in texts.values():
        CareBoxBlock.objects.create(parent=text, care_box=box, ordering=40)
        publish_item(text, by=editor)
    Article.objects.update(title_ru="НЕДОПИСАНО", title_en="HALF TYPED")
    return texts


def signed_in(browser: Browser, live_server: LiveServer, editor: User, width: int) -> Iterator[Page]:
    client = Client()
    client.force_login(editor)
    context = browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
    place = {"url": f"{live_server.url}/admin/"}
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context.add_cookies([session | place, {"name": "django_language", "value": "en"} | place])
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    yield from signed_in(browser, live_server, editor, 1280)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    yield from signed_in(browser, live_server, editor, 390)


def numbers_on(desk: Page, address: str) -> set[str]:
    """The numbers that the words of a page or an answer name as a whole, not as letters of a digest."""
    text = desk.request.get(address).text()
    return {number for number in ("103", "113") if re.search(rf"(?<![0-9a-z]){number}(?![0-9a-z])", text)}


def everywhere(live: dict[str, DeskObject]) -> list[str]:
    answers = [f"/api/v1/{ITEMS[kind]}/{item.pk}/?lang={code}" for kind, item in live.items() for code in ("ru", "en")]
    return [page for pages in PAGES.values() for page in pages] + answers


def test_one_change_reaches_every_live_page_in_both_languages(desk: Page, live: dict[str, DeskObject]) -> None:
    service = CareService.objects.get()
    lines = Change.objects.count()
    desk.goto(f"/admin/articles/careservice/{service.pk}/change/")
    desk.get_by_label("Number", exact=True).fill("113")
    desk.get_by_role("button", name="Save", exact=True).click()

    told = desk.locator(".messagelist")
    expect(told).to_contain_text("6 live pages still show the old text:")
    assert [numbers_on(desk, address) for address in everywhere(live)] == [{"103"}] * 12

    told.get_by_role("link", name="look and send out").click()
    expect(desk.locator("del")).to_have_text(["103", "103"])
    expect(desk.locator("ins")).to_have_text(["113", "113"])
    for pages in PAGES.values():
        for page in pages:
            expect(desk.locator(f'#pages a[href="{page}"]')).to_have_count(1)
    desk.get_by_label("Yes, it could harm somebody").check()
    desk.get_by_label("What changed, in a sentence for Russian readers").fill(NOTES["ru"])
    desk.get_by_label("What changed, in a sentence for English readers").fill(NOTES["en"])
    desk.get_by_role("button", name="Send out to all 6 pages").click()
    expect(desk.locator(".messagelist")).to_contain_text("Sent out to 6 live pages.")

    assert [numbers_on(desk, address) for address in everywhere(live)] == [{"113"}] * 12
    for pages in PAGES.values():
        for page in pages:
            assert not re.search("НЕДОПИСАНО|HALF TYPED", desk.request.get(page).text())
    journal = desk.request.get(f"/api/v1/changes/?after={lines}").json()["results"]
    assert sorted((line["event"], line["id"], line["language"]) for line in journal) == sorted(
        ("amended", str(item.pk), code) for item in live.values() for code in ("ru", "en")
    )
    assert {(line["change"]["class"], line["change"]["note"]) for line in journal} == {
        ("safety", note) for note in NOTES.values()
    }
    assert list(verify_editions()) == []


def test_a_text_is_put_under_check_from_a_phone_in_three_steps(phone: Page, live: dict[str, DeskObject]) -> None:
    phone.goto(f"/admin/articles/article/{live['article'].pk}/change/")
    phone.get_by_text("More", exact=True).click()
    phone.get_by_role("link", name="We are checking this text…").click()
    phone.get_by_role("button", name="Put the notice up").click()
    expect(phone.locator(".messagelist")).to_contain_text("Readers are told from now on.")

    note = "We are comparing it with its sources. Until that is done, do not rely on it alone."
    page = phone.request.get("/en/articles/leg-cramps/")
    assert page.status == 200
    assert note in page.text()
    assert "A cramp is short." in page.text()
    assert [line.event for line in Change.objects.order_by("sequence")][-2:] == ["check_started", "check_started"]
