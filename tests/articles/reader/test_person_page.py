"""The page of a person: what others say in their name, and nothing that nobody said."""

from datetime import timedelta

import pytest

from articles.editions.parts import Disclosure
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    NOON,
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    an_id,
    heading,
    quoted,
    shelve,
    withdraw,
)
from tests.factories.documents_of_kinds import a_faq, accounts, an_account, an_expert

pytestmark = pytest.mark.django_db

PERSON = a_person()
RU = "/ru/people/anna-proverochnaya/"


def test_a_person_whom_we_only_quote_is_kept_from_search_engines_and_told_of_no_further(fetch: Fetch) -> None:
    shelve(an_expert(summary="ТАЙНАЯ БИОГРАФИЯ"), item=PERSON.id)

    page = fetch(RU)

    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("meta", name="description") == []
    assert "Мы только передаём слова этого человека из других изданий." in page.text
    assert "Клиника на Набережной (как указано в публикации, мы не проверяли)" in page.text
    assert "О конфликте интересов не спрашивали" in page.text
    assert "БИОГРАФИЯ" not in page.html
    assert page.all("img") == []


def test_a_person_who_takes_part_is_told_of(fetch: Fetch) -> None:
    declared = Disclosure(state="declared", by="Анна Проверочная", on="2026-11-01", interests=["Лекции"])
    person = a_person(part="participates", disclosure=declared)
    shelve(an_expert(person, summary="Ведёт приём."), item=person.id)

    page = fetch(RU)

    assert page.all("meta", name="robots") == []
    assert "Ведёт приём." in page.text
    assert "Участвует в работе сайта" in page.text
    assert page.text.count("Лекции") == 1


def test_words_stand_once_as_the_newest_live_text_has_them_with_every_text_they_stand_in(fetch: Fetch) -> None:
    shelve(an_expert(), item=PERSON.id)
    old, new = a_quote(text="Прежние слова."), a_quote(text="Новые слова.")
    shelve(a_document(quoted(old)))
    entry = accounts(an_account(new), an_account(a_quote("other", speaker=None, text="Чужие слова.")))
    shelve(a_faq(entry), item=an_id("question"), at=NOON + timedelta(days=1))

    page = fetch(RU)

    assert len(page.all("figure", class_="quote")) == 1
    assert "Новые слова." in page.text
    assert "Прежние слова." not in page.text
    assert "Чужие слова." not in page.text
    assert "Где приведено: Это опасно?; Судороги в тестах." in page.text


def test_sources_of_the_words_have_numbers_of_their_own_here(fetch: Fetch) -> None:
    shelve(an_expert(), item=PERSON.id)
    review = a_source("evidence", title="Доказательства")
    verdict = a_verdict("supported", "Так пишут.", [review.id])
    first = a_quote("first", speaker=a_person("other"), source=a_source("before").id)
    shelve(
        a_document(
            quoted(first), quoted(a_quote(verdict=verdict)), sources=[review, a_source("before"), a_news_source()]
        )
    )

    page = fetch(RU)

    assert page.words("sup") == ["Источник [1]", "Источник [2]"]
    assert page.words("li", id="s2")[0].startswith("Sample T., Example U. Доказательства.")
    assert page.all("li", id="s3") == []


def test_words_of_a_withdrawn_text_and_of_the_other_language_are_not_there(fetch: Fetch) -> None:
    shelve(an_expert(), item=PERSON.id)
    shelve(a_document(quoted(a_quote(text="Снятые слова."))))
    withdraw()
    shelve(a_document(quoted(a_quote(text="English words.")), slug="english"), "en", item=an_id("english"))

    page = fetch(RU)

    assert "В опубликованных сейчас текстах слов этого человека нет." in page.text
    assert "Снятые" not in page.html
    assert "English words" not in page.html


def test_a_quote_leads_to_its_speaker_only_while_the_page_is_live(fetch: Fetch) -> None:
    shelve(an_expert(), item=PERSON.id)
    shelve(a_document(heading("x"), quoted(a_quote())))
    withdraw(PERSON.id)

    assert fetch("/ru/articles/sudorogi-v-testah/").all("a", href=RU) == []
