"""The corrections log: what was wrong or had to go, newest first, in the language of the page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.publishing.withdraw import withdraw as withdraw_article
from articles.reader import record
from tests.articles.reader.conftest import Fetch
from tests.factories.desk import an_article
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
    quoted,
    restore,
    shelve,
    withdraw,
    withdraw_part,
)
from tests.factories.documents_of_kinds import TERM, a_term, an_expert
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, publish_article
from tests.factories.triage import BUNDLED_ID, expiring, shelve_protocol

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LOG = "/ru/corrections/"


def a_text(word: str, **kind: object) -> None:
    shelve(a_document(heading(word, name="h")), **kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "Исправлять пока ничего не пришлось."), ("en", "Nothing has had to be corrected yet.")],
)
def test_a_log_without_corrections_says_so(fetch: Fetch, language: str, words: str) -> None:
    shelve(a_document(heading("x")))

    page = fetch(f"/{language}/corrections/")

    assert words in page.text
    assert page.words("h2") == []


def test_corrections_and_matters_of_safety_are_told_and_other_changes_are_not(fetch: Fetch) -> None:
    a_text("1", note="ПЕРВАЯ")
    for number, change in enumerate(("update", "correction", "wording", "safety", "advice", "review")):
        note = f"Заметка {change}."
        a_text(str(number), change=change, note=note, at=NOON + (number + 1) * DAY)
    check(started="Заметка о проверке.", at=NOON + 9 * DAY)

    page = fetch(LOG)

    assert page.words("h2") == ["Судороги в тестах", "Судороги в тестах"]
    assert "26 ноября 2026 Изменение, важное для безопасности. Заметка safety." in page.text
    assert "24 ноября 2026 Исправление ошибки. Заметка correction." in page.text
    assert [word for word in ("update", "wording", "advice", "review", "ПЕРВАЯ", "проверке") if word in page.text] == []
    assert [one.attributes["href"] for one in page.all("a") if "/changes/" in one.attributes["href"]] == [
        "/ru/articles/sudorogi-v-testah/editions/5/changes/",
        "/ru/articles/sudorogi-v-testah/editions/3/changes/",
    ]


def test_a_withdrawal_and_the_return_of_a_text_are_told(fetch: Fetch) -> None:
    a_text("1")
    withdraw(reason="Мы нашли ошибку.", at=NOON + DAY)
    restore(note="Ошибки не было.", at=NOON + 2 * DAY)

    page = fetch(LOG)

    assert "Снова опубликовано без изменений. Ошибки не было." in page.text
    assert "Снято с публикации. Мы нашли ошибку." in page.text
    assert page.text.index("Снова") < page.text.index("Снято")


def test_a_statement_that_was_withdrawn_is_told_as_that_and_not_as_an_error(fetch: Fetch) -> None:
    quote = a_quote(text="ТАЙНЫЕ СЛОВА")
    shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, at=NOON + DAY)

    page = fetch(LOG)

    assert "Снято высказывание. Врач попросил снять свои слова." in page.text
    assert "Исправление ошибки" not in page.text
    assert "ТАЙНЫЕ" not in page.html


def test_a_withdrawal_for_safety_is_told_as_both(fetch: Fetch) -> None:
    quote = a_quote()
    shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, change="safety", reason_code="safety", reason="Опасный совет.", at=NOON + DAY)

    assert "Изменение, важное для безопасности: снято высказывание. Опасный совет." in fetch(LOG).text


def test_each_language_has_its_own_log_and_leads_to_the_other(fetch: Fetch) -> None:
    original = a_document(heading("1", name="h"))
    shelve(original)
    shelve(an_english_document(heading("1", name="h")), "en", translation_of=agreed(original))
    a_text("2", change="safety", note="Русская заметка.", at=NOON + DAY)

    russian, english = fetch(LOG), fetch("/en/corrections/")

    assert "Русская заметка." in russian.text
    # The English text fell behind a matter of safety: a line of the journal, but nothing was corrected in it.
    assert "Nothing has had to be corrected yet." in english.text
    assert "Русская" not in english.text
    assert english.all("a", href=LOG, hreflang="ru")
    assert russian.all("a", href="/en/corrections/", hreflang="en")


def test_a_text_is_named_by_its_title_of_now_and_a_withdrawn_one_is_led_to_as_well(fetch: Fetch) -> None:
    a_text("1")
    a_text("2", change="correction", note="Исправили.", at=NOON + DAY)
    shelve(a_document(heading("3", name="h"), title="Новое имя", slug="novoe"), change="update", at=NOON + 2 * DAY)
    withdraw(at=NOON + 3 * DAY)

    page = fetch(LOG)

    assert page.words("h2") == ["Новое имя", "Новое имя"]
    assert [one.attributes["href"] for one in page.all("a") if "/articles/novoe" in one.attributes["href"]] == [
        "/ru/articles/novoe/",
        "/ru/articles/novoe/",
    ]


def test_of_an_erased_text_neither_title_nor_address_nor_note_is_left(
    fetch: Fetch, editor: User, administrator: User
) -> None:
    article = an_article("of-a-person", title_en="OF A PERSON")
    publish_article(article, by=editor)
    publish_article(article, by=editor, change_class="correction", note="OF A PERSON")
    why = {"ru": "О ЧЕЛОВЕКЕ", "en": "OF A PERSON"}
    withdraw_article("article", article.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    erase(article, "article", editor, administrator)

    page = fetch("/en/corrections/")

    assert set(page.words("h2")) == {"A text that was erased"}
    assert "Erased for good. It was erased for good, as the law requires." in page.text
    assert "OF A PERSON" not in page.html
    assert "of-a-person" not in page.html


def test_a_person_is_not_named_where_search_engines_read(fetch: Fetch) -> None:
    person = a_person(name="ТАЙНОЕ ИМЯ")
    shelve(an_expert(person, slug="tajnoe-imya"), item=person.id)
    shelve(an_expert(person, slug="tajnoe-imya"), item=person.id, change="correction", note="Должность исправлена.")

    page = fetch(LOG)

    assert page.words("h2") == ["Страница о человеке"]
    assert "ТАЙНОЕ" not in page.html
    assert "tajnoe-imya" not in page.html


def test_a_term_is_led_to_while_the_glossary_has_it(fetch: Fetch) -> None:
    shelve(a_term(), item=TERM)
    shelve(a_term(summary="Иначе."), item=TERM, change="correction", note="Определение исправлено.")
    address = f"/ru/glossary/#{a_term().slug}"
    assert fetch(LOG).all("a", href=address)

    withdraw(item=TERM)

    assert fetch(LOG).all("a", href=address) == []


def test_a_protocol_that_was_corrected_or_withdrawn_is_led_to(fetch: Fetch) -> None:
    shelve_protocol()
    shelve_protocol(expiring("2027-01-31"), change="correction", at=NOON + DAY)
    withdraw(BUNDLED_ID, reason="Вопрос мог запутать.", at=NOON + 2 * DAY)

    russian, english = fetch(LOG), fetch("/en/corrections/")

    assert russian.words("h2") == ["Судорога в ноге: нужен ли врач и как скоро"] * 2
    assert "Вопрос мог запутать." in russian.text
    assert english.words("h2") == ["Leg cramp: do I need a doctor, and how soon?"]
    assert len(english.all("a", href="/en/triage/leg-cramp-triage/")) == 1


def test_the_log_is_paged_by_numbers_that_never_move(
    fetch: Fetch, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "PAGE_SIZE", 2)
    a_text("0")
    for number in range(1, 6):
        a_text(str(number), change="correction", note=f"Заметка {number}.", at=NOON + number * DAY)

    first = fetch(LOG)
    (older,) = [one.attributes["href"] for one in first.all("a") if "before=" in one.attributes["href"]]
    second = fetch(older)
    assert first.words("time") == ["27 ноября 2026", "26 ноября 2026"]
    assert second.words("time") == ["25 ноября 2026", "24 ноября 2026"]
    assert second.all("a", href=LOG)
    assert second.one("meta", name="robots").attributes["content"] == "noindex"
    assert second.all("link", rel="canonical") == []
    (oldest,) = [one.attributes["href"] for one in second.all("a") if "before=" in one.attributes["href"]]
    assert fetch(oldest).words("time") == ["23 ноября 2026"]
    assert [one for one in fetch(oldest).all("a") if "before=" in one.attributes["href"]] == []

    a_text("6", change="correction", note="Заметка 6.", at=NOON + 6 * DAY)

    assert fetch(older).words("time") == ["25 ноября 2026", "24 ноября 2026"]
    assert "Более ранних исправлений нет." in fetch(f"{LOG}?before=1").text


@pytest.mark.parametrize("before", ["0", "-1", "x", "1e9", "9" * 19, "1 OR 1=1", "٣", ""])
def test_a_number_that_is_none_leads_nowhere(client: Client, before: str) -> None:
    assert client.get(LOG, {"before": before}).status_code == 404


def test_the_log_is_the_same_place_in_both_languages_and_open_to_search_engines(fetch: Fetch) -> None:
    page = fetch(LOG)

    assert page.one("a", class_="lang").attributes["href"] == "/en/corrections/"
    assert page.one("link", rel="canonical").attributes["href"] == "http://testserver/ru/corrections/"
    assert page.all("meta", name="robots") == []


def test_the_log_costs_the_same_with_one_and_with_thirty_corrections(client: Client) -> None:
    a_text("0")
    a_text("1", change="correction", note="Заметка.")
    with CaptureQueriesContext(connection) as few:
        client.get(LOG)
    for number in range(30):
        item = an_id(f"other {number}")
        slug = f"other-{number}"
        shelve(a_document(heading("x"), slug=slug), item=item)
        shelve(a_document(heading("y"), slug=slug), item=item, change="safety", note="Заметка.")
    with CaptureQueriesContext(connection) as many:
        client.get(LOG)

    assert len(few) == len(many) == 6


def test_notes_of_editors_are_never_markup(fetch: Fetch) -> None:
    a_text("0")
    a_text("1", change="correction", note="<script>x</script>")

    assert "<script>" not in fetch(LOG).html
