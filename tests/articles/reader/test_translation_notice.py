"""What a page says when the other language has moved on."""

from datetime import timedelta

import pytest

from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    NOON,
    a_document,
    a_quote,
    agreed,
    an_english_document,
    heading,
    quoted,
    shelve,
    text,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RU = "/ru/articles/sudorogi-v-testah/"
EN = "/en/articles/cramps-in-tests/"
LATER = NOON + timedelta(days=1)


def published_together() -> None:
    original = a_document(heading("Что это", name="h"), text("Слова.", name="t"))
    shelve(original)
    translation = an_english_document(heading("What it is", name="h"), text("Words.", name="t"))
    shelve(translation, "en", translation_of=agreed(original))


def test_languages_in_step_need_no_notice(fetch: Fetch) -> None:
    published_together()

    assert fetch(EN).all("section", class_="note") == []
    assert fetch(RU).all("section", class_="note") == []


def test_a_page_that_is_behind_names_the_worst_change_and_what_differs(fetch: Fetch) -> None:
    published_together()
    changed = a_document(
        heading("Что это", name="h"), text("Опасно.", name="t"), quoted(a_quote()), heading("Новый раздел", name="h2"),
        text("Новое.", name="t2"),
    )  # fmt: skip
    shelve(changed, change="safety", note="Добавили опасный признак.", at=LATER)

    page = fetch(EN)
    warning, notice = page.all("section", class_="note")

    assert "grave" in warning.attributes["class"]
    assert "grave" in notice.attributes["class"]
    # What is lacking for safety is said ahead of everything else.
    assert "The Russian page has a change that matters for safety" in page.words("section")[0]
    assert "This page has not yet followed the Russian one. It lacks: a change that matters for safety." in page.text
    assert "a passage in the section “What it is”" in page.words("section")[1]
    assert "a quote in the section “What it is”" in page.words("section")[1]
    # The new section is one entry, with what stands in it.
    assert page.words("section")[1].count("section after “What it is”") == 1
    assert "Новый" not in page.html
    assert "Опасно" not in page.html


def test_missing_parts_are_linked_where_they_stand(fetch: Fetch) -> None:
    published_together()
    shelve(a_document(heading("Что это", name="h"), text("Слова.", name="t"), quoted(a_quote())), change="update")

    places = [one.attributes["href"] for one in fetch(EN).all("a") if one.attributes["href"].startswith(f"{RU}#")]

    assert len(places) == 1
    assert fetch(RU).all("figure", id=places[0].removeprefix(f"{RU}#"))


def test_a_changed_title_is_named(fetch: Fetch) -> None:
    published_together()
    shelve(
        a_document(heading("Что это", name="h"), text("Слова.", name="t"), title="Иначе"), change="wording", at=LATER
    )

    page = fetch(EN)

    assert "the title and the introduction" in page.text
    assert "grave" not in page.one("section", class_="note").attributes["class"]


def test_the_page_that_is_ahead_says_that_the_other_has_not_followed(fetch: Fetch) -> None:
    published_together()
    shelve(a_document(heading("Что это", name="h"), text("Иные слова.", name="t")), change="update", at=LATER)

    assert "На английской странице последние изменения пока не учтены." in fetch(RU).text


def test_a_part_that_only_the_translation_has_is_told_on_the_original(fetch: Fetch) -> None:
    original = a_document(heading("Что это", name="h"))
    shelve(original)
    shelve(
        an_english_document(heading("What it is", name="h"), text("More.", name="t")), "en",
        translation_of=agreed(original),
    )  # fmt: skip

    assert "фрагмент текста в разделе «Что это»" in fetch(RU).text


def test_a_withdrawn_other_language_is_not_spoken_of(fetch: Fetch) -> None:
    published_together()
    shelve(a_document(heading("Что это", name="h")), change="update", at=LATER)
    withdraw(language="ru", at=LATER)

    page = fetch(EN)

    assert page.all("section", class_="note") == []
    assert page.alternates() == {}
