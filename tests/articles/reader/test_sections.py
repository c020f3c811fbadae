"""The pages of sections: what they list, in which order, and at what cost."""

import pytest
from django.test import Client

from articles.editions.document import Document
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    REVIEWED,
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    an_id,
    cite,
    fall_due,
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

PLACES = ["articles", "faq", "people", "glossary", "sources", "about"]
HEADER = ["/ru/articles/", "/ru/faq/", "/ru/people/", "/ru/glossary/"]
ENTRANCES = ["Статьи", "Вопросы", "Люди", "Словарь"]
MUSCLES, VESSELS, DRAFT = an_id("muscles"), an_id("vessels"), an_id("draft")


def an_example(place: str, number: int) -> tuple[str, Document]:
    slug = f"item-{number}"
    source = a_source(slug, title=slug)
    documents: dict[str, Document] = {
        "articles": a_document(heading("x"), slug=slug, title=slug, topics=[MUSCLES]),
        "faq": a_faq(slug=slug, title=slug, topics=[MUSCLES]),
        "people": an_expert(a_person(slug, name=slug), slug=slug),
        "glossary": a_term(slug, slug=slug),
        "sources": a_document(text(said("x", cite(source)), name=slug), sources=[source], slug=slug),
        "about": a_page(slug=slug, title=slug),
    }
    return (a_person(slug).id if place == "people" else an_id(slug)), documents[place]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_section_is_there_before_anything_is_published(client: Client, place: str, language: str) -> None:
    answer = client.get(f"/{language}/{place}/")

    assert (answer.status_code, answer["Content-Language"]) == (200, language)


@pytest.mark.parametrize("place", PLACES)
def test_every_section_is_the_same_place_in_the_other_language(fetch: Fetch, place: str) -> None:
    page = fetch(f"/ru/{place}/")

    assert page.one("a", class_="lang").attributes["href"] == f"/en/{place}/"
    assert page.alternates() == {
        "ru": f"http://testserver/ru/{place}/",
        "en": f"http://testserver/en/{place}/",
        "x-default": f"http://testserver/ru/{place}/",
    }


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize(
    ("place", "queries"), [("articles", 4), ("faq", 4), ("people", 4), ("glossary", 5), ("sources", 6), ("about", 4)]
)
def test_a_section_costs_the_same_with_one_item_and_with_forty(
    client: Client, django_assert_num_queries: object, place: str, queries: int, count: int
) -> None:
    shelve(a_topic(), item=MUSCLES)
    for number in range(count):
        item, document = an_example(place, number)
        shelve(document, item=item)

    with django_assert_num_queries(queries):  # type: ignore[operator]
        html = client.get(f"/ru/{place}/").content.decode()

    assert [number for number in range(count) if f"item-{number}" not in html] == []


@pytest.mark.parametrize("place", PLACES)
def test_what_is_withdrawn_or_in_the_other_language_is_not_listed(fetch: Fetch, place: str) -> None:
    gone, document = an_example(place, 1)
    shelve(document, item=gone)
    withdraw(gone)
    other, foreign = an_example(place, 2)
    shelve(foreign, "en", item=other)

    assert "item-1" not in fetch(f"/ru/{place}/").html
    assert "item-2" not in fetch(f"/ru/{place}/").html


def test_the_header_leads_to_every_section_and_names_the_one_that_is_open(fetch: Fetch) -> None:
    shelve(a_faq())
    current = {"/ru/faq/": "page", "/ru/faq/eto-opasno/": "true"}

    for path, value in current.items():
        links = fetch(path).all("a")
        entrances = [one.text for one in links if one.attributes["href"] in HEADER and one.text in ENTRANCES]
        assert entrances == ENTRANCES
        assert [one.attributes["href"] for one in links if one.attributes.get("aria-current") == value] == ["/ru/faq/"]


def test_the_foot_of_a_page_names_the_live_pages_about_the_site(fetch: Fetch) -> None:
    before = fetch("/ru/articles/")
    shelve(a_page(), item=an_id("page"))
    shelve(a_page(slug="privacy", title="Privacy"), "en", item=an_id("privacy"))

    page = fetch("/ru/articles/")

    assert before.all("a", href="/ru/about/")
    assert page.all("a", href="/ru/about/kto-my/")
    assert "Privacy" not in page.html


def test_articles_stand_once_under_the_first_of_their_topics_and_name_the_others(fetch: Fetch) -> None:
    shelve(a_topic(), item=MUSCLES)
    shelve(a_topic("Сосуды", slug="sosudy"), item=VESSELS)
    shelve(a_document(slug="obe", title="Обе темы", topics=[VESSELS, MUSCLES]), item=an_id("both"))
    shelve(a_document(slug="sosud", title="Один сосуд", topics=[VESSELS, DRAFT]), item=an_id("one"))
    shelve(a_document(slug="bez", title="Без темы", topics=[DRAFT]), item=an_id("none"))

    page = fetch("/ru/articles/")

    assert page.words("h2") == ["Мышцы", "Сосуды", "Другое"]
    assert page.words("h3") == ["Обе темы", "Один сосуд", "Без темы"]
    assert "Ещё по темам: Сосуды" in page.text


def test_questions_stand_under_each_of_their_topics(fetch: Fetch) -> None:
    shelve(a_topic(), item=MUSCLES)
    shelve(a_topic("Сосуды", slug="sosudy"), item=VESSELS)
    shelve(a_faq(topics=[VESSELS, MUSCLES]), item=an_id("both"))

    page = fetch("/ru/faq/")

    assert page.words("h2") == ["Мышцы", "Сосуды"]
    assert page.text.count("Это опасно?") == 2
    assert page.text.count("1 вопрос") == 2


def test_a_topic_lists_its_articles_and_questions_and_nobody_elses(fetch: Fetch) -> None:
    shelve(a_topic(), item=MUSCLES)
    shelve(a_document(title="Своя статья", topics=[MUSCLES]), item=an_id("own"))
    shelve(a_faq(topics=[MUSCLES]), item=an_id("question"))
    named = text(said(item_link("о мышцах", MUSCLES, "topic")), name="t")
    shelve(a_document(named, slug="chuzhaya", title="Чужая статья"), item=an_id("other"))

    page = fetch("/ru/topics/myshtsy/")

    assert page.words("h3") == ["Своя статья"]
    assert page.all("a", href="/ru/faq/eto-opasno/")
    assert "Чужая статья" not in page.text


def test_people_who_take_part_stand_apart_from_those_we_only_quote(fetch: Fetch) -> None:
    own = a_person("own", name="Ольга Своя", part="participates")
    shelve(an_expert(own, slug="svoya"), item=own.id)
    alone = fetch("/ru/people/")
    shelve(an_expert(), item=a_person().id)

    page = fetch("/ru/people/")

    assert page.words("h3") == ["Ольга Своя", "Анна Проверочная"]
    assert page.text.index("Кто участвует") < page.text.index("Ольга Своя") < page.text.index("Кого мы цитируем")
    # Search engines may have the list until it names people who have no part in the site.
    assert alone.all("meta", name="robots") == []
    assert page.one("meta", name="robots").attributes["content"] == "noindex"


def test_that_nobody_takes_part_is_said(fetch: Fetch) -> None:
    shelve(an_expert(), item=a_person().id)

    assert "Пока в работе сайта не участвует ни один эксперт." in fetch("/ru/people/").text


def test_the_glossary_has_both_languages_synonyms_letters_and_where_a_term_is_used(fetch: Fetch) -> None:
    term = an_id("term")
    shelve(a_term(**CRAMP), item=term)
    shelve(a_term("Cramp", slug="cramp"), "en", item=term)
    shelve(a_term("Ёрш", slug="yorsh", summary="Мышца сжимается сама.", synonyms=[]), item=an_id("yorsh"))
    shelve(a_document(text(said(item_link("свело", term, "term")), name="t")))

    page = fetch("/ru/glossary/")

    assert page.words("h2") == ["Е", "С"]
    assert page.words("div", id="sudoroga") == [
        "Судорога Cramp Мышца сжимается сама. Также: крампи Встречается в текстах: Судороги в тестах"
    ]
    assert page.words("div", id="yorsh") == ["Ёрш Мышца сжимается сама."]
    assert page.one("span", lang="en")
    letters = [one.attributes["href"] for one in page.all("a") if one.attributes["href"].startswith("#L")]
    assert len(letters) == 2


def test_a_term_of_many_texts_names_the_newest_and_leads_to_the_search_for_the_rest(fetch: Fetch) -> None:
    term = an_id("term")
    shelve(a_term(**CRAMP), item=term)
    for number in range(6):
        document = a_document(text(said(item_link("свело", term, "term"))), slug=f"s-{number}", title=f"Текст {number}")
        shelve(document, item=an_id(f"text {number}"))

    page = fetch("/ru/glossary/")

    assert "и в других текстах" in page.text
    assert "Текст 5" in page.text
    assert "Текст 0" not in page.text
    [rest] = [one.attributes["href"] for one in page.all("a") if "/search/?q=" in (one.attributes["href"] or "")]
    assert fetch(str(rest)).words("h1")


def test_a_term_whose_other_language_was_withdrawn_stands_alone(fetch: Fetch) -> None:
    term = an_id("term")
    shelve(a_term(**CRAMP), item=term)
    shelve(a_term("Cramp", slug="cramp"), "en", item=term)
    withdraw(term, "en", reason="We found an error.")

    assert "Cramp" not in fetch("/ru/glossary/").html


def test_the_glossary_tells_the_codes_of_terms_that_name_a_condition(fetch: Fetch) -> None:
    shelve(a_term("Судорога", slug="sudoroga", codes=["R25.2", "R25.3"]), item=an_id("cramp"))
    shelve(a_term("Плацебо", slug="platsebo"), item=an_id("placebo"))

    assert fetch("/ru/glossary/").text.count("МКБ-10: R25.2, R25.3") == 1
    assert fetch("/ru/glossary/").text.count("МКБ-10") == 1


def test_the_glossary_leads_to_the_texts_about_a_condition(fetch: Fetch) -> None:
    shelve(a_term("Судорога", slug="sudoroga", codes=["R25.2"]), item=an_id("cramp"))
    shelve(a_document(heading("x"), conditions=[an_id("cramp")]), item=an_id("about"))

    assert "Встречается в текстах: Судороги в тестах" in fetch("/ru/glossary/").text


def test_the_glossary_says_which_definitions_nobody_has_checked(fetch: Fetch) -> None:
    shelve(a_term(**CRAMP), item=an_id("term"))
    none = fetch("/ru/glossary/").text
    shelve(a_term("Тик", slug="tik"), item=an_id("tik"), review=REVIEWED)

    some = fetch("/ru/glossary/")

    assert "Врач эти определения ещё не проверил." in none
    assert "Врач эти определения" not in some.text
    assert "Врач ещё не проверил" in some.words("div", id="sudoroga")[0]
    assert "не проверил" not in some.words("div", id="tik")[0]


def test_every_source_says_what_it_is_how_it_was_read_and_where_it_is_cited(fetch: Fetch) -> None:
    review = a_source()
    shelve(a_document(text(said("Раз.", cite(review)), name="t"), quoted(a_quote()), sources=[review]))
    shelve(a_faq(text(said("Два.", cite(review)), name="q"), sources=[review]), item=an_id("question"))

    items = fetch("/ru/sources/").words("li", id=f"b{review.id[:8]}")

    assert len(items) == 1
    assert "Cramps of test muscles" in items[0]
    assert "2012" in items[0]
    assert "Обзорная статья; прочитана только аннотация." in items[0]
    assert items[0].endswith("Судороги в тестах; Это опасно?")
    assert fetch("/ru/sources/").words("li", id=f"b{a_news_source().id[:8]}")


def test_a_list_says_what_is_not_reviewed_and_what_is_overdue_and_nothing_of_what_is_in_order(fetch: Fetch) -> None:
    kept, broken, never = an_id("kept"), an_id("broken"), an_id("never")
    shelve(a_document(heading("x"), slug="a", title="А"), item=kept, review=REVIEWED)
    shelve(a_document(heading("x"), slug="b", title="Б"), item=broken, review=REVIEWED)
    shelve(a_document(heading("x"), slug="v", title="В"), item=never)
    fall_due(broken)

    entries = fetch("/ru/articles/").words("section", class_="entry")

    assert [("просрочена" in one, "не проверил" in one) for one in entries] == [
        (False, False),
        (True, False),
        (False, True),
    ]
