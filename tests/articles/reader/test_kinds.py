"""Every kind of item has a page in the same states: live, moved, withdrawn, not in this language, unknown."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.editions.document import Document
from articles.editions.queries import Shelved
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    NOON,
    REVIEWED,
    a_document,
    a_quote,
    agreed,
    an_id,
    heading,
    item_link,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import a_faq, a_page, a_term, a_topic, an_expert

pytestmark = pytest.mark.django_db

CRAMP = {"title": "Судорога", "slug": "sudoroga", "summary": "Мышца сжимается сама.", "synonyms": ["крампи"]}
ITEM = an_id("item")

KINDS = {
    "articles": (a_document(heading("Что это"), slug="po-russki"), a_document(heading("What"), slug="in-english")),
    "faq": (a_faq(slug="po-russki"), a_faq(slug="in-english")),
    "people": (an_expert(slug="po-russki"), an_expert(slug="in-english")),
    "topics": (a_topic(slug="po-russki"), a_topic(slug="in-english")),
    "about": (a_page(slug="po-russki"), a_page(slug="in-english")),
}


def publish(russian: Document, english: Document | None = None) -> None:
    shelve(russian, item=ITEM)
    if english:
        shelve(english, "en", item=ITEM, translation_of=agreed(russian))  # type: ignore[arg-type]


@pytest.fixture(params=KINDS, name="place")
def every_place(request: pytest.FixtureRequest) -> str:
    return request.param


def test_an_item_is_there_in_each_language_and_each_page_names_the_other(fetch: Fetch, place: str) -> None:
    publish(*KINDS[place])
    russian, english = f"/ru/{place}/po-russki/", f"/en/{place}/in-english/"

    page = fetch(russian)

    assert page.words("h1") == [KINDS[place][0].title]
    assert page.one("a", class_="lang").attributes["href"] == english
    assert page.one("link", rel="canonical").attributes["href"] == f"http://testserver{russian}"
    assert page.alternates() == {
        code: f"http://testserver{path}" for code, path in {"ru": russian, "en": english, "x-default": russian}.items()
    }
    assert fetch(english).one("html").attributes["lang"] == "en"


def test_a_slug_of_the_other_language_and_an_old_one_lead_on(client: Client, place: str) -> None:
    publish(*KINDS[place])

    answer = client.get(f"/ru/{place}/in-english/")

    assert (answer.status_code, answer["Location"]) == (301, f"/ru/{place}/po-russki/")


def test_a_withdrawn_item_is_gone_with_its_reason_and_the_way_to_its_section(client: Client, place: str) -> None:
    publish(KINDS[place][0])
    withdraw(ITEM, reason="Мы нашли ошибку.")

    answer = client.get(f"/ru/{place}/po-russki/")
    html = answer.content.decode()
    section = "articles" if place == "topics" else place

    assert answer.status_code == 410
    assert "Мы нашли ошибку." in html
    assert f'<li><a href="/ru/{section}/">' in html


def test_what_is_in_the_other_language_only_says_so(client: Client, place: str) -> None:
    publish(KINDS[place][0])

    answer = client.get(f"/en/{place}/po-russki/")
    html = answer.content.decode()

    assert (answer.status_code, answer["Content-Language"]) == (404, "en")
    assert f'href="/ru/{place}/po-russki/" hreflang="ru"' in html
    assert KINDS[place][0].title not in html


def test_a_slug_of_another_kind_leads_nowhere(client: Client, place: str) -> None:
    publish(KINDS[place][0])

    others = [other for other in KINDS if other != place]

    assert {client.get(f"/ru/{other}/po-russki/").status_code for other in others} == {404}


def test_an_item_costs_the_same_queries_however_much_it_leads_to(
    client: Client, django_assert_max_num_queries: object, place: str
) -> None:
    publish(*KINDS[place])
    for number in range(5):
        shelve(a_page(slug=f"page-{number}", title=f"Страница {number}"), item=an_id(f"page/{number}"))
        words = quoted(a_quote(f"q{number}"))
        shelve(a_document(words, slug=f"a-{number}", topics=[ITEM]), item=an_id(f"article/{number}"))

    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert client.get(f"/ru/{place}/po-russki/").status_code == 200


def test_only_texts_that_advise_say_whether_a_clinician_has_checked_them(fetch: Fetch, place: str) -> None:
    publish(KINDS[place][0])

    assert ("Врач этот текст ещё не проверил" in fetch(f"/ru/{place}/po-russki/").text) is (
        place in {"articles", "faq"}
    )


def test_a_question_has_its_answer_before_everything_else(fetch: Fetch) -> None:
    shelve(a_faq(heading("Подробнее")), review=REVIEWED, item=ITEM)

    page = fetch("/ru/faq/eto-opasno/")

    assert page.words("p", class_="lead") == ["Обычно нет."]
    assert page.text.index("Обычно нет.") < page.text.index("Анна Проверочная, врач-рецензент")


def test_a_text_names_its_live_topics_and_no_others(fetch: Fetch) -> None:
    live, draft = an_id("topic"), an_id("topic/draft")
    shelve(a_topic(), item=live)
    shelve(a_faq(topics=[draft, live]), item=ITEM)

    page = fetch("/ru/faq/eto-opasno/")

    assert page.words("p", class_="eyebrow") == ["Мышцы"]
    assert page.all("a", href="/ru/topics/myshtsy/")
    assert draft not in page.html


def test_a_term_has_no_page_of_its_own(client: Client) -> None:
    shelve(a_term(**CRAMP), item=ITEM)

    assert client.get("/ru/glossary/sudoroga/").status_code == 404


def test_a_link_to_a_term_leads_to_its_place_in_the_glossary(fetch: Fetch) -> None:
    shelve(a_term(**CRAMP), item=ITEM)
    shelve(a_document(text(said(item_link("судорога", ITEM, "term")), name="t")))

    assert fetch("/ru/articles/sudorogi-v-testah/").all("a", href="/ru/glossary/#sudoroga")
    assert fetch("/ru/glossary/").one("div", id="sudoroga")


def test_a_text_under_check_says_so_above_its_words(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    check = {"note": "Читатель сообщил об ошибке.", "started_at": "2026-11-24T10:00:00.000000Z"}
    shelve(a_document(heading("Что это")), at=NOON + timedelta(days=1))
    monkeypatch.setattr(Shelved, "check", check, raising=False)

    page = fetch("/ru/articles/sudorogi-v-testah/")

    assert "Мы проверяем этот текст, с 24 ноября 2026. Читатель сообщил об ошибке." in page.text
    assert page.text.index("Мы проверяем этот текст") < page.text.index("О чём эта статья.")
