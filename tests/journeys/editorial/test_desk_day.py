"""A day at the desk in five browsers: two editors, a translator, a reviewer and a publisher, with one article.

Whoever signs or publishes has a second factor and shows it: at the door, and once more before what counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.content.texts import Article
from articles.editions.shelf import Standing
from articles.editorial.audit import AuditEntry
from articles.editorial.confirmations import confirmed
from articles.editorial.revisions import keep
from articles.editorial.rights import hold_to
from articles.editorial.signoffs import SignOff
from tests.factories.desk import NOON, an_article
from tests.factories.people import somebody
from tests.factories.reviews import NAMES, a_reviewer
from tests.journeys.conftest import SignIn
from tests.journeys.second_factor import App, a_while_passes, confirm, log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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


def publish_english(page: Page, article: Article) -> None:
    page.goto(f"/admin/publish/article/{article.pk}/")
    page.locator("input[name=languages][value=ru]").uncheck()
    page.locator("input[name=languages][value=en]").check()
    page.get_by_role("button", name="Publish what is ticked").click()


def signatures(article: Article) -> int:
    return SignOff.objects.filter(item=article.pk, language="en").count()


def test_a_day_from_two_editors_to_a_text_that_a_reviewer_signed_twice(
    sign_in: SignIn, stranger: Callable[[], Page], settings: Any
) -> None:
    settings.UNREVIEWED_KINDS = frozenset()
    settings.SECOND_FACTOR = "required"
    vera, boris, tanya = somebody("author", "vera"), somebody("author", "boris"), somebody("translator")
    reviewer, publisher = App(a_reviewer()), App(somebody("publisher"))
    hold_to(tanya, "en")
    article = an_article()
    keep(article, by=vera, at=NOON)

    # Two editors have the same article open. They change different places, and then the same one: no word is lost.
    hers, his = sign_in(vera), sign_in(boris)
    hers.goto(form(article))
    his.goto(form(article))
    hers.locator("#id_summary_ru").fill("О чём эта статья, словами Веры.")
    his.locator("#id_summary_ru").fill("О чём эта статья, словами Бориса.")
    his.locator("#id_title_ru").fill("Судороги, словами Бориса")
    save(hers)
    his.get_by_role("button", name="Save", exact=True).click()
    expect(his.locator(".desk-difference")).to_contain_text("словами Веры")
    expect(his.locator(".desk-difference")).to_contain_text("словами Бориса")
    his.get_by_label("Take theirs").check()
    his.get_by_role("button", name="Continue with what is chosen").click()
    his.locator("#id_summary_ru").press("End")
    his.keyboard.type(" И словами Бориса.")
    save(his)
    article.refresh_from_db()
    both = "О чём эта статья, словами Веры. И словами Бориса."
    assert (article.summary_ru, article.title_ru) == (both, "Судороги, словами Бориса")

    # The translator reads the Russian, writes English, and says of a block that it is still correct.
    translating = sign_in(tanya)
    translating.goto(form(article))
    expect(translating.locator("#id_title_ru")).to_have_count(0)
    expect(translating.locator("#content")).to_contain_text(both)
    translating.locator("#id_title_en").fill("Cramps, in Tanya's words")
    save(translating)
    block = translating.locator(".desk-block[data-kind=heading]")
    block.get_by_role("button", name="Still correct").click()
    expect(block).to_contain_text("EN · in step")
    assert str(article.headingblock_set.get().pk) in confirmed(article.pk, "en")
    translating.goto(f"/admin/workflow/article/{article.pk}/")
    translating.get_by_role("button", name="Send for review").click()
    expect(translating.locator(".messagelist")).to_contain_text("English: Sent for review.")

    # The reviewer comes in with a second factor, and shows it once more before the signature counts.
    clinic = stranger()
    log_in(clinic, reviewer)
    a_while_passes(reviewer.owner)
    sign(clinic, article, "en")
    assert signatures(article) == 0
    confirm(clinic, reviewer)
    expect(clinic.locator(".messagelist")).to_contain_text("Signed.")
    assert signatures(article) == 1

    # An edit takes the approval back and says so.
    translating.goto(form(article))
    expect(translating.locator(".desk-way")).to_contain_text("approved")
    translating.locator("#id_summary_en").fill("What this article is about, once more.")
    save(translating)
    expect(translating.locator(".messagelist")).to_contain_text("English: this change took the approval back.")

    # The publisher shows who they are and is refused all the same, and succeeds after the second signature.
    press = stranger()
    log_in(press, publisher)
    a_while_passes(publisher.owner)
    publish_english(press, article)
    confirm(press, publisher)
    expect(press.get_by_role("alert")).to_contain_text("Nobody has approved these very words.")
    assert not Standing.objects.filter(item=article.pk).exists()
    sign(clinic, article, "en")
    expect(clinic.locator(".messagelist")).to_contain_text("Signed.")
    publish_english(press, article)
    expect(press.locator(".messagelist")).to_contain_text("Published")
    press.goto("/en/articles/test-cramps/")
    expect(press.locator("main")).to_contain_text("What this article is about, once more.")
    expect(press.locator("main")).to_contain_text(NAMES["en"])
    shown = AuditEntry.objects.filter(act="stepped-up").values_list("done_by__username", "detail")
    assert set(shown) == {(reviewer.owner.username, "totp"), (publisher.owner.username, "totp")}
