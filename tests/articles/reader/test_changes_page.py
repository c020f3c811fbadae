"""What changed in an edition: in words, and as a difference that needs no eye for colour."""

from datetime import timedelta

import pytest

from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    ARTICLE,
    NOON,
    REVIEWED,
    a_document,
    a_quote,
    a_source,
    an_english_document,
    an_id,
    cite,
    heading,
    quoted,
    said,
    shelve,
    text,
    withdraw_part,
)
from tests.factories.documents_of_kinds import a_term, a_topic

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
CHANGES = "/ru/articles/sudorogi-v-testah/editions/2/changes/"


def test_each_part_is_named_by_its_kind_and_its_section_and_every_difference_is_told_in_words(fetch: Fetch) -> None:
    shelve(a_document(heading("Что делать", name="h"), text("Звоните 103 сразу.", name="t")))
    shelve(
        a_document(heading("Что делать", name="h"), text("Звоните 112 сразу.", name="t"), summary="Иначе."),
        change="safety",
        note="Номер был неверным.",
        at=NOON + DAY,
    )

    page = fetch(CHANGES)

    assert page.words("h1") == ["Что изменилось в версии № 2"]
    assert "Изменение, важное для безопасности. Номер был неверным." in page.text
    assert page.words("h2") == ["Вступление", "Фрагмент текста в разделе «Что делать»"]
    assert page.words("del")[1:] == ["убрано: О чём эта статья.", "убрано: 103"]
    assert page.words("ins")[1:] == ["добавлено: Иначе.", "добавлено: 112"]


def test_parts_that_came_went_and_moved_are_told_apart(fetch: Fetch) -> None:
    one, two, three = (heading(word, name=word) for word in ("один", "два", "три"))
    shelve(a_document(one, two, three))
    shelve(a_document(two, three, one, heading("четыре")), change="update", at=NOON + DAY)
    shelve(a_document(two, three, heading("четыре")), change="update", at=NOON + 2 * DAY)

    hints = [words for words in fetch(CHANGES).words("p", class_="hint") if words in ("Перемещено", "Добавлено")]
    assert hints == ["Перемещено", "Добавлено"]
    assert "Убрано" in fetch(CHANGES.replace("/2/", "/3/")).words("p", class_="hint")


def test_an_edition_with_the_same_words_says_so(fetch: Fetch) -> None:
    shelve(a_document(heading("x")))
    shelve(a_document(heading("x")), change="review", review=REVIEWED, at=NOON + DAY)

    page = fetch(CHANGES)

    assert "Слова текста те же, что и в предыдущей версии." in page.text
    assert "Проверено врачом: Анна Проверочная." in page.text


def test_a_part_whose_words_are_the_same_says_what_else_may_differ(fetch: Fetch) -> None:
    source = a_source()
    shelve(a_document(text(said("Так пишут."), name="t")))
    shelve(a_document(text(said("Так пишут.", cite(source)), name="t")), change="update", at=NOON + DAY)

    assert "Слова те же: изменилась ссылка, номер источника или что-то кроме слов." in fetch(CHANGES).text


def test_a_statement_that_was_withdrawn_in_this_edition_is_told_by_its_reason(fetch: Fetch) -> None:
    quote = a_quote(text="ТАЙНЫЕ СЛОВА")
    shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, at=NOON + DAY)

    page = fetch(CHANGES)

    assert "ТАЙН" not in page.html
    assert page.words("ins")[1:] == ["добавлено: Врач попросил снять свои слова."]
    assert "Слова из высказывания, которое здесь стояло, сняты и больше не показываются." in page.text


def test_topics_are_told_by_their_titles_and_never_by_their_ids(fetch: Fetch) -> None:
    topic, unknown = an_id("a topic"), an_id("never published")
    shelve(a_topic(title="Мышцы", slug="myshcy"), item=topic)
    shelve(a_document(heading("x")))
    shelve(a_document(heading("x"), topics=[topic, unknown]), change="update", at=NOON + DAY)

    page = fetch(CHANGES)

    assert page.words("h2") == ["Темы"]
    assert page.words("ins")[1:] == ["добавлено: Мышцы"]
    assert unknown not in page.html


def test_conditions_are_told_by_their_names_and_never_by_their_ids(fetch: Fetch) -> None:
    cramp, unknown = an_id("cramp"), an_id("never published")
    shelve(a_term("Судорога", codes=["R25.2"]), item=cramp)
    shelve(a_document(heading("x"), conditions=[unknown]))
    shelve(a_document(heading("x"), conditions=[cramp, unknown]), change="update", at=NOON + DAY)

    page = fetch(CHANGES)

    assert page.words("h2") == ["О каких состояниях текст"]
    assert page.words("ins")[1:] == ["добавлено: Судорога"]
    assert unknown not in page.html


def test_what_an_editor_typed_is_never_markup_on_either_side(fetch: Fetch) -> None:
    shelve(an_english_document(heading("<script>old</script>", name="h"), title="<b>Cramps</b>"), "en")
    shelve(an_english_document(heading("<i>new</i>", name="h")), "en", change="update", note="<u>", at=NOON + DAY)

    html = fetch("/en/articles/cramps-in-tests/editions/2/changes/").html

    assert "<script>" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "&lt;i&gt;new&lt;/i&gt;" in html


def test_line_breaks_inside_a_difference_stay(fetch: Fetch) -> None:
    shelve(a_document(text("Одно.", name="t")))
    shelve(a_document(text("Одно.", "Другое.", name="t")), change="update", at=NOON + DAY)

    assert "<br><br>Другое.</ins>" in fetch(CHANGES).html
