"""The desk answers where the editor looks, takes what editors usually type, and can be gone back on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.content.blocks import TextBlock
from articles.content.quotes import Quote
from articles.content.texts import Article
from tests.factories.desk import a_quote, a_source, a_text, an_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    """The desk in English, signed in."""
    client = Client()
    client.force_login(editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1400, "height": 700})
    place = {"url": f"{live_server.url}/admin/"}
    language = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", **place}
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, **place}, language])
    yield context.new_page()
    context.close()


def _open(desk: Page, obj: Article | Quote) -> None:
    desk.goto(f"/admin/articles/{obj._meta.model_name}/{obj.pk}/change/")


def _open_text(desk: Page) -> None:
    desk.locator(".desk-block[data-kind=text] .desk-toggle").first.click()
    desk.locator(".ProseMirror").nth(1).click()
    desk.keyboard.press("Control+A")


@pytest.fixture
def long_article() -> Article:
    article = an_article()
    for number in range(40):
        a_text(article, ordering=100 + number, ru=f"Абзац {number}", en=f"Paragraph {number}")
    return article


def test_more_opens_a_menu_that_a_mouse_can_reach(desk: Page) -> None:
    quote = a_quote()
    _open(desk, quote)
    desk.locator(".press-more summary").click()
    desk.get_by_role("link", name="Withdraw…").click()
    expect(desk).to_have_url(f"{desk.url.split('/admin/')[0]}/admin/withdraw/quote/{quote.pk}/")


def test_a_save_deep_in_a_long_article_is_confirmed_in_sight_until_typing_goes_on(
    desk: Page, long_article: Article
) -> None:
    _open(desk, long_article)
    desk.locator("#id_title_en").fill("Typed at the top")
    desk.evaluate("window.scrollTo(0, 1500)")
    desk.keyboard.press("Control+S")
    expect(desk.locator(".messagelist.is-pinned")).to_be_in_viewport()
    assert desk.evaluate("window.scrollY") > 1000
    desk.locator(".desk-toggle").nth(30).click()
    desk.locator(".ProseMirror").first.press_sequentially("more")
    expect(desk.locator(".messagelist.is-pinned")).to_have_count(0)


def test_a_refusal_far_from_where_one_was_is_brought_into_sight(desk: Page, long_article: Article) -> None:
    _open(desk, long_article)
    desk.locator("#id_slug_en").fill("No Address")
    desk.evaluate("window.scrollTo(0, 1500)")
    desk.keyboard.press("Control+S")
    expect(desk.locator(".errornote")).to_have_count(1)
    # The page goes back to where one was a moment after it is there.
    desk.wait_for_timeout(500)
    expect(desk.locator(".errorlist")).to_be_in_viewport()
    expect(desk.locator("#id_slug_en")).to_have_value("No Address")


def test_a_save_that_was_stopped_can_be_sent_again(desk: Page) -> None:
    article = an_article()
    desk.clock.install()
    _open(desk, article)
    desk.locator("#id_title_en").fill("Sent twice")
    desk.route("**/change/", lambda route: route.abort("aborted"))
    save = desk.get_by_role("button", name="Save", exact=True)
    with desk.expect_event("requestfailed"):
        save.click(no_wait_after=True)
    desk.clock.run_for(6000)
    desk.unroute("**/change/")
    save.click()
    expect(desk.locator(".messagelist")).to_contain_text("Saved")
    assert Article.objects.get().title_en == "Sent twice"


def test_enter_cites_the_first_of_several_sources_that_fit(desk: Page) -> None:
    for year in ("2012", "2019"):
        a_source(authors="Allen, R. E.", issued=year, title=f"Cramps {year}")
    _open(desk, an_article())
    _open_text(desk)
    desk.keyboard.press("Control+Alt+C")
    desk.keyboard.type("allen cramps")
    options = desk.locator(".desk-dialog").get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    expect(desk.locator(".desk-editor cite").last).to_have_text("Allen 2012")


def test_an_address_may_be_typed_without_its_scheme(desk: Page) -> None:
    _open(desk, an_article())
    _open_text(desk)
    desk.get_by_role("toolbar").nth(1).get_by_role("button", name="Link to a page").click()
    desk.keyboard.type("www.example.org/page")
    desk.get_by_role("button", name="Insert", exact=True).click()
    desk.keyboard.press("Control+S")
    expect(desk.locator(".messagelist")).to_contain_text("Saved")
    assert 'href="https://www.example.org/page"' in TextBlock.objects.get().text_en


def test_a_new_article_is_offered_addresses(desk: Page) -> None:
    desk.goto("/admin/articles/article/add/")
    desk.locator("#id_title_ru").press_sequentially("Судороги в ногах")
    desk.locator("#id_title_en").press_sequentially("Leg cramps")
    expect(desk.locator("#id_slug_ru")).to_have_value("sudorogi-v-nogah")
    expect(desk.locator("#id_slug_en")).to_have_value("leg-cramps")


def test_a_speaker_comes_back_when_unnamed_was_chosen_by_mistake(desk: Page) -> None:
    quote = a_quote()
    _open(desk, quote)
    speaker = desk.locator("#id_expert")
    desk.locator("#id_attribution").select_option("unnamed")
    expect(speaker).to_have_value("")
    desk.locator("#id_attribution").select_option("quoted")
    expect(speaker).to_have_value(str(quote.expert_id))


def test_a_press_above_an_editor_loses_no_letter_that_is_typed_right_after_it(desk: Page) -> None:
    _open(desk, an_article())
    _open_text(desk)
    desk.keyboard.press("Delete")
    desk.get_by_role("toolbar").nth(1).get_by_role("button", name="Bulleted list").click()
    desk.keyboard.type("An ordinary cramp")
    expect(desk.locator(".ProseMirror").nth(1)).to_have_text("An ordinary cramp")


def test_the_key_that_saves_works_in_a_picker_too(desk: Page) -> None:
    article = an_article()
    _open(desk, article)
    desk.locator("#id_title_en").fill("Changed")
    desk.get_by_role("combobox", name="Topics").click()
    desk.keyboard.press("Control+S")
    expect(desk.locator(".messagelist")).to_contain_text("Saved")
    article.refresh_from_db()
    assert article.title_en == "Changed"


def test_going_back_to_the_form_of_what_was_saved_makes_no_empty_second(desk: Page) -> None:
    desk.goto("/admin/")
    desk.goto("/admin/articles/article/add/")
    desk.locator("#id_title_en").fill("Night cramps")
    desk.get_by_role("button", name="both").click()
    desk.wait_for_url("**/preview/**")
    desk.go_back()
    desk.wait_for_url("**/admin/articles/article/")
    expect(desk.locator("#result_list")).to_contain_text("Night cramps")
    desk.goto("/admin/articles/article/add/")
    expect(desk.locator("#id_title_en")).to_have_value("")


def test_a_new_block_is_named_by_what_it_says_before_it_is_closed(desk: Page) -> None:
    _open(desk, an_article())
    desk.locator(".desk-insert-button").last.click()
    desk.get_by_role("button", name="Section heading", exact=True).click()
    block = desk.locator(".desk-block").last
    block.locator("[name$=text_ru]").fill("Что это")
    desk.keyboard.press("Tab")
    expect(block.locator(".desk-words")).to_have_text("Что это")
