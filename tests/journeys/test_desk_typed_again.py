"""Whoever is asked to confirm that it is them, and turns round, finds the form as they left it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Dialog, Page, expect

from articles.content.texts import Article
from articles.editions.shelf import Edition
from articles.publishing.dues import Due
from tests.factories.desk import an_article
from tests.factories.shelf import publish_article
from tests.journeys.second_factor import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = "Confirm that it is you before this goes on."
NOTE = "What you typed stands here again. Nothing of it was sent."
MOMENT = f"{datetime.now(UTC) + timedelta(days=100):%Y-%m-%dT23:45}"
READY = "Этот текст был рассчитан на ограниченный срок, и он истёк."
REASON = "Срок вышел.\nСпросите врача."


@pytest.fixture(autouse=True)
def asked_again(settings: Any) -> None:
    """Nobody in these journeys has shown lately that it is them, so each is asked before an act."""
    settings.SECOND_FACTOR = "offered"


@pytest.fixture
def dialogs(desk: Page) -> list[str]:
    """What the browser asked by itself, such as whether to leave a page in which something was typed."""
    found: list[str] = []

    def accept(dialog: Dialog) -> None:
        found.append(dialog.type)
        dialog.accept()

    desk.on("dialog", accept)
    return found


def ending_of(article: Article) -> str:
    return reverse("admin:ending", args=["article", article.pk])


def send_an_ending(desk: Page, article: Article) -> None:
    """Fill in when the Russian text leaves and why, and send it: then the question comes."""
    desk.goto(ending_of(article))
    desk.locator("[name=languages][value=en]").uncheck()
    desk.locator("[name=ends_at]").fill(MOMENT)
    desk.locator("[name=reason_ru]").fill(REASON)
    desk.locator("[name=_end]").click()
    expect(desk.get_by_text(ASKED)).to_be_visible()


def turn_round(desk: Page) -> None:
    desk.get_by_role("link", name="Back without sending it").click()
    expect(desk.get_by_text(NOTE)).to_be_visible()


@pytest.fixture
def live(editor: User) -> Article:
    article = an_article()
    publish_article(article, by=editor)
    return article


def test_what_was_typed_and_ticked_stands_there_again_once_and_nothing_was_sent(
    desk: Page, live: Article, editor: User, dialogs: list[str]
) -> None:
    other = an_article("other")
    publish_article(other, by=editor)
    send_an_ending(desk, live)

    turn_round(desk)

    assert dialogs == []
    expect(desk.locator("[name=languages][value=ru]")).to_be_checked()
    expect(desk.locator("[name=languages][value=en]")).not_to_be_checked()
    expect(desk.locator("[name=ends_at]")).to_have_value(MOMENT)
    expect(desk.locator("[name=reason_ru]")).to_have_value(REASON)
    assert not Due.objects.filter(act="withdraw").exists()
    # It stands in the form by now, and waits nowhere else: not in another form, nor for whoever comes later.
    for address in (ending_of(other), ending_of(live)):
        desk.goto(address)
        expect(desk.locator("[name=reason_ru]")).to_have_value(READY)
        expect(desk.locator("[name=languages][value=en]")).to_be_checked()
        expect(desk.get_by_text(NOTE)).to_have_count(0)


def test_what_stands_there_again_can_be_sent(desk: Page, live: Article) -> None:
    send_an_ending(desk, live)
    turn_round(desk)

    desk.locator("[name=_end]").click()
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Confirm and go on").click()

    expect(desk.get_by_text("It is taken down at the moment that you have set.")).to_be_visible()
    due = Due.objects.get(act="withdraw")
    assert (due.language, due.payload["reason"].split()) == ("ru", REASON.split())


def test_what_is_folded_up_opens_where_something_in_it_was_ticked(desk: Page, editor: User) -> None:
    article = an_article()
    desk.goto(reverse("admin:publish", args=["article", article.pk]))
    everything = desk.locator("[name=confirm_all]")
    expect(everything).to_be_hidden()
    desk.locator(".press-pairs summary", has_text="not confirmed").click()
    everything.check()
    desk.locator("[name=_publish]").click()
    expect(desk.get_by_text(ASKED)).to_be_visible()

    turn_round(desk)

    expect(everything).to_be_visible()
    expect(everything).to_be_checked()
    assert not Edition.objects.exists()
