"""Two people and a reader: an editor confirms a translation in one click; a reviewer signs, and the page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editorial.confirmations import confirmed
from tests.factories.desk import a_quote, an_article, place
from tests.factories.reviews import NAMES, a_reviewer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpensDesk = Callable[..., Page]


@pytest.fixture
def desk_of(browser: Browser, live_server: LiveServer) -> Iterator[OpensDesk]:
    """The desk in English as somebody has it; a script or policy that fails in the browser fails the test."""
    contexts, faults = [], []

    def open_desk(user: User, width: int = 1280, **options: object) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, locale="en-GB", **options
        )
        contexts.append(context)
        desk = {"url": f"{live_server.url}/admin/"}
        session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
        context.add_cookies([session | desk, {"name": "django_language", "value": "en"} | desk])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert faults == []


def test_a_part_is_confirmed_in_one_click_and_nothing_typed_is_lost(desk_of: OpensDesk, editor: User) -> None:
    article = an_article()
    desk = desk_of(editor)
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.locator("#id_title_en").fill("Typed and not saved yet")
    heading = desk.locator(".desk-block[data-kind=heading]")
    expect(heading).to_contain_text("EN · behind")

    heading.get_by_role("button", name="Still correct").click()

    expect(heading).to_contain_text("EN · in step")
    expect(heading.get_by_role("button", name="Still correct")).to_have_count(0)
    expect(heading.locator(".desk-toggle")).to_be_focused()
    expect(desk.locator("#desk-announcer")).to_have_text("Confirmed: 1 part.")
    expect(desk.locator(".desk-item-steps")).to_contain_text("2 parts behind")
    expect(desk.locator("#id_title_en")).to_have_value("Typed and not saved yet")
    heading.locator(".desk-toggle").click()
    expect(heading).to_contain_text("Compared with the original by Мария Орлова")
    assert set(confirmed(article.pk, "en")) == {str(article.headingblock_set.get().pk)}

    desk.get_by_role("button", name="All of it is still correct").click()
    expect(desk.locator(".desk-item-steps")).to_contain_text("in step")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved")
    expect(desk.locator("#id_title_en")).to_have_value("Typed and not saved yet")


def test_without_scripts_the_same_button_works(desk_of: OpensDesk, editor: User) -> None:
    article = an_article()
    desk = desk_of(editor, java_script_enabled=False)
    desk.goto(f"/admin/articles/article/{article.pk}/change/")

    desk.locator(".desk-block[data-kind=heading]").get_by_role("button", name="Still correct").click()

    expect(desk.locator(".messagelist")).to_contain_text("Confirmed: 1 part.")
    expect(desk.locator(".desk-block[data-kind=heading]")).to_contain_text("EN · in step")


def test_a_session_that_ended_says_that_nothing_was_recorded(desk_of: OpensDesk, editor: User) -> None:
    article = an_article()
    desk = desk_of(editor)
    desk.goto(f"/admin/articles/article/{article.pk}/change/")
    desk.context.clear_cookies()

    desk.locator(".desk-block[data-kind=heading] .desk-still").click()

    expect(desk.locator(".desk-block[data-kind=heading] .desk-still")).to_have_text(
        "Not recorded. Try again in a moment."
    )
    assert confirmed(article.pk, "en") == {}


def test_what_a_reviewer_signs_an_editor_publishes_and_the_page_says_who_checked_it(
    desk_of: OpensDesk, editor: User
) -> None:
    article = an_article()
    place(article, a_quote())
    clinic = desk_of(a_reviewer())
    clinic.goto("/admin/")
    clinic.get_by_role("link", name="Cramps in tests, EN").click()
    expect(clinic.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("Cramps in tests")
    clinic.get_by_label("Your name for readers, in Russian").fill(NAMES["ru"])
    clinic.get_by_label("Your name for readers, in English").fill(NAMES["en"])
    clinic.get_by_role("button", name="Sign", exact=True).click()
    expect(clinic.get_by_role("alert")).to_contain_text("Say that you have checked this text.")
    clinic.get_by_label("I have checked this text").check()
    clinic.get_by_role("button", name="Sign", exact=True).click()
    expect(clinic.locator(".messagelist")).to_contain_text("Signed.")

    desk = desk_of(editor)
    desk.goto(f"/admin/publish/article/{article.pk}/")
    expect(desk.locator("#reason_en")).to_contain_text(f"Medical review: {NAMES['en']}")
    desk.get_by_role("button", name="Publish what is ticked").click()
    expect(desk.locator(".messagelist")).to_contain_text("Published")

    reader = desk.context.new_page()
    reader.goto("/en/articles/test-cramps/")
    expect(reader.get_by_text(f"{NAMES['en']}, medical reviewer").first).to_be_visible()
    expect(reader.get_by_text("not done yet")).to_have_count(0)
    reader.goto("/ru/articles/test-cramps-ru/")
    expect(reader.get_by_text(NAMES["ru"])).to_have_count(0)
    review = desk.request.get(f"/api/v1/articles/{article.pk}/?lang=en").json()["review"]
    assert review["state"] == "reviewed"
    assert review["statement"].startswith(f"Reviewed by {NAMES['en']} on ")


@pytest.mark.parametrize("page", ["articles/article/{}/change/", "review/article/{}/ru/"])
def test_no_page_is_wider_than_a_phone(desk_of: OpensDesk, page: str) -> None:
    article = an_article()
    phone = desk_of(a_reviewer(), width=390)

    phone.goto(f"/admin/{page.format(article.pk)}")

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
