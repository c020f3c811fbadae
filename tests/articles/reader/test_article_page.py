"""The page of an article: what stands on it, in the states that first content really has."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.editions.envelope import Credits
from articles.editions.parts import PartWithdrawal
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    NOON,
    REVIEWED,
    UNREVIEWED,
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    agreed,
    an_english_document,
    an_id,
    cite,
    fall_due,
    heading,
    item_link,
    link,
    quoted,
    said,
    shelve,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RU = "/ru/articles/sudorogi-v-testah/"
EN = "/en/articles/cramps-in-tests/"


def test_a_text_that_no_doctor_checked_says_so_with_who_decided_when_and_why(fetch: Fetch) -> None:
    shelve(a_document(heading("Что это")))

    page = fetch(RU)

    assert (
        "Врач этот текст ещё не проверил. Редакция составила его по открытым источникам, они перечислены внизу. "
        "О лечении советуйтесь с врачом; при опасных признаках не ждите — звоните 103 или 112." in page.text
    )
    assert "Мария Орлова, редактор, 22 ноября 2026. Причина: No clinician is on board yet." in page.text


def test_the_same_in_english_names_the_numbers_of_both_countries(fetch: Fetch) -> None:
    shelve(an_english_document(heading("What it is")), "en")

    page = fetch(EN)

    assert (
        "No clinician has checked this page yet. The editors wrote it from public sources, listed below. Ask a doctor "
        "about treatment; with any emergency sign do not wait, call 112, 999 in the UK or 103 in Russia." in page.text
    )
    assert {"tel:112", "tel:999", "tel:103"} <= {one.attributes["href"] for one in page.all("a")}


def test_a_reviewed_text_names_the_reviewer_and_the_next_review_and_warns_of_nothing(fetch: Fetch) -> None:
    shelve(a_document(heading("Что это")), review=REVIEWED)

    page = fetch(RU)

    assert "Кто проверил: Анна Проверочная, врач-рецензент" in page.text
    assert "Проверка врачом 20 ноября 2026" in page.text
    assert "Следующая проверка не позже 20 ноября 2028" in page.text
    assert "не проверил" not in page.text
    assert "просрочена" not in page.text


def test_a_promise_that_was_not_kept_is_told_openly_at_head_and_foot_and_never_as_current(
    client: Client, fetch: Fetch
) -> None:
    shelve(a_document(heading("Что это")), review=REVIEWED)
    shelve(an_english_document(heading("What it is")), "en", review=REVIEWED)
    fall_due()

    page = fetch(RU)

    assert page.words("div", class_="late") == ["Проверка просрочена с 21 ноября 2028"] * 2
    # A short word leans on the day and ends no line.
    assert "просрочена с</dt><dd>&nbsp;<time" in client.get(RU).content.decode()
    assert "Анна Проверочная, врач-рецензент" in page.text
    assert "Следующая проверка" not in page.text
    assert "20 ноября 2028" not in page.text
    assert "Next review by 20 November 2028" in fetch(EN).text


def test_a_page_is_the_same_before_and_after_the_promised_day_until_the_journal_says_so(
    fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(a_document(heading("Что это")), review=REVIEWED)
    before = fetch(RU).html

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(days=20 * 365))

    assert fetch(RU).html == before


def test_where_nobody_is_named_the_page_says_so(fetch: Fetch) -> None:
    original = a_document(heading("Что это"))
    shelve(original)
    shelve(an_english_document(heading("What it is")), "en", translation_of=agreed(original))

    russian, english = fetch(RU), fetch(EN)

    assert "Проверка врачом ещё не проводилась" in russian.text
    assert "Кто написал: редакция; автор по имени не назван" in russian.text
    assert "Перевод" not in russian.one("dl", class_="by").text
    assert "Medical review not done yet" in english.text
    assert "Written by: the editors; no author is named" in english.text
    assert "Translated from Russian: no translator is named" in english.text


def test_who_wrote_checked_and_translated_is_named_at_the_head(fetch: Fetch) -> None:
    original = a_document(heading("Что это"))
    shelve(original)
    nasty = "<b>Proba One</b>, journalist"
    shelve(
        an_english_document(heading("What it is")),
        "en",
        review=REVIEWED,
        translation_of=agreed(original),
        credits=Credits([nasty, "Proba Two, editor"], ["Proba Three, translator"]),
    )

    page = fetch(EN)

    assert page.words("div", class_="who") == [
        f"Written by: {nasty}; Proba Two, editor",
        "Checked by: Анна Проверочная, medical reviewer",
        "Translated from Russian: Proba Three, translator",
    ]
    assert "Proba" not in fetch(RU).html


def test_a_withdrawn_source_says_so_in_the_list(fetch: Fetch) -> None:
    gone = a_source("gone", withdrawn=PartWithdrawal("source", "Журнал отозвал статью."))
    shelve(a_document(text(said("Слова.", cite(gone)), name="t"), sources=[gone]))

    assert "Этот источник отозван. Журнал отозвал статью." in fetch(RU).words("li", id="s1")[0]


def test_sources_are_numbered_and_lead_back_to_every_place_that_cites_them(fetch: Fetch) -> None:
    one, two = a_source("one"), a_source("two", title="Второй обзор", language="ru")
    shelve(
        a_document(
            text(said("Раз.", cite(one, "p. 351"), cite(two)), said("Два.", cite(one)), name="t"), sources=[one, two]
        )
    )

    page = fetch(RU)

    assert page.words("sup") == ["Источник [1, p. 351]", "Источник [2]", "Источник [1]"]
    back = [one.attributes["href"] for one in page.all("a") if one.attributes["href"].startswith("#r")]
    assert back == ["#r1-1", "#r1-2", "#r2-1"]
    assert [one.attributes.get("lang") for one in page.all("cite")] == ["en", None]


def test_a_news_item_without_title_and_address_is_cited_by_publisher_date_and_author(fetch: Fetch) -> None:
    news = a_news_source()
    shelve(a_document(text(said("Слова.", cite(news)), name="t")))

    page = fetch(RU)

    assert page.words("li", id="s1")[0].startswith("Test News, 27 января 2026. Пишущий Пётр. Новость;")
    assert page.all("cite") == []


def test_links_to_items_follow_them_and_an_unpublished_target_is_plain_words(fetch: Fetch) -> None:
    there, draft = an_id("there"), an_id("draft")
    shelve(a_document(heading("x"), slug="drugaya", title="Другая статья"), item=there)
    shelve(a_document(text(said(item_link("про сон", there), " и ", item_link("про тайное", draft)), name="t")))

    page = fetch(RU)
    shelve(a_document(heading("x"), slug="novyj-adres", title="Новое имя"), item=there, at=NOON + timedelta(1))

    assert [
        (one.attributes["href"], one.attributes["title"], one.text)
        for one in page.all("a")
        if "title" in one.attributes
    ] == [("/ru/articles/drugaya/", "Другая статья", "про сон")]
    assert "про тайное" in page.text
    assert draft not in page.html
    assert fetch(RU).all("a", href="/ru/articles/novyj-adres/")


def test_dates_say_when_the_words_changed_and_which_edition_this_is(fetch: Fetch) -> None:
    shelve(a_document(heading("Что это")))
    first = fetch(RU).text
    later = NOON + timedelta(days=3)
    shelve(a_document(heading("Что это такое")), change="correction", note="Исправили заголовок.", at=later)

    page = fetch(RU).text

    assert "Текст изменён" not in first
    assert "Опубликовано 22 ноября 2026" in page
    assert "Текст изменён 25 ноября 2026" in page
    assert "№ 2, 25 ноября 2026" in page
    assert "Исправление ошибки. Исправили заголовок." in page


def test_a_review_without_a_changed_word_moves_no_date_of_change(fetch: Fetch) -> None:
    document = a_document(heading("Что это"))
    shelve(document, review=UNREVIEWED)
    shelve(document, change="review", review=REVIEWED, at=NOON + timedelta(days=30))

    assert "Текст изменён" not in fetch(RU).text


def test_headings_keep_their_address_when_their_words_change_and_share_it_between_languages(fetch: Fetch) -> None:
    original = a_document(heading("Что это", name="h"))
    shelve(original)
    shelve(an_english_document(heading("What it is", name="h")), "en", translation_of=agreed(original))
    before = fetch(RU).all("h2")[1].attributes["id"]
    shelve(a_document(heading("Что это такое", name="h")), change="wording", at=NOON + timedelta(days=1))

    assert fetch(RU).all("a", href=f"#{before}")
    assert fetch(EN).all("a", href=f"#{before}")


def test_a_text_that_must_not_be_missed_stands_out_and_one_that_begins_with_a_call_most(fetch: Fetch) -> None:
    shelve(
        a_document(
            text(said("Звоните ", link("103", "tel:103"), "."), name="call", required=True),
            text("Сегодня к врачу.", said("Или ", link("103", "tel:103")), name="today", required=True),
            text(said("Обычное, ", link("103", "tel:103")), name="plain"),
        )
    )

    assert [one.attributes["class"] for one in fetch(RU).all("div", class_="flow") if "id" in one.attributes] == [
        "flow must l4",
        "flow must",
        "flow",
    ]


def test_search_engines_learn_the_address_and_only_languages_that_exist(fetch: Fetch) -> None:
    original = a_document(heading("Что это"))
    shelve(original)
    alone = fetch(RU)
    shelve(an_english_document(heading("What it is")), "en", translation_of=agreed(original))
    page = fetch(RU)

    assert alone.alternates() == {}
    assert alone.one("link", rel="canonical").attributes["href"] == f"http://testserver{RU}"
    assert alone.one("a", class_="lang").attributes["href"] == "/en/articles/sudorogi-v-testah/"
    assert page.alternates() == {
        "ru": f"http://testserver{RU}",
        "en": f"http://testserver{EN}",
        "x-default": f"http://testserver{RU}",
    }
    assert page.one("a", class_="lang").attributes["href"] == EN
    assert page.all("meta", name="robots") == []


def test_what_an_editor_typed_is_never_markup(fetch: Fetch) -> None:
    nasty = "<script>alert(1)</script>&\"'"
    source = a_source("nasty", title=nasty, authors=[nasty], container=nasty, url="javascript:alert(1)")
    quote = a_quote(
        text=nasty,
        speaker=a_person(name=nasty, post=nasty),
        verdict=a_verdict("supported", nasty, [source.id]),
        locator=nasty,
    )
    shelve(
        a_document(heading(nasty), text(nasty, name="t"), quoted(quote), sources=[source], title=nasty, summary=nasty),
        note=nasty,
    )

    page = fetch(RU)

    assert page.scripts() == []
    assert page.words("h1") == [nasty]
    assert "javascript:" not in page.html


def test_the_page_needs_no_script_no_frame_and_nobody_else(fetch: Fetch) -> None:
    shelve(a_document(heading("Что это"), quoted(a_quote())))

    page = fetch(RU)

    assert page.scripts() == []
    assert [one.name for one in page.elements if one.name in {"iframe", "img", "style", "form"}] == []
    assert not any("style" in one.attributes for one in page.elements)
    for one in page.all("link"):
        if one.attributes["rel"] in {"stylesheet", "icon"}:
            assert one.attributes["href"].startswith("/static/")
