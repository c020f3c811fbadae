"""A quote on the page: never without who said it, where, what we did not ask and what the evidence says."""

import pytest

from articles.editions.blocks import QuoteBlock
from articles.editions.parts import Disclosure, PartWithdrawal, Reply
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    a_document,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    an_english_document,
    an_id,
    heading,
    quoted,
    shelve,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RU = "/ru/articles/sudorogi-v-testah/"
EN = "/en/articles/cramps-in-tests/"


def test_a_summary_of_somebodys_words_has_no_quotation_marks_and_its_whole_context(fetch: Fetch) -> None:
    evidence = a_source("evidence")
    quote = a_quote(verdict=a_verdict("supported_in_part", "Так пишут обзоры.", [evidence.id]))
    shelve(a_document(quoted(quote), sources=[evidence]))

    page = fetch(RU)
    figure = page.one("figure", class_="quote")
    words = page.words("figure", class_="quote")[0]

    assert "verbatim" not in figure.attributes["class"]
    assert page.all("blockquote") == []
    assert page.words("div", class_="said") == ["По словам невролога, судорога проходит сама."]
    for line in (
        "Анна Проверочная, невролог",
        "Клиника на Набережной (как указано в публикации, мы не проверяли)",
        "О конфликте интересов не спрашивали",
        "Пересказ публикации Test News от 27 января 2026 года.",
        "Мы не беседовали с врачом, и врач этот пересказ не согласовывал. Нашли неточность? Напишите нам, исправим.",
        "подтверждается частично",
        "Так пишут обзоры.",
        "Редакция сверила с открытыми источниками. Врач эту сверку не проверял.",
    ):
        assert line in words
    assert [one.attributes["href"] for one in page.all("a") if one.attributes.get("id", "").startswith("r")] == [
        "#s1",
        "#s2",
    ]


def test_the_context_of_a_quote_in_english(fetch: Fetch) -> None:
    quote = a_quote(
        text="According to the neurologist, a cramp passes.",
        speaker=a_person(name="Anna Testova", specialty="neurologist"),
        verdict=a_verdict("no_good_evidence", "We found none."),
    )
    shelve(an_english_document(quoted(quote)), "en")

    words = fetch(EN).words("figure", class_="quote")[0]

    for line in (
        "Anna Testova, neurologist",
        "(as published, not verified by us)",
        "Not asked about conflicts of interest",
        "Our summary of what Test News published on 27 January 2026.",
        "We did not speak to the doctor, who has not approved this summary. Seen an error? Tell us and we will put it "
        "right.",
        "no good evidence found",
        "Checked by the editors against public sources. No clinician has reviewed this check.",
    ):
        assert line in words


def test_a_person_quoted_from_elsewhere_is_neither_linked_nor_pictured(fetch: Fetch) -> None:
    shelve(a_document(quoted(a_quote(verdict=a_verdict("not_assessed", "")))))

    page = fetch(RU)

    assert "clinic.invalid" not in page.html
    assert page.all("img") == []
    assert not any("Проверочная" in one.text for one in page.all("a"))


def test_nobodys_statement_stands_under_nobodys_name(fetch: Fetch) -> None:
    quote = a_quote(
        text="В публикации Test News сказано, что всё от магния.",
        speaker=None,
        attribution="unnamed",
        verdict=a_verdict("disputed", "Источники так не считают."),
    )
    shelve(a_document(quoted(quote)))

    words = fetch(RU).words("figure", class_="quote")[0]

    assert "В публикации не сказано, чьи это слова." in words
    assert "оспаривается" in words
    assert "Мы не беседовали" not in words
    assert "О конфликте интересов" not in words


def test_only_words_as_they_were_said_are_marked_as_a_quotation(fetch: Fetch) -> None:
    verbatim = a_quote("verbatim", mode="verbatim", text="Она проходит сама.", approved_on="2026-09-03")
    translated = a_quote("translated", mode="translation", original_language="en", text="Судороги проходят.")
    shelve(a_document(quoted(verbatim), quoted(translated)))

    page = fetch(RU)
    first, second = page.all("figure", class_="quote")

    assert "verbatim" in first.attributes["class"].split()
    assert page.words("blockquote") == ["Она проходит сама."]
    assert "согласована с автором слов 3 сентября 2026" in page.words("figure")[0]
    assert second.attributes["class"] == "quote"
    assert "Наш перевод с английского." in page.words("figure")[1]


def test_declared_interests_and_the_reply_of_the_speaker_stand_with_the_quote(fetch: Fetch) -> None:
    speaker = a_person(
        part="participates",
        workplace_basis="confirmed",
        disclosure=Disclosure("declared", "Анна Проверочная", "2026-11-01", ["лекции для фирмы", "акции фирмы"]),
    )
    quote = a_quote(speaker=speaker, reply=Reply("Я говорила о другом.\n\nИ ещё раз.", "2026-11-10"))
    shelve(a_document(quoted(quote)))

    words = fetch(RU).words("figure", class_="quote")[0]

    assert "(Анна Проверочная, 1 ноября 2026): лекции для фирмы; акции фирмы" in words
    assert "Ответ: Анна Проверочная, 10 ноября 2026 Я говорила о другом. И ещё раз." in words
    assert "подтверждено самим человеком или организацией" in words


def test_a_withdrawn_quote_leaves_a_notice_in_its_place(fetch: Fetch) -> None:
    notice = PartWithdrawal("request", "Говоривший попросил снять свои слова.")
    shelve(a_document(heading("Что это"), QuoteBlock(id=an_id("b"), required=True, quote=None, withdrawn=notice)))

    page = fetch(RU)

    assert page.all("figure") == []
    assert "Высказывание, которое здесь стояло, снято. Говоривший попросил снять свои слова." in page.text
