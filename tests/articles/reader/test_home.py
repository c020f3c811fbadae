"""The home page: the way to what is needed now, what is there, and how to check it."""

from datetime import timedelta

import msgspec
import pytest
from django.test import Client

from articles.editions import tallies
from articles.editions.blocks import StepsBlock
from tests.articles.reader.conftest import Fetch
from tests.factories.documents import (
    NOON,
    a_document,
    agreed,
    an_english_document,
    an_id,
    heading,
    item_link,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import a_faq, a_page, a_term, a_topic, an_expert
from tests.factories.triage import BUNDLED_ID, protocol_document, shelve_protocol

pytestmark = pytest.mark.django_db


def steps(name: str = "steps", title: str = "Если нога как обычно") -> StepsBlock:
    body = [{"type": "list", "ordered": True, "items": [[said("Потяните носок.")]]}]
    return StepsBlock(id=an_id(f"block/{name}"), required=True, body=body, title=title)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_empty_shelf_still_names_whom_to_call_and_where_to_search(fetch: Fetch, language: str) -> None:
    page = fetch(f"/{language}/")

    form = page.one("form", class_="find")
    assert form.attributes["action"] == f"/{language}/search/"
    assert "method" not in form.attributes
    assert page.one("label", for_="q").text
    assert page.one("input", id="q").attributes["name"] == "q"
    assert page.all("a", href="tel:103")
    assert {"ru": "Здесь пока ничего не опубликовано.", "en": "Nothing is published here yet."}[language] in page.text
    assert page.all("nav", class_="brief") == []


def test_the_home_page_is_for_search_engines_and_the_root_is_for_every_other_language(fetch: Fetch) -> None:
    page = fetch("/en/")

    assert page.one("link", rel="canonical").attributes["href"] == "http://testserver/en/"
    languages = [one.attributes for one in page.all("link", rel="alternate") if "hreflang" in one.attributes]
    assert {one["hreflang"]: one["href"] for one in languages} == {
        "ru": "http://testserver/ru/",
        "en": "http://testserver/en/",
        "x-default": "http://testserver/",
    }
    assert page.all("meta", name="robots") == []
    assert page.one("a", class_="lang").attributes["href"] == "/ru/"


def test_every_page_leads_home_and_to_the_search(fetch: Fetch) -> None:
    shelve(a_document(heading("x")))

    for path in ("/ru/", "/ru/articles/", "/ru/articles/sudorogi-v-testah/", "/ru/net/"):
        page = fetch(path)
        assert page.one("a", class_="brand").attributes["href"] == "/ru/"
        assert "Поиск" in [one.text for one in page.all("a", href="/ru/search/")]


def test_no_section_of_the_header_is_open_on_the_home_page(fetch: Fetch) -> None:
    assert [one for one in fetch("/ru/").all("a") if "aria-current" in one.attributes] == []


def test_the_foot_leads_to_corrections_copies_sources_feed_and_data(fetch: Fetch) -> None:
    hrefs = {one.attributes["href"] for one in fetch("/en/").all("a")}

    assert {"/en/corrections/", "/en/verify/", "/en/sources/", "/en/feed.atom", "/api/v1/"} <= hrefs


def test_first_aid_leads_to_the_heading_above_the_first_steps_of_the_newest_article(fetch: Fetch) -> None:
    """Between heading and steps may stand who must not follow them."""
    warning = text("Отекла — не трогайте.", name="w", required=True)
    shelve(a_document(heading("Что это"), heading("Что делать сейчас", name="now"), warning, steps(), heading("Ещё")))
    shelve(a_document(heading("x"), slug="bez", title="Без шагов"), item=an_id("plain"), at=NOON + timedelta(1))

    page = fetch("/ru/")

    links = [one for one in page.all("a") if "#" in one.attributes["href"] and one.text == "Что делать сейчас"]
    place = links[0].attributes["href"]
    assert place.startswith("/ru/articles/sudorogi-v-testah/#b")
    assert fetch("/ru/articles/sudorogi-v-testah/").words("h2", id=place.partition("#")[2]) == ["Что делать сейчас"]
    assert "Судороги в тестах" in page.words("nav", class_="brief")[0]


def test_steps_without_a_heading_are_reached_by_their_own_title(fetch: Fetch) -> None:
    shelve(a_document(steps()))

    assert "Если нога как обычно" in fetch("/ru/").words("nav", class_="brief")[0]


@pytest.mark.parametrize(
    ("language", "heading", "title", "hint"),
    [
        ("ru", "Когда нужен врач", "Судорога в ноге: нужен ли врач и как скоро", "признаки и что делать при каждом"),
        ("en", "When to get help", "Leg cramp: do I need a doctor, and how soon?",
         "signs to look for, and what to do about each"),
    ],
)  # fmt: skip
def test_a_worried_reader_finds_when_to_get_help_above_first_aid(
    fetch: Fetch, language: str, heading: str, title: str, hint: str
) -> None:
    """What it promises is there whether anybody may answer questions or not."""
    shelve_protocol()
    shelve((a_document if language == "ru" else an_english_document)(steps()), language, item=an_id("steps"))  # type: ignore[arg-type]

    page = fetch(f"/{language}/")

    entrance, first_aid = page.words("nav", class_="brief")
    assert entrance == f"{heading} {title} {hint}"
    assert "Если нога как обычно" in first_aid
    assert page.all("a", href=f"/{language}/triage/leg-cramp-triage/")


def test_a_protocol_that_is_withdrawn_or_in_the_other_language_only_has_no_entrance(fetch: Fetch) -> None:
    shelve_protocol()
    withdraw(BUNDLED_ID, reason="Проверяем заново.")

    russian, english = fetch("/ru/"), fetch("/en/")

    assert [one for one in russian.words("nav", class_="brief") if "Когда нужен врач" in one] == []
    assert len(english.all("a", href="/en/triage/leg-cramp-triage/")) == 2  # the entrance, and the latest changes
    assert [one for one in russian.words("li") if "снято" in one] != []


def test_the_entrance_is_there_before_any_article_is(fetch: Fetch) -> None:
    shelve_protocol()

    page = fetch("/ru/")

    assert "Здесь пока ничего не опубликовано." not in page.text
    assert "Все статьи" not in page.text


def test_protocols_are_no_articles_and_answers_when_languages_are_counted(fetch: Fetch) -> None:
    shelve(protocol_document("ru"), item=BUNDLED_ID)

    assert "Только на русском" not in fetch("/ru/").text


def test_articles_come_newest_first_with_summary_date_and_whether_a_doctor_checked(fetch: Fetch) -> None:
    shelve(a_document(slug="staraya", title="Старая"), item=an_id("old"))
    shelve(a_document(slug="novaya", title="Новая"), item=an_id("new"), at=NOON + timedelta(1))

    page = fetch("/ru/")

    assert page.words("h3") == ["Новая", "Старая"]
    entry = page.words("section", class_="entry")[0]
    assert "О чём эта статья." in entry
    assert "23 ноября 2026" in entry
    assert "врач ещё не проверил" in entry


def test_questions_that_most_texts_lead_to_come_first(fetch: Fetch) -> None:
    shelve(a_faq(slug="a", title="Азбука?"), item=an_id("a"))
    shelve(a_faq(slug="ya", title="Якорь?"), item=an_id("ya"))
    shelve(a_document(text(said(item_link("туда", an_id("ya"), "faq")), name="t")))

    questions = [one.text for one in fetch("/ru/").all("a") if one.attributes["href"].startswith("/ru/faq/")][1:]

    assert questions[:2] == ["Якорь?", "Азбука?"]


def test_languages_in_step_are_told_in_one_sentence(fetch: Fetch) -> None:
    original = a_document(heading("Что это", name="h"))
    shelve(original)
    shelve(an_english_document(heading("What it is", name="h")), "en", translation_of=agreed(original))

    assert "Every article and answer is here in Russian and in English, and both say the same." in fetch("/en/").text


def test_what_one_language_lacks_is_told_in_both(fetch: Fetch) -> None:
    original = a_document(heading("Что это", name="h"))
    shelve(original)
    shelve(an_english_document(heading("What it is", name="h")), "en", translation_of=agreed(original))
    shelve(a_document(heading("Иначе", name="h")), change="advice", at=NOON + timedelta(1))
    shelve(a_faq(), item=an_id("only"))

    english, russian = fetch("/en/").text, fetch("/ru/").text

    assert "1 text is in Russian only." in english
    assert "1 English text has not yet followed the Russian one; the text itself says in what." in english
    assert "Только на русском: 1 текст." in russian
    assert "both say the same" not in english


def test_latest_changes_name_each_text_once_with_date_and_kind_of_change(fetch: Fetch) -> None:
    shelve(a_document(heading("Что это", name="h")))
    shelve(a_document(heading("Иначе", name="h")), change="correction", note="Ошибка.", at=NOON + timedelta(1))
    shelve(a_faq(), item=an_id("gone"))
    withdraw(an_id("gone"), at=NOON + timedelta(2))
    shelve(a_term("Термин", slug="termin"), item=an_id("term"))

    changes = [one for one in fetch("/ru/").words("li") if "ноября 2026" in one]

    assert changes == [
        "Это опасно? 24 ноября 2026: снято",
        "Судороги в тестах 23 ноября 2026: исправление ошибки",
    ]


def test_what_is_withdrawn_or_in_the_other_language_is_offered_nowhere_else(fetch: Fetch) -> None:
    shelve(a_document(steps(), title="Снятая"))
    withdraw()
    shelve(an_english_document(steps("e"), title="English only"), "en", item=an_id("english"))
    shelve(a_topic("Muscles", slug="muscles"), "en", item=an_id("topic"))

    page = fetch("/ru/")

    assert "English only" not in page.html
    assert "Muscles" not in page.html
    assert [one for one in page.words("li") if "Снятая" in one] == ["Снятая 22 ноября 2026: снято"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_home_page_costs_the_same_with_one_text_and_with_many(
    client: Client, django_assert_num_queries: object, count: int
) -> None:
    for number in range(count):
        shelve(a_document(steps(f"s{number}"), slug=f"a-{number}"), item=an_id(f"a{number}"))
        shelve(a_faq(slug=f"q-{number}"), item=an_id(f"q{number}"))
        shelve(a_topic(slug=f"t-{number}"), item=an_id(f"t{number}"))
        shelve(a_page(slug=f"p-{number}"), item=an_id(f"p{number}"))
        shelve(msgspec.structs.replace(protocol_document("ru"), slug=f"v-{number}"), item=an_id(f"v{number}"))
    shelve(an_expert())

    tallies.forget()
    with django_assert_num_queries(14):  # type: ignore[operator]
        assert client.get("/ru/").status_code == 200
