"""A day at the desk in four browsers: two editors, a translator, a reviewer and a publisher, with one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.content.texts import Article
from articles.editorial.confirmations import confirmed
from articles.editorial.revisions import keep
from articles.editorial.rights import hold_to
from tests.factories.desk import NOON, an_article
from tests.factories.people import somebody
from tests.factories.reviews import NAMES, a_reviewer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpensDesk = Callable[[User], Page]


@pytest.fixture
def desk_of(browser: Browser, live_server: LiveServer) -> Iterator[OpensDesk]:
    """The desk in English as somebody has it; a script or policy that fails in the browser fails the test."""
    contexts, faults = [], []

    def open_desk(user: User) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        place = {"url": f"{live_server.url}/admin/"}
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [
                {"name": settings.SESSION_COOKIE_NAME, "value": session, **place},
                {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", **place},
            ]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert faults == []


def form(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved")


def sign(page: Page, article: Article, language: str) -> None:
    page.goto(f"/admin/review/article/{article.pk}/{language}/")
    page.get_by_label("Your name for readers, in Russian").fill(NAMES["ru"])
    page.get_by_label("Your name for readers, in English").fill(NAMES["en"])
    page.get_by_label("I have checked this text").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Signed.")


def publish_english(page: Page, article: Article) -> None:
    page.goto(f"/admin/publish/article/{article.pk}/")
    page.locator("input[name=languages][value=ru]").uncheck()
    page.locator("input[name=languages][value=en]").check()
    page.get_by_role("button", name="Publish what is ticked").click()


def test_a_day_from_two_editors_to_a_text_that_a_reviewer_signed_twice(desk_of: OpensDesk, settings: Any) -> None:
    settings.UNREVIEWED_KINDS = frozenset()
    vera, boris, tanya = somebody("author", "vera"), somebody("author", "boris"), somebody("translator")
    hold_to(tanya, "en")
    article = an_article()
    keep(article, by=vera, at=NOON)

    # Two editors have the same article open; neither loses a word.
    hers, his = desk_of(vera), desk_of(boris)
    hers.goto(form(article))
    his.goto(form(article))
    hers.locator("#id_summary_ru").fill("О чём эта статья, словами Веры.")
    his.locator("#id_title_ru").fill("Судороги, словами Бориса")
    save(hers)
    his.get_by_role("button", name="Save", exact=True).click()
    expect(his.locator(".messagelist, .desk-difference").first).to_be_visible()
    if his.locator(".desk-difference").count():
        his.get_by_role("button", name="Continue with what is chosen").click()
        save(his)
    article.refresh_from_db()
    assert (article.summary_ru, article.title_ru) == ("О чём эта статья, словами Веры.", "Судороги, словами Бориса")

    # The translator reads the Russian, writes English, and says of a block that it is still correct.
    translating = desk_of(tanya)
    translating.goto(form(article))
    expect(translating.locator("#id_title_ru")).to_have_count(0)
    expect(translating.locator("#content")).to_contain_text("О чём эта статья, словами Веры.")
    translating.locator("#id_title_en").fill("Cramps, in Tanya's words")
    save(translating)
    block = translating.locator(".desk-block[data-kind=heading]")
    block.get_by_role("button", name="Still correct").click()
    expect(block).to_contain_text("EN · in step")
    assert str(article.headingblock_set.get().pk) in confirmed(article.pk, "en")
    translating.goto(f"/admin/workflow/article/{article.pk}/")
    translating.get_by_role("button", name="Send for review").click()
    expect(translating.locator(".messagelist")).to_contain_text("English: Sent for review.")

    # The reviewer signs; an edit takes the approval back and says so.
    clinic = desk_of(a_reviewer())
    sign(clinic, article, "en")
    translating.goto(form(article))
    expect(translating.locator(".desk-way")).to_contain_text("approved")
    translating.locator("#id_summary_en").fill("What this article is about, once more.")
    save(translating)
    expect(translating.locator(".messagelist")).to_contain_text("English: this change took the approval back.")

    # The publisher is refused, and succeeds after the second signature.
    press = desk_of(somebody("publisher"))
    publish_english(press, article)
    expect(press.get_by_role("alert")).to_contain_text("Nobody has approved these very words.")
    sign(clinic, article, "en")
    publish_english(press, article)
    expect(press.locator(".messagelist")).to_contain_text("Published")
    press.goto("/en/articles/test-cramps/")
    expect(press.locator("main")).to_contain_text("What this article is about, once more.")
    expect(press.locator("main")).to_contain_text(NAMES["en"])
