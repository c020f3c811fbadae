"""Is this copy still current? The answer in plain words, for somebody with a sheet of paper in their hand."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.editions.shelf import Edition
from articles.publishing.withdraw import withdraw as withdraw_article
from tests.articles.reader.conftest import Fetch
from tests.articles.reader.markup import Markup
from tests.factories.desk import an_article
from tests.factories.documents import (
    ARTICLE,
    NOON,
    REVIEWED,
    a_document,
    a_quote,
    agreed,
    an_english_document,
    an_id,
    check,
    fall_due,
    heading,
    quoted,
    shelve,
    withdraw,
    withdraw_part,
)
from tests.factories.documents_of_kinds import TERM, a_term
from tests.factories.erasure import erase
from tests.factories.shelf import BOTH, publish_article
from tests.factories.triage import BUNDLED_ID, expiring, shelve_protocol

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
RU, EN = "/ru/articles/sudorogi-v-testah/", "/en/articles/cramps-in-tests/"


def a_text(word: str = "один", **kind: object) -> Edition:
    return shelve(a_document(heading(word, name="h")), **kind)  # type: ignore[arg-type]


def asked(fetch: Fetch, edition: Edition, language: str = "ru") -> Markup:
    return fetch(f"/{language}/verify/?digest={edition.digest[:16]}")


def answer(page: Markup) -> str:
    return page.words("section", class_="note")[0]


@pytest.mark.parametrize(("language", "label"), [("ru", "Код на копии"), ("en", "Code on the copy")])
def test_the_page_asks_for_the_code_and_says_where_it_stands(fetch: Fetch, language: str, label: str) -> None:
    page = fetch(f"/{language}/verify/")

    field = page.one("input", name="digest")
    assert page.words("label", for_=field.attributes["id"]) == [label]
    assert "digest=" in page.words("p", id="digest-hint")[0]
    assert field.attributes["aria-describedby"] == "digest-hint"
    assert page.one("form").attributes.get("method", "get") == "get"
    assert page.one("link", rel="canonical").attributes["href"] == f"http://testserver/{language}/verify/"
    assert page.all("meta", name="robots") == []
    assert page.all("section", class_="note") == []


def test_a_current_copy_is_current_and_leads_to_its_page(fetch: Fetch) -> None:
    page = asked(fetch, a_text())

    assert answer(page).startswith("Да, копия действует Судороги в тестах Это версия № 1 от 22 ноября 2026")
    assert page.all("a", href=RU)
    assert page.all("section", class_="card") == page.all("section", class_="grave") == []
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert page.all("link", rel="canonical") == []


def test_a_current_copy_of_a_text_that_we_are_checking_says_so(fetch: Fetch) -> None:
    edition = a_text()
    check(started="Сверяем с обзором.", at=NOON + DAY)

    page = asked(fetch, edition)

    assert "Да, копия действует" in page.text
    assert "Мы проверяем этот текст, с 23 ноября 2026. Сверяем с обзором." in page.text


def test_a_current_translation_that_lacks_a_grave_change_warns(fetch: Fetch) -> None:
    original = a_document(heading("один", name="h"))
    shelve(original)
    english = shelve(an_english_document(heading("one", name="h")), "en", translation_of=agreed(original))
    assert "important change of the other language" not in asked(fetch, english, "en").text

    a_text("два", change="safety", at=NOON + DAY)

    assert (
        "Yes, this copy is current But the text has not yet followed an important change"
        in asked(fetch, english, "en").text
    )


def test_an_outdated_copy_names_the_current_edition_and_what_has_changed_since(fetch: Fetch) -> None:
    first = a_text()
    a_text("два", change="update", at=NOON + DAY)

    page = asked(fetch, first)

    assert answer(page).startswith("Нет, вышла новая версия Судороги в тестах")
    assert (
        "Ваша копия — версия № 1 от 22 ноября 2026. Сейчас действует версия № 2 от 23 ноября 2026."
        " Что изменилось с тех пор: новые сведения." in page.text
    )
    assert page.all("a", href=f"{RU}editions/2/changes/")
    assert page.all("section", class_="grave") == []


def test_a_change_that_matters_for_safety_is_said_before_all_else_wherever_it_lies(fetch: Fetch) -> None:
    first = a_text()
    a_text("два", change="safety", at=NOON + DAY)
    a_text("три", change="wording", at=NOON + 2 * DAY)

    page = asked(fetch, first)

    assert page.words("section", class_="grave")[0].startswith(
        "Нет, вышла новая версия С тех пор в тексте изменилось то, что важно для безопасности."
        " Не руководствуйтесь этой копией."
    )
    assert "Что изменилось с тех пор: изменение, важное для безопасности; правка формулировок." in page.text
    assert page.all("a", href=f"{RU}editions/")


def test_changed_advice_is_said_loudly_too(fetch: Fetch) -> None:
    first = a_text()
    a_text("два", change="advice", at=NOON + DAY)

    assert "С тех пор наш совет изменился. Не руководствуйтесь этой копией." in asked(fetch, first).text


def test_a_copy_with_the_words_of_now_says_that_they_are_the_same(fetch: Fetch) -> None:
    first = a_text()
    a_text(change="review", review=REVIEWED, at=NOON + DAY)

    assert "Слова текста в обеих одни и те же." in asked(fetch, first).text


def test_a_copy_with_a_withdrawn_statement_says_why_and_never_what(fetch: Fetch) -> None:
    quote = a_quote(text="ТАЙНЫЕ СЛОВА")
    first = shelve(a_document(quoted(quote)))
    withdraw_part(quote, ARTICLE, at=NOON + DAY)

    page = asked(fetch, first)

    assert "Нет, часть этого текста снята Не полагайтесь на эту копию, читайте действующую версию." in page.text
    assert "Врач попросил снять свои слова." in page.text
    assert "ТАЙНЫЕ" not in page.html


def test_a_copy_of_a_withdrawn_text_gives_reason_way_on_and_numbers(fetch: Fetch) -> None:
    edition = a_text()
    successor = an_id("successor")
    shelve(a_document(heading("x"), slug="novaya", title="Новая статья"), item=successor)
    withdraw(reason="Мы нашли ошибку в дозе.", replaced_by=successor, at=NOON + DAY)

    page = asked(fetch, edition)

    assert "Нет, этот текст снят с публикации Не полагайтесь на эту копию." in page.text
    assert "Мы нашли ошибку в дозе." in page.text
    assert "Текст снят с публикации 23 ноября 2026." in page.text
    assert page.all("a", href=RU)
    assert page.all("a", href="/ru/articles/novaya/")
    assert page.one("section", class_="card")


def test_a_copy_of_an_erased_text_has_neither_title_nor_address(
    fetch: Fetch, editor: User, administrator: User
) -> None:
    article = an_article("of-a-person", title_en="OF A PERSON")
    editions = publish_article(article, by=editor)
    why = {"ru": "О ЧЕЛОВЕКЕ", "en": "OF A PERSON"}
    withdraw_article("article", article.pk, BOTH, reason_code="request", reasons=why, by=editor, at=NOON)
    erase(article, "article", editor, administrator)

    page = asked(fetch, editions["en"], "en")

    assert "No, this text was withdrawn" in page.text
    assert "It was erased for good, as the law requires." in page.text
    assert "OF A PERSON" not in page.html
    assert "of-a-person" not in page.html
    assert page.one("section", class_="card")


def test_an_unknown_code_says_what_to_compare_and_what_it_means(fetch: Fetch) -> None:
    page = fetch("/ru/verify/?digest=0123456789ab")

    assert answer(page).startswith("Такого кода у нас нет")
    assert "мы такого не публиковали" in page.text
    assert page.one("section", class_="card")


def test_an_ambiguous_code_asks_for_more_of_it(fetch: Fetch) -> None:
    edition = a_text()
    names = ("kind", "language", "document_json", "envelope_json", "content_digest", "item")
    held = {name: getattr(edition, name) for name in names}
    Edition.objects.bulk_create(
        Edition(**held, number=1 + number, digest=f"0123456789ab{number}".ljust(64, "0")) for number in (1, 2)
    )

    assert "Введите код подлиннее" in fetch("/ru/verify/?digest=0123456789ab").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dcb7", "Введите не меньше 12 знаков кода; пока введено 4."),
        ("d", "Введите не меньше 12 знаков кода; пока введён 1."),
        ("a" * 70, "В коде не больше 64 знаков, а у вас их 70."),
        ("жёлтый", "У вас есть ещё: ж ё л т ы й."),
        ("<script>alert(1)</script>", "У вас есть ещё: &lt;"),
    ],
)
def test_what_cannot_be_a_code_is_kept_in_the_field_with_what_to_mend(fetch: Fetch, typed: str, said: str) -> None:
    page = fetch(f"/ru/verify/?digest={typed}")

    field = page.one("input", name="digest")
    assert said.replace(" ", "") in page.html.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    assert field.attributes["value"] == typed
    assert (field.attributes["aria-invalid"], field.attributes["aria-describedby"]) == (
        "true",
        "digest-hint digest-fault",
    )
    assert page.words("title")[0].startswith("Ошибка: ")
    assert "<script>" not in page.html
    assert page.all("section", class_="note") == []


@pytest.mark.parametrize("typed", ["%00", "%ff%fe", "a" * 10000, "%20%20", "%E2%80%AE", "digest=", "🙂" * 50])
def test_nothing_typed_however_odd_is_a_fault(client: Client, typed: str) -> None:
    client.raise_request_exception = False

    assert client.get(f"/ru/verify/?digest={typed}").status_code == 200


def test_the_other_language_answers_the_same_question(fetch: Fetch) -> None:
    edition = a_text()

    page = fetch(f"/ru/verify/?digest={edition.digest[:16].upper()}%20")
    other = page.one("a", class_="lang").attributes["href"]

    assert urlsplit(other).path == "/en/verify/"
    assert parse_qs(urlsplit(other).query) == {"digest": [edition.digest[:16].upper()]}
    english = fetch(other)
    assert "Yes, this copy is current" in english.text
    # The copy itself is Russian: its title is marked as that, and the way leads to the Russian page.
    assert english.words("p", lang="ru") == ["Судороги в тестах"]
    assert english.all("a", href=RU, hreflang="ru")


def test_a_copy_of_a_term_leads_to_the_glossary_and_to_no_history(fetch: Fetch) -> None:
    first = shelve(a_term(), item=TERM)
    shelve(a_term(summary="Иначе."), item=TERM, change="correction", at=NOON + DAY)

    page = asked(fetch, first)

    assert page.all("a", href=f"/ru/glossary/#{a_term().slug}")
    assert "editions/" not in page.html


def test_a_copy_of_a_protocol_is_current_until_it_is_changed_or_withdrawn(fetch: Fetch) -> None:
    old = shelve_protocol()["ru"]
    assert "Да, копия действует" in answer(asked(fetch, old))

    new = shelve_protocol(expiring("2027-01-31"), change="safety", at=NOON + DAY)["ru"]
    page = asked(fetch, old)
    assert answer(page).startswith("Нет, ")
    assert page.all("a", href="/ru/triage/leg-cramp-triage/")

    withdraw(BUNDLED_ID, reason="Вопрос мог запутать.", at=NOON + 2 * DAY)
    for edition in (old, new):
        assert "Вопрос мог запутать." in answer(asked(fetch, edition))


def test_a_current_copy_of_a_protocol_whose_day_has_passed_is_not_to_be_relied_on(fetch: Fetch) -> None:
    edition = shelve_protocol(expiring("2026-11-23"))["en"]
    fall_due(BUNDLED_ID, "en", at=NOON + 2 * DAY)

    said = answer(asked(fetch, edition, "en"))

    assert said.startswith("Yes, this copy is current It was due to be checked again, and that day has passed.")


def test_the_answer_costs_the_same_with_two_and_with_thirty_editions(client: Client) -> None:
    first = a_text()
    a_text("два", change="update", at=NOON + DAY)
    address = f"/ru/verify/?digest={first.digest[:16]}"
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(28):
        a_text(f"{number}", change="update", at=NOON + (number + 2) * DAY)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(few) == len(many) <= 7


def test_the_answer_follows_the_journal_and_is_sent_once(client: Client) -> None:
    edition = a_text()
    address = f"/ru/verify/?digest={edition.digest}"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    assert not client.get(address).cookies

    withdraw(at=NOON + DAY)

    assert client.get(address, headers={"if-none-match": tag}).status_code == 200
    assert client.post(address).status_code == 405
