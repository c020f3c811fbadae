"""All editions of a text, and what else happened to it, newest first."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.content.blocks import QuoteBlock
from articles.publishing.withdraw import withdraw_part as withdraw_working_part
from articles.reader.previews import render_preview
from tests.articles.reader.conftest import Fetch
from tests.articles.reader.markup import Markup
from tests.factories.desk import a_quote as a_working_quote
from tests.factories.desk import an_article, place
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_person,
    a_quote,
    agreed,
    an_english_document,
    an_id,
    check,
    heading,
    link,
    quoted,
    restore,
    said,
    shelve,
    text,
    withdraw,
    withdraw_part,
)
from tests.factories.documents_of_kinds import (
    FAQ,
    PAGE,
    TOPIC,
    a_care_box,
    a_faq,
    a_page,
    a_service,
    a_topic,
    an_expert,
    care_box,
)
from tests.factories.editions import three_editions
from tests.factories.erasure import erase
from tests.factories.shelf import later, publish_article

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
RU, EN = "/ru/articles/sudorogi-v-testah/", "/en/articles/cramps-in-tests/"
HISTORY = f"{RU}editions/"


def headings(page: Markup) -> list[str]:
    return page.words("h2")


def test_the_history_tells_every_edition_newest_first_with_class_note_and_review(fetch: Fetch) -> None:
    three_editions()

    page = fetch(HISTORY)

    assert headings(page) == ["Версия № 3", "Версия № 2", "Версия № 1"]
    assert "24 ноября 2026 · действует сейчас Правка формулировок. Яснее. Врач эту версию не проверял." in page.text
    assert "Изменение, важное для безопасности. Доза была неверной. Проверено врачом: Анна Проверочная." in page.text
    assert "Первая публикация." in page.text
    assert [one.attributes["href"] for one in page.all("a") if "editions/" in one.attributes["href"]] == [
        f"{HISTORY}3/",
        f"{HISTORY}3/changes/",
        f"{HISTORY}2/",
        f"{HISTORY}2/changes/",
        f"{HISTORY}1/",
    ]
    assert page.all("a", href=RU)
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("link", rel="canonical") == []


def test_withdrawals_restorations_and_checks_stand_among_the_editions_in_order(fetch: Fetch) -> None:
    shelve(a_document(heading("один", name="h")))
    withdraw(reason="Мы нашли ошибку.", at=NOON + DAY)
    restore(note="Ошибки не было.", at=NOON + 2 * DAY)
    check(started="Сверяем с обзором.", at=NOON + 3 * DAY)
    check(ended="Всё сошлось.", at=NOON + 4 * DAY)
    shelve(a_document(heading("два", name="h")), change="update", at=NOON + 5 * DAY)

    page = fetch(HISTORY)

    assert headings(page) == [
        "Версия № 2",
        "Проверка закончена",
        "Начата проверка этого текста",
        "Снова опубликовано без изменений",
        "Снято с публикации",
        "Версия № 1",
    ]
    for words in ("Мы нашли ошибку.", "Ошибки не было.", "Сверяем с обзором.", "Всё сошлось."):
        assert words in page.text


def test_that_the_other_language_fell_behind_is_no_part_of_a_texts_own_history(fetch: Fetch) -> None:
    original = a_document(heading("один", name="h"))
    shelve(original)
    shelve(an_english_document(heading("one", name="h")), "en", translation_of=agreed(original))
    shelve(a_document(heading("два", name="h")), change="safety", at=NOON + DAY)

    assert headings(fetch(f"{EN}editions/")) == ["Edition No. 1"]


def test_a_withdrawal_that_reached_the_text_is_no_error_of_the_text(fetch: Fetch) -> None:
    quote = a_quote()
    shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, at=NOON + DAY)

    for page in (fetch(HISTORY), fetch(RU)):
        assert "Снято высказывание. Врач попросил снять свои слова." in page.text
        assert "Исправление ошибки" not in page.text


def test_the_history_of_one_language_leads_to_that_of_the_other(fetch: Fetch) -> None:
    original = a_document(heading("один", name="h"))
    shelve(original)
    assert fetch(HISTORY).one("a", class_="lang").attributes["href"] == "/en/articles/sudorogi-v-testah/"

    shelve(an_english_document(heading("one", name="h")), "en", translation_of=agreed(original))
    for address in (HISTORY, f"{HISTORY}1/", f"{HISTORY}1/changes/"):
        assert fetch(address).one("a", class_="lang").attributes["href"] == f"{EN}editions/"


def test_every_kind_whose_page_has_words_of_its_own_has_a_history(fetch: Fetch, client: Client) -> None:
    shelve(a_faq(heading("x")), item=FAQ)
    shelve(a_page(heading("x")), item=PAGE)
    shelve(a_topic(), item=TOPIC)
    person = a_person()
    shelve(an_expert(person), item=person.id)

    for path in ("/ru/faq/", "/ru/about/", "/ru/topics/"):
        kind = {"/ru/faq/": a_faq, "/ru/about/": a_page, "/ru/topics/": a_topic}[path]
        home = f"{path}{kind().slug}/"
        assert fetch(home).all("a", href=f"{home}editions/"), home
        assert headings(fetch(f"{home}editions/")) == ["Версия № 1"]
        assert "Это действующая версия." in fetch(f"{home}editions/1/").text
        assert "Это первая версия" in fetch(f"{home}editions/1/changes/").text
    expert = f"/ru/people/{an_expert(person).slug}/"
    assert fetch(expert).all("a", href=f"{expert}editions/") == []
    assert client.get(f"{expert}editions/").status_code == 404


def test_no_number_of_an_old_edition_can_be_called_with_a_touch_and_those_of_now_can(fetch: Fetch) -> None:
    old = a_service("104")
    call = text(said("Звоните ", link("104", "tel:104"), "."), name="call", required=True)
    shelve(a_document(call, care_box(a_care_box(services=[old]))))
    new = a_service("103", id=old.id)
    shelve(a_document(care_box(a_care_box(services=[new]))), change="safety", at=NOON + DAY)

    page = fetch(f"{HISTORY}1/")

    assert "Звоните 104, если" in page.text
    assert {one.attributes["href"] for one in page.all("a") if one.attributes["href"].startswith("tel:")} == {"tel:103"}
    assert "tel:104" not in page.html
    assert fetch(f"{HISTORY}2/").all("a", href="tel:103")


def test_a_withdrawn_text_is_gone_with_its_whole_past_and_its_reason_is_told(client: Client) -> None:
    three_editions()
    withdraw(reason="Мы нашли ошибку в дозе.", at=NOON + 3 * DAY)

    for tail in ("", "1/", "3/", "2/changes/", "99/"):
        answer = client.get(f"{HISTORY}{tail}")
        assert answer.status_code == 410, tail
        assert "Мы нашли ошибку в дозе." in answer.content.decode()
        assert "Доза была неверной." not in answer.content.decode()


def test_the_history_tells_of_an_erasure_and_leads_to_nothing_that_is_gone(
    fetch: Fetch, editor: User, administrator: User
) -> None:
    quote, article = a_working_quote(text_en="THE SPOKEN WORD"), an_article("quoting")
    place(article, quote)
    publish_article(article, by=editor, note="THE SPOKEN WORD, СКАЗАННОЕ")
    why = {"ru": "Снято по просьбе.", "en": "Taken down on request."}
    withdraw_working_part("quote", quote.pk, reason_code="request", reasons=why, by=editor, at=later(5))
    QuoteBlock.objects.get().delete()
    erase(quote, "quote", editor, administrator)
    home = "/en/articles/quoting/editions/"

    page = fetch(home)

    assert headings(page) == ["Edition No. 1 was erased", "Edition No. 2", "Edition No. 1"]
    assert "The words of this edition were erased for good, as the law requires." in page.text
    assert page.all("a", href=f"{home}1/") == []
    assert "SPOKEN" not in page.html


@pytest.mark.parametrize("number", ["0", "-1", "01", "1.0", "x", "٣", "9" * 400, "%00", "1%0a"])
def test_no_number_however_odd_is_a_fault(client: Client, number: str) -> None:
    three_editions()
    client.raise_request_exception = False

    assert client.get(f"{HISTORY}{number}/").status_code == 404


def test_the_past_moves_with_its_text(client: Client) -> None:
    shelve(a_document(heading("один", name="h"), slug="starye-sudorogi"))
    shelve(a_document(heading("два", name="h")), change="update", at=NOON + DAY)

    for tail in ("editions/", "editions/1/", "editions/2/changes/"):
        answer = client.get(f"/ru/articles/starye-sudorogi/{tail}")
        assert (answer.status_code, answer["Location"]) == (301, f"{RU}{tail}")


def test_the_past_of_a_text_that_is_not_in_this_language_says_where_it_is(client: Client) -> None:
    shelve(a_document(heading("Тайный русский заголовок")))

    answer = client.get("/en/articles/sudorogi-v-testah/editions/")

    assert answer.status_code == 404
    assert f'href="{RU}"' in answer.content.decode()
    assert "Тайный" not in answer.content.decode()


@pytest.mark.parametrize("tail", ["", "1/", "2/changes/"])
def test_the_past_costs_the_same_with_three_and_with_thirty_editions(client: Client, tail: str) -> None:
    def another(number: int) -> None:
        document = a_document(heading(f"h{number}", name="h"), quoted(a_quote(f"q{number}")), topics=[an_id("topic")])
        shelve(document, change="first" if number == 0 else "update", at=NOON + number * DAY)

    for number in range(3):
        another(number)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{HISTORY}{tail}")
    for number in range(3, 30):
        another(number)
    with CaptureQueriesContext(connection) as many:
        client.get(f"{HISTORY}{tail}")

    assert len(few) == len(many) <= 8


@pytest.mark.parametrize("tail", ["", "1/", "2/changes/"])
def test_the_past_is_sent_once_and_only_read(client: Client, tail: str) -> None:
    three_editions()
    answer = client.get(f"{HISTORY}{tail}")

    assert not answer.cookies
    assert client.get(f"{HISTORY}{tail}", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.post(f"{HISTORY}{tail}").status_code == 405


def test_a_draft_leads_to_no_history() -> None:
    assert "editions/" not in render_preview(a_document(heading("x")), language="ru")
