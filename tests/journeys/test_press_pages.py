"""The press in a real browser: withdrawing from a phone, ways to the field that lacks something, both previews."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from articles.content.texts import Article
from tests.factories.desk import a_quote, a_text, an_article, place
from tests.factories.shelf import publish_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(browser: Browser, live_server: LiveServer, editor: User, width: int) -> Iterator[Page]:
    """The desk in English, signed in. A script or policy that fails in the browser fails the test."""
    client = Client()
    client.force_login(editor)
    viewport: ViewportSize = {"width": width, "height": 740 if width < 700 else 800}
    context = browser.new_context(base_url=live_server.url, viewport=viewport, has_touch=width < 700)
    place_of_desk = {"url": f"{live_server.url}/admin/"}
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context.add_cookies([session | place_of_desk, {"name": "django_language", "value": "en"} | place_of_desk])
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    yield from signed_in(browser, live_server, editor, 375)


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, editor: User) -> Iterator[Page]:
    yield from signed_in(browser, live_server, editor, 1280)


@pytest.fixture
def live(editor: User) -> Article:
    article = an_article("leg-cramps", title_en="Leg cramps")
    place(article, a_quote())
    publish_article(article, by=editor)
    return article


class Finger:
    """Taps, and counts them."""

    def __init__(self) -> None:
        self.taps = 0

    def taps_on(self, place: Locator) -> None:
        expect(place).to_be_in_viewport()
        place.tap()
        self.taps += 1


def test_a_text_is_withdrawn_from_its_page_in_three_taps_and_not_one_word_is_typed(phone: Page, live: Article) -> None:
    phone.goto(f"/admin/articles/article/{live.pk}/change/")
    finger = Finger()

    finger.taps_on(phone.get_by_role("link", name="Withdraw…").first)
    finger.taps_on(phone.get_by_role("button", name="It could harm"))
    expect(phone.get_by_text("Nothing happens yet")).to_have_count(0)
    shown = phone.frame_locator("iframe >> nth=1")
    expect(shown.get_by_text("Following this text could do harm. Do not rely on it.")).to_be_attached()
    assert phone.request.get("/en/articles/leg-cramps/").status == 200
    finger.taps_on(phone.get_by_role("button", name="Withdraw now"))

    expect(phone.locator(".messagelist")).to_contain_text("Withdrawn")
    assert finger.taps == 3
    answers = [phone.request.get(address) for address in ("/en/articles/leg-cramps/", "/ru/articles/leg-cramps-ru/")]
    assert [answer.status for answer in answers] == [410, 410]
    assert "Following this text could do harm." in answers[0].text()
    assert not re.search("Following", answers[1].text())


def test_the_address_of_a_public_page_leads_to_the_button_that_takes_it_down(phone: Page, live: Article) -> None:
    phone.goto("/admin/")
    phone.get_by_role("searchbox").fill(f"{phone.url.split('/admin/')[0]}/en/articles/leg-cramps/")
    phone.get_by_role("button", name="Find").tap()

    phone.get_by_role("link", name="Withdraw…").tap()

    expect(phone.get_by_role("button", name="It could harm")).to_be_in_viewport()


def test_a_text_is_withdrawn_and_put_back_from_a_phone(phone: Page, live: Article) -> None:
    phone.goto(f"/admin/withdraw/article/{live.pk}/")
    phone.get_by_label("Russian Судороги").uncheck()
    phone.get_by_role("button", name="It could harm").tap()
    phone.get_by_label("Why, in a sentence for readers, in English").fill("It names a dose that is too high.")
    phone.get_by_role("button", name="Show what readers will see").click()
    shown = phone.frame_locator("iframe")
    expect(shown.get_by_text("It names a dose that is too high.")).to_be_attached()
    assert phone.request.get("/en/articles/leg-cramps/").status == 200
    phone.get_by_role("button", name="Withdraw now").click()
    expect(phone.locator(".messagelist")).to_contain_text("Withdrawn")

    assert phone.request.get("/en/articles/leg-cramps/").status == 410
    assert phone.request.get("/ru/articles/leg-cramps-ru/").status == 200

    phone.get_by_label("Why it is back").fill("The dose was right.")
    phone.get_by_role("button", name="Put the same text back").click()
    expect(phone.locator(".messagelist")).to_contain_text("back on the site")
    assert phone.request.get("/en/articles/leg-cramps/").status == 200


@pytest.mark.parametrize(
    "page", ["", "publish/article/{}/", "withdraw/article/{}/", "drift/{}/", "preview/article/{}/both/"]
)
def test_no_page_is_wider_than_a_phone(phone: Page, live: Article, page: str) -> None:
    phone.goto("/admin/" + page.format(live.pk))

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_problem_leads_to_the_very_field(desk: Page) -> None:
    article = an_article(title_en="")
    place(article, a_quote(verdict_note_en=""))
    a_text(article, ordering=40, ru="Только по-русски.", essential=True)
    desk.goto(f"/admin/publish/article/{article.pk}/")

    desk.get_by_role("link", name="The title is empty.").click()
    expect(desk.locator("#id_title_en")).to_be_focused()
    desk.go_back()
    desk.get_by_role("link", name="The verdict needs a note").click()
    expect(desk.locator("#id_verdict_note_en")).to_be_focused()
    desk.go_back()
    desk.get_by_role("link", name="This block is essential").click()
    expect(desk.locator(".desk-block.is-open .ProseMirror").last).to_be_focused()


def test_both_previews_stand_side_by_side_and_follow_the_draft(desk: Page, live: Article) -> None:
    desk.goto(f"/admin/articles/article/{live.pk}/change/")
    desk.locator("#id_title_en").fill("A title still in work")
    desk.get_by_role("button", name="both", exact=True).click()

    expect(desk.frame_locator("iframe >> nth=0").get_by_role("heading", level=1)).to_have_text("Судороги в\xa0тестах")
    expect(desk.frame_locator("iframe >> nth=1").get_by_role("heading", level=1)).to_have_text("A title still in work")
    assert "Leg cramps" in desk.request.get("/en/articles/leg-cramps/").text()


def test_the_language_of_the_desk_is_switched_in_the_header(desk: Page) -> None:
    desk.goto("/admin/articles/article/")
    desk.get_by_role("button", name="Русский").click()

    expect(desk.locator("html")).to_have_attribute("lang", "ru")
    expect(desk).to_have_url(desk.url.split("/admin/")[0] + "/admin/articles/article/")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_long_name_and_the_buttons_of_a_form_stand_apart(desk: Page, live: Article, language: str) -> None:
    title = {"ru": "Ночные судороги икроножных мышц у пожилых людей, которые принимают мочегонные средства",
             "en": "Night-time cramps of the calf muscles in older people who take diuretics"}  # fmt: skip
    Article.objects.filter(pk=live.pk).update(title_ru=title["ru"], title_en=title["en"])
    desk.goto("/admin/")
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": desk.url}])
    desk.goto(f"/admin/articles/article/{live.pk}/change/")
    name, tools = desk.locator("#content > h1"), desk.locator(".object-tools").first
    expect(name).to_have_text(title[language])
    above, below = name.bounding_box(), tools.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
