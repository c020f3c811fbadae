"""Questions, people, terms, topics and pages: the same addresses and conduct as articles, and their own members."""

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.api.v1.offers import OFFERS
from articles.editions.document import Document
from articles.editions.kinds import kinds
from articles.editions.parts import Disclosure
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_person,
    a_quote,
    an_id,
    heading,
    item_link,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import (
    FAQ,
    TERM,
    TOPIC,
    a_care_box,
    a_faq,
    a_page,
    a_term,
    a_topic,
    accounts,
    an_expert,
    care_box,
)
from tests.factories.triage import a_protocol

MAKERS: dict[str, Callable[..., Document]] = {
    "article": a_document,
    "faq": a_faq,
    "expert": an_expert,
    "term": a_term,
    "topic": a_topic,
    "page": a_page,
    "protocol": a_protocol,
}
EACH = pytest.mark.parametrize("kind", MAKERS)


def home(kind: str) -> str:
    return f"{OFFERS[kind].collection}/"


def test_every_kind_with_editions_is_offered() -> None:
    assert set(OFFERS) == {kind.name for kind in kinds()} == set(MAKERS)
    assert [offer.collection for offer in OFFERS.values()] == [
        "articles", "faq", "experts", "terms", "topics", "pages", "triage/protocols"
    ]  # fmt: skip


# what all of them keep to


@EACH
def test_an_item_of_every_kind_names_the_text_that_it_is(partner: Partner, kind: str) -> None:
    item = an_id(kind)
    edition = shelve(MAKERS[kind](), item=item)
    answer = partner.json(f"{home(kind)}{item}/?lang=ru")
    assert (answer["id"], answer["kind"], answer["language"], answer["edition"]) == (item, kind, "ru", 1)
    assert (answer["digest"], answer["content_digest"]) == (edition.digest, edition.content_digest)
    assert answer["api_url"] == f"http://testserver/api/v1/{home(kind)}{item}/?lang=ru"
    assert answer["under_check"] is False
    for member in ("review", "change", "translations", "attribution", "licence", "max_age"):
        assert answer[member]


@EACH
def test_a_list_of_every_kind_holds_what_is_live_in_its_language_and_no_other_kind(partner: Partner, kind: str) -> None:
    for number, name in enumerate(MAKERS):
        shelve(MAKERS[name](), item=an_id(name), at=NOON + timedelta(minutes=number))
    gone = an_id("gone")
    shelve(MAKERS[kind](slug="gone"), item=gone)
    withdraw(gone)
    listed = partner.json(f"{home(kind)}?lang=ru")["results"]
    assert [(one["id"], one["kind"]) for one in listed] == [(an_id(kind), kind)]
    assert "blocks" not in listed[0]
    assert partner.json(f"{home(kind)}?lang=en")["results"] == []


@EACH
def test_pages_of_a_list_of_every_kind_hold_every_item_once(partner: Partner, kind: str) -> None:
    items = [an_id(f"{kind}/{number}") for number in range(5)]
    for number, item in enumerate(items):
        shelve(MAKERS[kind](slug=f"nomer-{number}"), item=item, at=NOON + timedelta(minutes=number))
    pages = list(partner.pages(f"{home(kind)}?lang=ru&limit=2"))
    assert [[one["id"] for one in page["results"]] for page in pages] == [items[:2], items[2:4], items[4:]]


@EACH
def test_a_list_of_every_kind_costs_the_same_with_one_item_and_with_thirty(partner: Partner, kind: str) -> None:
    shelve(MAKERS[kind](slug="nomer"), item=an_id("one"))
    with CaptureQueriesContext(connection) as with_one:
        partner.get(f"{home(kind)}?lang=ru")
    for number in range(29):
        shelve(MAKERS[kind](slug=f"nomer-{number}"), item=an_id(f"more/{number}"))
    with CaptureQueriesContext(connection) as with_thirty:
        assert len(partner.json(f"{home(kind)}?lang=ru")["results"]) == 30
    assert len(with_one) == len(with_thirty)


@EACH
def test_every_kind_has_its_history_and_its_exact_bytes(partner: Partner, kind: str) -> None:
    item = an_id(kind)
    shelve(MAKERS[kind](), item=item)
    edition = shelve(MAKERS[kind](title="Новое"), item=item, change="update", note="Другое название.")
    history = f"{home(kind)}{item}/editions/"
    rows = partner.json(f"{history}?lang=ru")["results"]
    assert [(row["edition"], row["kind"], row["is_current"]) for row in rows] == [(2, kind, True), (1, kind, False)]
    record = partner.json(f"{history}2/?lang=ru")
    assert record["envelope"]["kind"] == kind
    sent = partner.get(f"{history}2/document/?lang=ru").content
    assert sent.decode() == edition.document_json
    assert sha256(sent).hexdigest() == record["content_digest"]
    assert json.loads(sent)["kind"] == kind


@EACH
def test_a_withdrawn_item_of_every_kind_answers_with_its_tombstone_everywhere(partner: Partner, kind: str) -> None:
    item = an_id(kind)
    shelve(MAKERS[kind](), item=item)
    withdraw(item, reason="Ошибка.")
    for rest in ("", "editions/", "editions/1/", "editions/1/document/"):
        tombstone = partner.json(f"{home(kind)}{item}/{rest}?lang=ru", 410)
        assert (tombstone["kind"], tombstone["reason"]) == (kind, "Ошибка.")


@EACH
def test_an_item_is_found_among_its_own_kind_only(partner: Partner, kind: str) -> None:
    item = an_id(kind)
    shelve(MAKERS[kind](), item=item)
    for other in MAKERS.keys() - {kind}:
        assert partner.json(f"{home(other)}{item}/?lang=ru", 404)["type"].endswith("/not-found/")


@EACH
def test_fields_of_every_kind_keep_what_makes_it_safe_to_show(partner: Partner, kind: str) -> None:
    item = an_id(kind)
    shelve(MAKERS[kind](), item=item)
    for address in (f"{home(kind)}{item}/?lang=ru", f"{home(kind)}?lang=ru"):
        part = partner.json(f"{address}&fields=title")
        part = part["results"][0] if "results" in part else part
        assert set(part) == {"title", *OFFERS[kind].always}
        assert {"review", "attribution", "licence", "change", "check"} <= set(part)


@EACH
def test_a_field_of_another_kind_is_refused(partner: Partner, kind: str) -> None:
    field = "person" if kind != "expert" else "synonyms"
    assert partner.json(f"{home(kind)}?fields={field}", 400)["type"].endswith("/invalid-parameter/")


# their own members


def test_a_question_has_a_short_answer_and_everything_that_a_text_has(partner: Partner) -> None:
    shelve(a_topic(), item=TOPIC)
    shelve(a_faq(care_box(), quoted(a_quote()), topics=[TOPIC]), item=FAQ)
    item = partner.json(f"faq/{FAQ}/?lang=ru")
    assert (item["title"], item["summary"]) == ("Это опасно?", "Обычно нет.")
    assert item["url"] == "http://testserver/ru/faq/eto-opasno/"
    assert [block["kind"] for block in item["blocks"]] == ["care_box", "quote"]
    assert [box["level"] for box in item["care"]] == ["emergency"]
    assert len(item["quotes"]) == len(item["sources"]) == 1
    assert [topic["title"] for topic in item["topics"]] == ["Мышцы"]


def test_topics_of_a_text_are_those_that_are_live_in_the_order_of_their_titles(partner: Partner) -> None:
    nerves, blood, unpublished = an_id("nerves"), an_id("blood"), an_id("unpublished")
    shelve(a_document(topics=[nerves, blood, unpublished]))
    assert partner.json(f"articles/{ARTICLE}/?lang=ru")["topics"] == []
    shelve(a_topic(title="Нервы", slug="nervy"), item=nerves)
    shelve(a_topic(title="Кровь", slug="krov"), item=blood)
    assert partner.json(f"articles/{ARTICLE}/?lang=ru")["topics"] == [
        {"id": blood, "title": "Кровь", "url": "http://testserver/ru/topics/krov/",
         "api_url": f"http://testserver/api/v1/topics/{blood}/?lang=ru"},
        {"id": nerves, "title": "Нервы", "url": "http://testserver/ru/topics/nervy/",
         "api_url": f"http://testserver/api/v1/topics/{nerves}/?lang=ru"},
    ]  # fmt: skip
    withdraw(blood)
    assert [topic["id"] for topic in partner.json(f"articles/{ARTICLE}/?lang=ru")["topics"]] == [nerves]


def test_conditions_of_a_text_are_live_terms_with_the_codes_that_they_have_now(partner: Partner) -> None:
    cramp, legs, unpublished = TERM, an_id("legs"), an_id("unpublished")
    shelve(a_document(conditions=[cramp, legs, unpublished]))
    shelve(a_faq(conditions=[cramp]), item=FAQ)
    assert partner.json(f"articles/{ARTICLE}/?lang=ru")["conditions"] == []
    shelve(a_term("Судорога", slug="sudoroga", codes=["R25.2"]), item=cramp)
    shelve(a_term("Беспокойные ноги", slug="nogi"), item=legs)
    assert partner.json(f"articles/{ARTICLE}/?lang=ru")["conditions"] == [
        {"id": legs, "title": "Беспокойные ноги", "url": "http://testserver/ru/glossary/#nogi",
         "api_url": f"http://testserver/api/v1/terms/{legs}/?lang=ru", "codes": []},
        {"id": cramp, "title": "Судорога", "url": "http://testserver/ru/glossary/#sudoroga",
         "api_url": f"http://testserver/api/v1/terms/{cramp}/?lang=ru", "codes": ["R25.2"]},
    ]  # fmt: skip
    shelve(a_term("Судорога", slug="sudoroga", codes=["R25.2", "R25.3"]), item=cramp, change="update")
    [found] = partner.json(f"faq/{FAQ}/?lang=ru")["conditions"]
    assert found["codes"] == ["R25.2", "R25.3"]
    withdraw(cramp)
    assert partner.json(f"faq/{FAQ}/?lang=ru")["conditions"] == []


def test_a_term_has_the_codes_of_the_condition_that_it_names(partner: Partner) -> None:
    shelve(a_term(codes=["R25.2"]), item=TERM)
    assert partner.json(f"terms/{TERM}/?lang=ru")["codes"] == ["R25.2"]
    assert partner.json("terms/?lang=ru")["results"][0]["codes"] == ["R25.2"]
    shelve(a_term(), item=TERM, change="update")
    assert partner.json(f"terms/{TERM}/?lang=ru")["codes"] == []


def test_a_term_has_its_definition_and_synonyms_in_lists_too(partner: Partner) -> None:
    shelve(a_term(), item=TERM)
    item = partner.json(f"terms/{TERM}/?lang=ru")
    assert (item["title"], item["definition"]) == ("Крампи", "Внезапное болезненное сокращение мышцы.")
    assert item["synonyms"] == ["мышечная судорога"]
    assert item["url"] == "http://testserver/ru/glossary/#krampi"
    assert partner.json("terms/?lang=ru")["results"] == [item]


def test_a_topic_leads_to_the_lists_of_what_belongs_to_it(partner: Partner) -> None:
    shelve(a_topic(), item=TOPIC)
    shelve(a_document(topics=[TOPIC]))
    shelve(a_faq(topics=[TOPIC]), item=FAQ)
    links = partner.json(f"topics/{TOPIC}/?lang=ru")["links"]
    found = {name: partner.json(address.removeprefix("http://testserver")) for name, address in links.items()}
    assert [item["id"] for item in found["articles"]["results"]] == [ARTICLE]
    assert [item["id"] for item in found["faq"]["results"]] == [FAQ]


def test_a_person_has_part_workplace_disclosure_biography_and_the_way_to_their_words(partner: Partner) -> None:
    declared = Disclosure(state="declared", by="Анна, письмом", on="2026-11-01", interests=["Лекции за плату"])
    person = a_person(part="participates", disclosure=declared, workplace_basis="confirmed")
    shelve(an_expert(person, summary="Работает неврологом."), item=person.id)
    shelve(a_document(quoted(a_quote(speaker=person))))
    item = partner.json(f"experts/{person.id}/?lang=ru")
    assert item["person"]["part"] == "participates"
    assert (item["workplace"]["name"], item["workplace"]["basis"]) == ("Клиника на Набережной", "confirmed")
    assert (item["disclosure"]["state"], item["disclosure"]["interests"]) == ("declared", ["Лекции за плату"])
    assert item["biography"] == "Работает неврологом."
    links = {name: address.removeprefix("http://testserver") for name, address in item["links"].items()}
    assert [quote["id"] for quote in partner.json(links["quotes"])["results"]] == [a_quote().id]
    assert [article["id"] for article in partner.json(links["articles"])["results"]] == [ARTICLE]


def test_a_person_quoted_from_elsewhere_is_never_answered_without_that_word(partner: Partner) -> None:
    person = a_person()
    shelve(an_expert(person), item=person.id)
    for address in (f"experts/{person.id}/?lang=ru&fields=title", "experts/?lang=ru&fields=title"):
        answer = partner.json(address)
        answer = answer["results"][0] if "results" in answer else answer
        assert answer["person"]["part"] == "quoted"
        assert answer["disclosure"]["state"] == "not_asked"


def test_a_person_without_a_known_workplace_has_none(partner: Partner) -> None:
    person = a_person(organisation=None)
    shelve(an_expert(person), item=person.id)
    assert partner.json(f"experts/{person.id}/?lang=ru")["workplace"] is None


def test_a_page_about_the_site_has_blocks_and_no_topics(partner: Partner) -> None:
    item = an_id("page")
    shelve(a_page(heading("Кто мы")), item=item)
    answer = partner.json(f"pages/{item}/?lang=ru")
    assert [block["text"] for block in answer["blocks"]] == ["Кто мы"]
    assert answer["summary"] == ""
    assert "topics" not in answer


# filters


def test_articles_of_a_topic_are_those_that_belong_to_it_and_not_those_that_mention_it(partner: Partner) -> None:
    mentioning = text(said("См. ", item_link("мышцы", TOPIC, "topic")), name="link")
    shelve(a_document(topics=[TOPIC]))
    shelve(a_document(mentioning, slug="mimohodom"), item=an_id("mentions"))
    shelve(a_document(topics=[an_id("other topic")], slug="drugoe"), item=an_id("other"))
    assert [item["id"] for item in partner.json(f"articles/?lang=ru&topic={TOPIC}")["results"]] == [ARTICLE]
    assert [item["id"] for item in partner.json(f"articles/?lang=ru&topic={TOPIC.upper()}")["results"]] == [ARTICLE]
    assert partner.json(f"articles/?lang=ru&topic={an_id('nothing')}")["results"] == []


def test_what_only_mentions_a_topic_does_not_end_the_list_of_what_belongs_to_it(partner: Partner) -> None:
    for number in range(6):
        linked = text(said(item_link("мышцы", TOPIC, "topic")), name="link")
        document = a_document(linked, slug=f"nomer-{number}", topics=[TOPIC] if number % 3 == 2 else [])
        shelve(document, item=an_id(f"item/{number}"), at=NOON + timedelta(minutes=number))
    pages = list(partner.pages(f"articles/?lang=ru&topic={TOPIC}&limit=1"))
    assert [item["id"] for page in pages for item in page["results"]] == [an_id("item/2"), an_id("item/5")]


def test_articles_of_an_expert_are_those_that_quote_the_person_in_accounts_too(partner: Partner) -> None:
    other = a_person("other", name="Борис Другой")
    shelve(a_document(quoted(a_quote())))
    both = accounts(a_quote("a"), a_quote("b", speaker=other))
    shelve(a_document(both, slug="oba"), item=an_id("both"), at=NOON + timedelta(minutes=1))
    assert ids(partner, f"articles/?lang=ru&expert={a_person().id}") == [ARTICLE, an_id("both")]
    assert ids(partner, f"articles/?lang=ru&expert={other.id}") == [an_id("both")]


def test_questions_of_an_expert_are_those_that_quote_the_person(partner: Partner) -> None:
    shelve(a_faq(quoted(a_quote())), item=FAQ)
    shelve(a_faq(slug="bez"), item=an_id("without"))
    assert ids(partner, f"faq/?lang=ru&expert={a_person().id}") == [FAQ]
    shelve(an_expert(), item=a_person().id)
    links = partner.json(f"experts/{a_person().id}/?lang=ru")["links"]
    assert ids(partner, links["faq"].removeprefix("http://testserver")) == [FAQ]


def test_people_are_told_apart_by_the_part_that_they_have(partner: Partner) -> None:
    ours = a_person("ours", name="Борис Другой", part="participates")
    shelve(an_expert(), item=a_person().id)
    shelve(an_expert(ours, slug="boris"), item=ours.id)
    assert ids(partner, "experts/?lang=ru&part=participates") == [ours.id]
    assert ids(partner, "experts/?lang=ru&part=quoted") == [a_person().id]
    assert partner.json("experts/?lang=ru&part=ours", 400)["errors"][0]["parameter"] == "part"


def test_filters_are_taken_together(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote()), topics=[TOPIC]))
    shelve(a_document(quoted(a_quote()), slug="bez-temy"), item=an_id("no topic"))
    assert ids(partner, f"articles/?lang=ru&expert={a_person().id}&topic={TOPIC}") == [ARTICLE]


def test_a_filter_costs_the_same_with_one_item_and_with_thirty(partner: Partner) -> None:
    address = f"articles/?lang=ru&topic={TOPIC}&expert={a_person().id}"
    shelve(a_document(quoted(a_quote()), topics=[TOPIC]))
    with CaptureQueriesContext(connection) as with_one:
        partner.get(address)
    for number in range(29):
        shelve(a_document(quoted(a_quote()), topics=[TOPIC], slug=f"n-{number}"), item=an_id(f"more/{number}"))
    with CaptureQueriesContext(connection) as with_thirty:
        assert len(partner.json(address)["results"]) == 30
    assert len(with_one) == len(with_thirty)


@pytest.mark.parametrize(
    "value", ["", "x", "1", "%00", TOPIC.replace("-", ""), f"{{{TOPIC}}}", "%F0%9F%98%80", "a" * 5_000, "null", "%FF"]
)
@pytest.mark.parametrize("name", ["topic", "expert"])
def test_a_filter_takes_ids_as_we_write_them(partner: Partner, name: str, value: str) -> None:
    problem = partner.json(f"articles/?{name}={value}", 400)
    assert problem["errors"][0]["parameter"] == name


@pytest.mark.parametrize(
    ("kind", "filter_"), [("page", "expert"), ("term", "topic"), ("page", "topic"), ("topic", "topic")]
)
def test_a_filter_that_a_kind_does_not_have_is_refused(partner: Partner, kind: str, filter_: str) -> None:
    assert partner.json(f"{home(kind)}?{filter_}={TOPIC}", 400)["type"].endswith("/unknown-parameter/")


def test_a_cursor_belongs_to_its_filter(partner: Partner) -> None:
    for number in range(3):
        shelve(a_document(topics=[TOPIC], slug=f"n-{number}"), item=an_id(f"item/{number}"))
    address = partner.json(f"articles/?lang=ru&topic={TOPIC}&limit=1")["next"].removeprefix("http://testserver")
    assert f"topic={TOPIC}" in address
    partner.get(address)
    other = address.replace(TOPIC, an_id("other topic"))
    assert partner.json(other, 400)["type"].endswith("/invalid-cursor/")
    assert partner.json(address.replace("articles/", "faq/"), 400)["type"].endswith("/invalid-cursor/")


def test_the_care_of_a_question_counts_for_its_age(partner: Partner) -> None:
    shelve(a_faq(care_box(a_care_box(level="emergency"))), item=FAQ)
    assert partner.json("faq/?lang=ru")["results"][0]["max_age"] == 3_600


def ids(partner: Partner, address: str) -> list[str]:
    return [item["id"] for item in partner.json(address)["results"]]
