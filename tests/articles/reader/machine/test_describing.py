"""What pages say to search engines is what stands on them, and only what is true."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from articles.editions.envelope import Credits, Review, Signatory
from articles.editions.parts import PartWithdrawal
from articles.reader.machine.describing import described
from articles.reader.presenters.frame import Frame
from tests.articles.reader.machine.conftest import HOST, OWN, QUOTED, Get
from tests.articles.reader.markup import Markup
from tests.factories.documents import (
    NOON,
    REVIEWED,
    a_document,
    a_news_source,
    a_quote,
    a_source,
    agreed,
    an_english_document,
    an_id,
    cite,
    fall_due,
    heading,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import a_faq, a_term, a_topic, an_expert

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RU, EN = "/ru/articles/sudorogi-v-testah/", "/en/articles/cramps-in-tests/"
TYPES = {
    RU: "MedicalWebPage",
    "/ru/faq/eto-opasno/": "FAQPage",
    "/ru/topics/myshtsy/": "CollectionPage",
    "/ru/about/kto-my/": "AboutPage",
    "/ru/people/svoya/": "ProfilePage",
    "/ru/triage/leg-cramp-triage/": "MedicalWebPage",
    "/ru/articles/": "CollectionPage",
    "/ru/faq/": "CollectionPage",
    "/ru/glossary/": "CollectionPage",
    "/ru/sources/": "CollectionPage",
    "/ru/about/": "CollectionPage",
    "/ru/triage/": "CollectionPage",
}
# Properties whose value is an address, a moment or a day.
ADDRESSES, MOMENTS, DAYS = {"url", "item"}, {"datePublished", "dateModified"}, {"lastReviewed"}


@dataclass(frozen=True)
class Bare:
    """A page of which nothing but its frame is known."""

    frame: Frame


def data(page: Markup) -> dict[str, Any]:
    (block,) = page.data()
    return block


def values(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every property of a node and of the nodes inside it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from values(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from values(value, name)
    else:
        yield name, node


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("path", TYPES)
def test_each_kind_of_page_is_of_its_type_and_says_where_it_is(get: Get, path: str) -> None:
    said = data(get(path))

    assert (said["@type"], said["url"], said["inLanguage"]) == (TYPES[path], HOST + path, "ru")
    steps = said["breadcrumb"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert (steps[0]["item"], steps[-1]["name"], "item" in steps[-1]) == (f"{HOST}/ru/", said["name"], False)


@pytest.mark.usefixtures("shelf")
def test_addresses_are_whole_moments_have_a_zone_and_no_word_is_empty(
    get: Get, listed: Callable[[], list[str]]
) -> None:
    pages = [data(get(address)) for address in listed()]

    assert len(pages) >= 22
    for name, value in (pair for page in pages for pair in values(page)):
        assert value not in ("", None)
        if name in ADDRESSES:
            assert value.startswith(("http://", "https://"))
        if name in MOMENTS:
            assert datetime.fromisoformat(value).tzinfo is not None
            assert value.endswith("Z")
        if name in DAYS:
            assert datetime.fromisoformat(value).date().isoformat() == value


@pytest.mark.usefixtures("shelf")
def test_a_protocol_that_nobody_has_checked_claims_no_review(get: Get) -> None:
    said = data(get("/en/triage/leg-cramp-triage/"))

    assert "lastReviewed" not in said
    assert "reviewedBy" not in said
    assert len(said["citation"]) > 10


@pytest.mark.usefixtures("shelf")
def test_every_word_stands_on_the_page_itself(get: Get) -> None:
    """A search engine may show it as ours; so it is nothing that a reader would not find here."""
    for path in ("/ru/faq/eto-opasno/", "/ru/glossary/", "/ru/people/svoya/", "/ru/sources/"):
        page = get(path)
        shown = {"name", "text", "alternateName", "jobTitle"}
        words = [value for name, value in values(data(page)["mainEntity"]) if name in shown]
        assert words
        # The page's text has ordinary spaces.
        assert [word for word in words if " ".join(word.split()).casefold() not in page.text.casefold()] == []


def test_a_text_that_nobody_has_reviewed_names_no_reviewer(get: Get) -> None:
    shelve(a_document(heading("Что это")))

    assert {"reviewedBy", "lastReviewed"} & data(get(RU)).keys() == set()


def test_a_review_is_told_while_it_holds_and_no_longer(get: Get) -> None:
    shelve(a_document(heading("Что это")), review=REVIEWED)
    holds = data(get(RU))
    fall_due(at=NOON + timedelta(days=800))

    late = data(get(RU))

    assert holds["lastReviewed"] == "2026-11-20"
    assert holds["reviewedBy"] == [{"@type": "Person", "name": "Анна Проверочная"}]
    assert {"reviewedBy", "lastReviewed"} & late.keys() == set()


def test_a_reviewer_signs_with_a_name_and_what_the_person_is(get: Get) -> None:
    signed = Review("reviewed", [Signatory("Нина Сверочная, терапевт", "medical_reviewer")], "2026-11-20", "", "")
    shelve(a_document(heading("Что это")), review=signed)

    assert data(get(RU))["reviewedBy"] == [{"@type": "Person", "name": "Нина Сверочная", "description": "терапевт"}]


def test_whoever_wrote_or_translated_a_text_is_named_and_nobody_is_made_up(get: Get) -> None:
    original = a_document(heading("Что это"))
    shelve(original, credits=Credits(written=["Пётр Пишущий, журналист"], translated=[]))
    english = an_english_document(heading("What it is", name="Что это"))
    named = Credits(written=[], translated=["Tom Sample"])
    shelve(english, "en", translation_of=agreed(original), credits=named)

    russian, translated = data(get(RU)), data(get(EN))

    assert russian["author"] == [{"@type": "Person", "name": "Пётр Пишущий", "description": "журналист"}]
    assert translated["translator"] == [{"@type": "Person", "name": "Tom Sample"}]
    assert "translator" not in russian
    assert "author" not in translated


def test_a_review_without_a_changed_word_moves_no_date_of_the_text(get: Get) -> None:
    shelve(a_document(heading("Что это")))
    shelve(a_document(heading("Что это")), change="review", review=REVIEWED, at=NOON + timedelta(days=3))

    said = data(get(RU))

    assert said["datePublished"] == said["dateModified"] == "2026-11-22T12:00:00Z"


def test_a_change_of_words_moves_the_date_of_change_alone(get: Get) -> None:
    shelve(a_document(heading("Что это")))
    shelve(a_document(heading("Иначе")), change="update", at=NOON + timedelta(days=3))

    said = data(get(RU))

    assert (said["datePublished"], said["dateModified"]) == ("2026-11-22T12:00:00Z", "2026-11-25T12:00:00Z")


def test_original_and_translation_name_each_other_without_a_word_of_each_other(get: Get) -> None:
    original = a_document(heading("Что это"))
    shelve(original)
    shelve(an_english_document(heading("What it is", name="Что это")), "en", translation_of=agreed(original))

    russian, english = data(get(RU)), data(get(EN))

    assert russian["workTranslation"] == {"@type": "MedicalWebPage", "url": HOST + EN, "inLanguage": "en"}
    assert english["translationOfWork"] == {"@type": "MedicalWebPage", "url": HOST + RU, "inLanguage": "ru"}
    assert "translationOfWork" not in russian
    assert "workTranslation" not in english


def test_a_language_that_is_not_live_is_not_named(get: Get) -> None:
    original = a_document(heading("Что это"))
    shelve(original)
    shelve(an_english_document(heading("What it is", name="Что это")), "en", translation_of=agreed(original))
    withdraw(language="en", reason="We found an error.", at=NOON + timedelta(days=1))

    assert {"workTranslation", "translationOfWork"} & data(get(RU)).keys() == set()


def test_sources_are_cited_by_name_and_address_and_withdrawn_ones_are_not(get: Get) -> None:
    gone = a_source("gone", title="Withdrawn review", withdrawn=PartWithdrawal("error", "Отозван."))
    unnamed = a_news_source(url="javascript:alert(1)")
    words = text(said("Раз.", cite(a_source()), cite(gone), cite(unnamed)), name="t")
    shelve(a_document(words, sources=[a_source(), gone, unnamed]))

    assert data(get(RU))["citation"] == [
        {"@type": "ScholarlyArticle", "name": "Cramps of test muscles", "url": "https://doi.org/10.1234/tests.57.1"},
        {"@type": "NewsArticle", "name": "Test News, 27\N{NO-BREAK SPACE}января\N{NO-BREAK SPACE}2026"},
    ]


def test_corrections_and_changes_for_safety_are_told_newest_first_and_nothing_else(get: Get) -> None:
    changes = [
        ("first", ""),
        ("correction", "Исправили число."),
        ("wording", "Слова."),
        ("safety", "Добавили признак."),
    ]
    for day, (change, note) in enumerate(changes):
        at = NOON + timedelta(days=day)
        shelve(a_document(heading(f"Раздел {day}")), change=change, note=note, at=at)  # type: ignore[arg-type]

    assert data(get(RU))["correction"] == [
        {"@type": "CorrectionComment", "text": "Добавили признак.", "datePublished": "2026-11-25T12:00:00Z"},
        {"@type": "CorrectionComment", "text": "Исправили число.", "datePublished": "2026-11-23T12:00:00Z"},
    ]


def test_a_text_that_was_never_corrected_says_nothing_of_corrections(get: Get) -> None:
    shelve(a_document(heading("Что это")))

    assert "correction" not in data(get(RU))


def test_the_publisher_is_named_once_somebody_runs_the_site(get: Get, settings: Any) -> None:
    shelve(a_document(heading("Что это")))
    before = data(get(RU))
    settings.OPERATOR = {"ru": "Фонд «Ясно»", "en": ""}

    assert "publisher" not in before
    assert data(get(RU))["publisher"] == {"@type": "Organization", "name": "Фонд «Ясно»"}


def test_a_text_is_about_its_live_topics_and_conditions_and_its_page_shows_the_codes(get: Get) -> None:
    topic, term, other, unknown = (an_id(name) for name in ("topic", "term", "other", "unknown"))
    shelve(a_topic(), item=topic)
    shelve(a_term("Судорога", slug="sudoroga", codes=["R25.2", "R25.3"]), item=term)
    shelve(a_term("Без кода", slug="bez-koda"), item=other)
    shelve(a_document(heading("Что это"), topics=[topic, unknown], conditions=[term, other, unknown]))

    page = get(RU)

    codes = [{"@type": "MedicalCode", "codeValue": code, "codingSystem": "ICD-10"} for code in ("R25.2", "R25.3")]
    assert data(page)["about"] == [
        {"@type": "Thing", "name": "Мышцы", "url": f"{HOST}/ru/topics/myshtsy/"},
        {"@type": "MedicalCondition", "name": "Без кода", "url": f"{HOST}/ru/glossary/#bez-koda"},
        {"@type": "MedicalCondition", "name": "Судорога", "url": f"{HOST}/ru/glossary/#sudoroga", "code": codes},
    ]
    assert "Без кода; Судорога (МКБ-10: R25.2, R25.3)" in page.text
    assert page.all("a", href="/ru/glossary/#sudoroga")


def test_a_text_that_is_about_no_condition_says_nothing_of_any(get: Get) -> None:
    shelve(a_term("Судорога", slug="sudoroga", codes=["R25.2"]), item=an_id("term"))
    shelve(a_document(heading("Что это")))

    page = get(RU)

    assert "about" not in data(page)
    assert "МКБ-10" not in page.text


def test_a_question_has_the_short_answer_that_stands_on_its_page(get: Get) -> None:
    shelve(a_faq(summary="Обычно нет.\n\nНо бывает."), item=an_id("faq"))

    assert data(get("/ru/faq/eto-opasno/"))["mainEntity"] == {
        "@type": "Question",
        "name": "Это опасно?",
        "acceptedAnswer": {"@type": "Answer", "text": "Обычно нет.\nНо бывает."},
    }


def test_a_list_of_questions_shows_no_answers_and_so_tells_none(get: Get) -> None:
    shelve(a_faq(), item=an_id("faq"))

    assert "mainEntity" not in data(get("/ru/faq/"))


def test_the_glossary_is_a_set_of_terms_each_with_its_own_address(get: Get) -> None:
    shelve(a_term(), item=an_id("term"))

    assert data(get("/ru/glossary/"))["mainEntity"]["hasDefinedTerm"] == [
        {
            "@type": "DefinedTerm",
            "name": "Крампи",
            "url": f"{HOST}/ru/glossary/#krampi",
            "description": "Внезапное болезненное сокращение мышцы.",
            "alternateName": ["мышечная судорога"],
        }
    ]


@pytest.mark.usefixtures("shelf")
def test_somebody_who_takes_part_is_a_person(get: Get) -> None:
    assert data(get("/ru/people/svoya/"))["mainEntity"] == {
        "@type": "Person",
        "name": OWN.name,
        "url": f"{HOST}/ru/people/svoya/",
        "jobTitle": "невролог, врач",
        "description": "Лечит мышцы.",
    }


@pytest.mark.usefixtures("shelf")
def test_of_people_whom_we_only_quote_nothing_is_ever_said(get: Get, listed: Callable[[], list[str]]) -> None:
    pages = [get(address) for address in listed()]

    assert any(QUOTED.name in page.text for page in pages)
    # The reviewer of the examples has the same name on purpose: that one is named as a reviewer and nowhere else.
    told = [{**block, "reviewedBy": None} for page in pages for block in page.data()]
    assert [block["url"] for block in told if QUOTED.name in str(block)] == []


def test_the_list_of_people_names_those_who_take_part(get: Get) -> None:
    shelve(an_expert(OWN, slug="svoya"), item=OWN.id)

    (person,) = data(get("/ru/people/"))["mainEntity"]["itemListElement"]
    assert (person["@type"], person["name"], person["url"]) == ("Person", OWN.name, f"{HOST}/ru/people/svoya/")


def test_home_is_the_site_and_says_how_to_search_it(get: Get) -> None:
    said = data(get("/en/"))

    assert (said["@type"], said["url"], said["name"]) == ("WebSite", f"{HOST}/en/", "Plain Health")
    assert said["potentialAction"]["target"]["urlTemplate"] == f"{HOST}/en/search/?q={{words}}"
    assert said["potentialAction"]["query-input"] == "required name=words"


def test_a_page_of_which_only_the_frame_is_known_is_a_page() -> None:
    frame = Frame(language="ru", title="Исправления", switch="/en/corrections/", canonical=f"{HOST}/ru/corrections/")

    assert described(Bare(frame))["@type"] == "WebPage"
    assert described(Bare(replace(frame, is_section=True)))["@type"] == "CollectionPage"


def test_a_quote_makes_no_person_and_no_claim(get: Get) -> None:
    shelve(a_document(quoted(a_quote())))

    assert "Person" not in str(data(get(RU)))
