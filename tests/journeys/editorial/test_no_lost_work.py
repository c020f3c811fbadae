"""Two editors at once, a browser that dies, a session that ends: every word is there."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from articles.content.blocks import TextBlock, blocks
from articles.content.texts import Article
from tests.factories.desk import a_text, an_article, an_editor
from tests.journeys.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATE = "#desk-scratch-state"


def _open(page: Page, article: Article) -> None:
    page.goto(f"/admin/articles/article/{article.pk}/change/")


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved")


def _write(page: Page, block: int, language: str, words: str) -> None:
    """Type at the end of a rich text, as people do."""
    place = page.locator(".desk-block").nth(block - 1)
    if not place.get_by_role("textbox", name=f"{block}. Text {language}").is_visible():
        place.locator(".desk-toggle").click()
    place.get_by_role("textbox", name=f"{block}. Text {language}").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def _give_session(context: BrowserContext, address: str, account: User) -> None:
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{address}/admin/"}])


def test_two_editors_in_two_languages_and_blocks_lose_no_word_and_know_of_each_other(
    desk: Page, sign_in: SignIn
) -> None:
    article = an_article()
    a_text(article, ordering=30, ru="Третий", en="Third")
    other = sign_in(an_editor())
    _open(desk, article)
    # The version that both open is one that is kept.
    desk.locator("#id_summary_en").fill("What both begin with.")
    _save(desk)
    _open(desk, article)
    _open(other, article)
    expect(other.locator("[data-people]")).to_have_text("Also editing now: Мария Орлова")
    _write(desk, 2, "RU", " Слова Марии.")
    _write(other, 2, "EN", " Words of Vera.")
    _write(other, 3, "EN", " And more.")
    _save(desk)
    # The next thing that Vera's page sends is answered with the news.
    expect(other.locator("[data-newer]")).to_contain_text("saved by Мария Орлова")
    _save(other)
    expect(other.locator(".messagelist")).to_contain_text("Merged with what was saved meanwhile (Мария Орлова)")
    second, third = (block for block in blocks(article) if isinstance(block, TextBlock))
    assert "Слова Марии." in second.text_ru
    assert "Words of Vera." in second.text_en
    assert "And more." in third.text_en


def test_after_a_crash_what_was_typed_is_offered_and_comes_back(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator("#id_title_ru").fill("Напечатано до сбоя")
    _write(desk, 2, "EN", " Typed before the crash.")
    expect(desk.locator(STATE)).to_contain_text("Saved as a scratch copy at")
    page = desk.context.new_page()
    # The process of the page dies: nothing in it can say goodbye.
    desk.close(run_before_unload=False)
    assert Article.objects.get().title_ru == "Судороги в тестах"
    _open(page, article)
    expect(page.locator("#id_title_ru")).to_have_value("Судороги в тестах")
    expect(page.locator("[data-scratch-offer]")).to_contain_text("There is unsaved work of yours from")
    page.get_by_role("button", name="Open it").click()
    expect(page.locator("#id_title_ru")).to_have_value("Напечатано до сбоя")
    expect(page.locator(".desk-note").first).to_contain_text("Nothing has been saved yet.")
    _save(page)
    assert "Typed before the crash." in TextBlock.objects.get().text_en
    assert Article.objects.get().title_ru == "Напечатано до сбоя"
    expect(page.locator("[data-scratch-offer]")).to_have_count(0)


def test_a_page_that_is_left_at_once_has_sent_what_was_typed(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.locator("#id_title_en").fill("Typed and left at once")
    desk.goto("/admin/")
    _open(desk, article)
    expect(desk.locator("[data-scratch-offer]")).to_have_count(1)
    desk.get_by_role("button", name="Open it").click()
    expect(desk.locator("#id_title_en")).to_have_value("Typed and left at once")


def test_what_is_typed_after_the_session_has_ended_is_kept_and_sent_when_there_is_one_again(
    desk: Page, editor: User
) -> None:
    article = an_article()
    _open(desk, article)
    # Only the next thing that is typed may ask.
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.locator("#id_title_en").fill("Typed without a session")
    expect(desk.locator(STATE)).to_contain_text("You are signed out.")
    expect(desk.locator(STATE).get_by_role("link", name="Sign in in another tab")).to_be_visible()
    assert "Typed without a session" in desk.evaluate("Object.values(sessionStorage).join()")
    _give_session(desk.context, desk.url.split("/admin/")[0], editor)
    desk.locator("#id_title_ru").fill("И ещё")
    expect(desk.locator(STATE)).to_contain_text("Saved as a scratch copy at")
    assert "Typed without" not in desk.evaluate("Object.values(sessionStorage).join()")
    desk.on("dialog", lambda dialog: dialog.accept())
    _open(desk, article)
    desk.get_by_role("button", name="Open it").click()
    expect(desk.locator("#id_title_en")).to_have_value("Typed without a session")
    expect(desk.locator("#id_title_ru")).to_have_value("И ещё")
