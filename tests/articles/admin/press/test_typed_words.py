"""Sentences typed on the pages of the press are held to the rules of every other text."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.admin.press.typed_words import refusals, tidy
from articles.content.texts import Article
from tests.factories.desk import a_quote, an_article, place
from tests.factories.shelf import journal, publish_article

pytestmark = pytest.mark.any_database

UNSAFE = ["nul \x00 inside", "turned \u202e round"]


def test_spaces_and_composed_letters_come_into_one_form() -> None:
    assert tidy("  и\u0306од \t и\u00a0йод ") == "йод и йод"


@pytest.mark.parametrize("text", UNSAFE)
def test_unsafe_text_is_named_with_its_field_and_comes_back_untouched(text: str) -> None:
    assert [name for name, _ in refusals({"note": text, "reason": "fine"}, ["note", "reason"])] == ["note"]
    assert tidy(text) == text


@pytest.fixture
def live(editor: User) -> Article:
    article = an_article()
    place(article, a_quote())
    publish_article(article, by=editor)
    return article


@pytest.mark.django_db
@pytest.mark.parametrize("text", UNSAFE)
@pytest.mark.parametrize("page", ["publish", "withdraw_article", "withdraw_quote", "drift", "restore"])
def test_no_page_takes_it(desk: Client, live: Article, page: str, text: str) -> None:
    quote = live.quoteblock_set.get().quote
    addresses = {
        "publish": reverse("admin:publish", args=["article", live.pk]),
        "withdraw_article": reverse("admin:withdraw_article", args=[live.pk]),
        "withdraw_quote": reverse("admin:withdraw_quote", args=[quote.pk]),
        "drift": reverse("admin:drift", args=[live.pk]),
        "restore": reverse("admin:withdraw_article", args=[live.pk]),
    }
    typed = {"reason_code": "error", "reason_ru": text, "reason_en": text, "note_ru": text, "note_en": text}
    more = {"languages": ["ru"], "class": "update", "class_ru": "update"}
    button = {"_restore": "ru"} if page == "restore" else {"_withdraw": "1"}
    before = journal()

    answer = desk.post(addresses[page], typed | more | button)

    assert answer.status_code == 422
    assert journal() == before


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["%00", "a\x00b", "\u202e", "/en/articles/%F0%9F/", "x" * 5000])
def test_a_strange_address_in_its_place_is_only_unknown(desk: Client, live: Article, address: str) -> None:
    typed = {"reason_code": "error", "reason_ru": "Так.", "languages": ["ru"], "replacement": address}

    answer = desk.post(reverse("admin:withdraw_article", args=[live.pk]), typed | {"_look": "1"})
    page = desk.get(
        reverse("admin:withdrawn_page", args=["article", live.pk, "ru"]), {"reason": "\x00", "replacement": address}
    )

    assert answer.status_code == 422
    assert page.status_code == 200
