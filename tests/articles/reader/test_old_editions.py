"""An edition as it stood: marked as old, without what was withdrawn since, without numbers to call from the past."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.content.blocks import QuoteBlock
from articles.publishing.withdraw import withdraw_part as withdraw_working_part
from tests.articles.reader.conftest import Fetch
from tests.articles.reader.markup import Markup
from tests.factories.desk import a_quote as a_working_quote
from tests.factories.desk import an_article, place
from tests.factories.documents import (
    NOON,
    a_document,
    a_person,
    a_quote,
    a_source,
    cite,
    heading,
    quoted,
    said,
    shelve,
    text,
    withdraw_part,
)
from tests.factories.documents_of_kinds import accounts
from tests.factories.editions import three_editions
from tests.factories.erasure import erase
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
RU, EN = "/ru/articles/sudorogi-v-testah/", "/en/articles/cramps-in-tests/"
HISTORY = f"{RU}editions/"


def headings(page: Markup) -> list[str]:
    return page.words("h2")


def test_an_old_edition_says_so_first_and_leads_to_the_current_one(fetch: Fetch) -> None:
    three_editions()

    page = fetch(f"{HISTORY}1/")

    note = page.one("section", class_="grave").text
    assert (
        "Это не действующая версия, а старая. Она опубликована 22 ноября 2026 и заменена 23 ноября 2026."
        in " ".join(note.split())
    )
    assert "Не руководствуйтесь ею. Что изменилось с тех пор: изменение, важное для безопасности;" in page.text
    assert "Сейчас звоните: 103 или 112." in page.text
    assert page.all("a", href=RU)
    assert "один" in headings(page)
    assert "три" not in page.text
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("link", rel="canonical") == []
    assert [one for one in page.all("link", rel="alternate") if "hreflang" in one.attributes] == []


def test_an_old_edition_after_which_nothing_grave_came_does_not_frighten(fetch: Fetch) -> None:
    three_editions()

    page = fetch(f"{HISTORY}2/")

    assert "Что изменилось с тех пор: правка формулировок." in page.text
    assert "Не руководствуйтесь" not in page.text


def test_the_current_edition_at_its_number_says_that_it_is_current(fetch: Fetch) -> None:
    three_editions()

    page = fetch(f"{HISTORY}3/")

    assert "Это действующая версия." in page.text
    assert "старая" not in page.text
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("link", rel="canonical") == []


SECRET = a_quote("secret", text="ТАЙНЫЕ СЛОВА", speaker=a_person(name="ТАЙНОЕ ИМЯ"), locator="ТАЙНОЕ МЕСТО")


def test_words_that_were_withdrawn_since_are_on_no_page_of_the_past(fetch: Fetch) -> None:
    shelve(a_document(heading("x", name="h"), quoted(SECRET)))
    shelve(a_document(heading("y", name="h"), accounts(SECRET, a_quote("other"))), change="update", at=NOON + DAY)
    shelve(a_document(heading("z", name="h")), change="update", at=NOON + 2 * DAY)
    before = [fetch(f"{HISTORY}{tail}").html for tail in ("1/", "2/", "2/changes/", "3/changes/")]
    assert all("ТАЙНЫЕ СЛОВА" in html for html in before)

    withdraw_part(SECRET, at=NOON + 3 * DAY)

    for tail in ("", "1/", "1/changes/", "2/", "2/changes/", "3/", "3/changes/"):
        assert "ТАЙН" not in fetch(f"{HISTORY}{tail}").html, tail
    for number in (1, 2):
        page = fetch(f"{HISTORY}{number}/")
        assert "Высказывание, которое здесь стояло, снято. Врач попросил снять свои слова." in page.text


def test_a_source_that_was_withdrawn_since_stands_beside_its_notice(fetch: Fetch) -> None:
    source = a_source("gone", title="A study of tests")
    shelve(a_document(text(said("x", cite(source)), name="t"), sources=[source]))
    shelve(a_document(heading("x", name="h")), change="update", at=NOON + DAY)

    withdraw_part(source, reason="Журнал отозвал статью.", reason_code="source", at=NOON + 2 * DAY)

    assert "Этот источник отозван. Журнал отозвал статью." in fetch(f"{HISTORY}1/").text
    assert "Этот источник отозван. Журнал отозвал статью." in fetch(f"{HISTORY}2/changes/").text


@pytest.mark.parametrize("tail", ["1/", "1/changes/"])
def test_an_erased_edition_is_gone_and_the_others_stay(
    client: Client, fetch: Fetch, editor: User, administrator: User, tail: str
) -> None:
    quote, article = a_working_quote(text_en="THE SPOKEN WORD"), an_article("quoting")
    place(article, quote)
    publish_article(article, by=editor)
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_working_part("quote", quote.pk, reason_code="request", reasons=why, by=editor, at=later(5))
    QuoteBlock.objects.get().delete()
    home = "/en/articles/quoting/editions/"
    erase(quote, "quote", editor, administrator)

    answer = client.get(f"{home}{tail}")
    page = fetch(f"{home}{tail}")

    assert (answer.status_code, answer["Cache-Control"]) == (
        410,
        "max-age=60, stale-while-revalidate=30, stale-if-error=600",
    )
    assert page.words("h1") == ["Edition No. 1 was erased"]
    assert "It was erased for good, as the law requires." in page.text
    assert page.all("a", href="/en/articles/quoting/")
    assert page.all("a", href=home)
    assert page.one("section", class_="card")
    assert client.get(f"{home}2/").status_code == 200
    assert (
        "erased for good, as the law requires, so the two can no longer be compared" in fetch(f"{home}2/changes/").text
    )


@pytest.mark.parametrize("number", ["4", "9999999999"])
@pytest.mark.parametrize("tail", ["", "changes/"])
def test_a_number_that_no_edition_has_says_which_there_are(
    client: Client, fetch: Fetch, number: str, tail: str
) -> None:
    three_editions()

    answer, page = client.get(f"{HISTORY}{number}/{tail}"), fetch(f"{HISTORY}{number}/{tail}")

    assert (answer.status_code, answer["Cache-Control"]) == (404, "max-age=60")
    assert "Версии этого текста пронумерованы от 1 до 3." in page.text
    assert page.all("a", href=HISTORY)
    assert page.one("section", class_="card")


def test_of_a_single_edition_nobody_is_told_a_span_of_numbers(fetch: Fetch) -> None:
    shelve(a_document(heading("x", name="h")))

    assert "У этого текста пока одна версия." in fetch(f"{HISTORY}2/").text
