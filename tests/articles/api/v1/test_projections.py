"""Quotes and sources by themselves: what live texts carry, and where it appears."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.api.v1.views import projections
from articles.editions.parts import PartWithdrawal
from articles.publishing.withdraw import withdraw_part
from tests.articles.api.v1.conftest import Partner
from tests.factories.desk import a_quote as a_working_quote
from tests.factories.desk import an_article, place
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    an_english_document,
    an_id,
    cite,
    heading,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import FAQ, a_faq, a_row, accounts, evidence_table
from tests.factories.shelf import later, publish_article

QUOTE = a_quote().id
REASONS = {"ru": "Врач попросил.", "en": "The doctor asked."}


def cited(source: Any) -> Any:
    return text(said("По обзору.", cite(source)), name=f"cites {source.id}")


def test_a_quote_comes_whole_with_the_sources_that_it_names(partner: Partner) -> None:
    quote = a_quote(verdict=a_verdict(sources=[a_source().id, a_news_source().id]))
    shelve(a_document(cited(a_source("first")), quoted(quote), sources=[a_source("first")]))
    found = partner.json(f"quotes/{QUOTE}/?lang=ru")
    assert (found["kind"], found["id"], found["language"]) == ("quote", QUOTE, "ru")
    assert [(source["number"], source["id"]) for source in found["sources"]] == [
        (1, a_news_source().id),
        (2, a_source().id),
    ]
    assert found["source"]["number"] == 1
    assert found["evidence"]["sources"] == [a_source().id, a_news_source().id]
    needed = [
        found["statement"], found["person"]["name"], found["workplace"]["name"], found["workplace"]["basis_label"],
        found["disclosure"]["label"], found["mode_label"], found["attribution_label"], found["source"]["reference"],
        found["evidence"]["label"], found["evidence"]["note"], found["evidence"]["checked_by"], "[2, 1]",
        *found["provenance"],
    ]  # fmt: skip
    for rendering in (found["html"], found["text"]):
        assert [words for words in needed if words not in rendering] == []
    assert partner.json("quotes/?lang=ru")["results"] == [found]


def test_a_quote_and_its_sources_are_the_same_as_in_the_item(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote())))
    item = partner.json(f"articles/{ARTICLE}/?lang=ru")
    [quote], [source] = item["quotes"], item["sources"]
    alone = partner.json(quote["api_url"].removeprefix("http://testserver"))
    assert {name: alone[name] for name in quote.keys() - {"block"}} == {
        name: value for name, value in quote.items() if name != "block"
    }
    by_itself = partner.json(source["api_url"].removeprefix("http://testserver"))
    assert {name: by_itself[name] for name in source.keys() - {"number"}} == {
        name: value for name, value in source.items() if name != "number"
    }


def test_a_quote_appears_in_every_live_text_of_the_language_that_carries_it_newest_first(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote())))
    shelve(a_faq(accounts(a_quote(), a_quote("other"))), item=FAQ, at=NOON + timedelta(minutes=1))
    shelve(a_document(heading("Без цитаты"), slug="bez"), item=an_id("without"))
    shelve(an_english_document(quoted(a_quote(text="It passes."))), "en")
    assert partner.json(f"quotes/{QUOTE}/?lang=ru")["appears_in"] == [
        {"id": FAQ, "kind": "faq", "language": "ru", "title": "Это опасно?", "edition": 1,
         "url": "http://testserver/ru/faq/eto-opasno/", "api_url": f"http://testserver/api/v1/faq/{FAQ}/?lang=ru"},
        {"id": ARTICLE, "kind": "article", "language": "ru", "title": "Судороги в тестах", "edition": 1,
         "url": "http://testserver/ru/articles/sudorogi-v-testah/",
         "api_url": f"http://testserver/api/v1/articles/{ARTICLE}/?lang=ru"},
    ]  # fmt: skip


def test_the_words_are_those_of_the_newest_live_edition(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote(text="Старые слова."))))
    shelve(a_faq(quoted(a_quote(text="Новые слова."))), item=FAQ, at=NOON + timedelta(minutes=1))
    assert partner.json(f"quotes/{QUOTE}/?lang=ru")["statement"] == "Новые слова."
    withdraw(FAQ)
    found = partner.json(f"quotes/{QUOTE}/?lang=ru")
    assert found["statement"] == "Старые слова."
    assert [text["id"] for text in found["appears_in"]] == [ARTICLE]


def test_an_edition_that_is_not_live_any_more_shows_nothing(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote())))
    shelve(a_document(heading("Без цитаты")), change="update")
    assert partner.json("quotes/?lang=ru")["results"] == []
    assert partner.json(f"quotes/{QUOTE}/?lang=ru", 404)["type"].endswith("/not-found/")
    assert partner.json("sources/?lang=ru")["results"] == []


def test_a_quote_of_the_other_language_is_offered_there_and_not_shown(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote())))
    problem = partner.json(f"quotes/{QUOTE}/?lang=en", 404)
    assert problem["type"].endswith("/not-in-this-language/")
    assert problem["translations"] == [
        {"language": "ru", "state": "in_step", "lacks": None,
         "api_url": f"http://testserver/api/v1/quotes/{QUOTE}/?lang=ru"}
    ]  # fmt: skip
    assert "судорога" not in str(problem)
    assert partner.json("quotes/?lang=en")["results"] == []


def test_a_source_says_where_it_is_cited(partner: Partner) -> None:
    review = a_source()
    shelve(a_document(cited(review)))
    shelve(a_faq(evidence_table(a_row(sources=[review.id]))), item=FAQ, at=NOON + timedelta(minutes=1))
    found = partner.json(f"sources/{review.id}/?lang=ru")
    assert (found["kind"], found["title"], found["language"]) == ("review", "Cramps of test muscles", "en")
    assert found["csl"]["type"] == "article-journal"
    assert [text["kind"] for text in found["appears_in"]] == ["faq", "article"]
    assert "number" not in found


def test_one_kind_of_part_is_not_found_as_the_other(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote())))
    assert partner.json(f"sources/{QUOTE}/?lang=ru", 404)["type"].endswith("/not-found/")
    assert partner.json(f"quotes/{a_news_source().id}/?lang=ru", 404)["type"].endswith("/not-found/")
    assert partner.json(f"quotes/{ARTICLE}/?lang=ru", 404)["type"].endswith("/not-found/")


# lists


def test_lists_are_in_the_order_of_ids_and_their_pages_hold_everything_once(partner: Partner) -> None:
    quotes = [a_quote(f"q{number}") for number in range(7)]
    shelve(a_document(*(quoted(quote) for quote in quotes)))
    pages = list(partner.pages("quotes/?lang=ru&limit=3"))
    assert [len(page["results"]) for page in pages] == [3, 3, 1]
    assert [quote["id"] for page in pages for quote in page["results"]] == sorted(quote.id for quote in quotes)
    assert "lang=ru" in pages[0]["next"]


def test_a_cursor_of_quotes_is_none_of_sources_nor_of_another_filter(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote("a")), quoted(a_quote("b"))))
    address = partner.json("quotes/?lang=ru&limit=1")["next"].removeprefix("http://testserver")
    for other in (
        address.replace("quotes", "sources"),
        address.replace("lang=ru", "lang=en"),
        f"{address}&verdict=supported",
    ):
        assert partner.json(other, 400)["type"].endswith("/invalid-cursor/")


def test_quotes_are_filtered_by_person_and_verdict(partner: Partner) -> None:
    boris = a_person("boris", name="Борис Другой")
    shelve(
        a_document(
            quoted(a_quote("a")),
            quoted(a_quote("b", speaker=boris)),
            quoted(a_quote("c", speaker=boris, verdict=a_verdict("disputed", ""))),
            quoted(a_quote("d", speaker=None, attribution="unnamed")),
        )
    )
    assert names(partner, f"quotes/?lang=ru&expert={boris.id}") == {"b", "c"}
    assert names(partner, "quotes/?lang=ru&verdict=supported") == {"a", "b", "d"}
    assert names(partner, f"quotes/?lang=ru&expert={boris.id}&verdict=disputed") == {"c"}
    assert names(partner, f"quotes/?lang=ru&expert={uuid4()}") == set()


def test_a_filter_asks_what_the_newest_words_say(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote("a"))))
    shelve(a_faq(quoted(a_quote("a", verdict=a_verdict("disputed")))), item=FAQ, at=NOON + timedelta(minutes=1))
    assert names(partner, "quotes/?lang=ru&verdict=supported") == set()
    assert names(partner, "quotes/?lang=ru&verdict=disputed") == {"a"}


def test_sources_are_filtered_by_kind(partner: Partner) -> None:
    shelve(a_document(cited(a_source()), quoted(a_quote())))
    assert [source["kind"] for source in partner.json("sources/?lang=ru&kind=news")["results"]] == ["news"]
    assert partner.json("sources/?lang=ru&kind=guideline")["results"] == []


@pytest.mark.parametrize("most", [1, 2, 3, 100])
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_who_follows_next_through_a_filtered_list_gets_everything_once(
    partner: Partner, monkeypatch: pytest.MonkeyPatch, most: int, limit: int
) -> None:
    monkeypatch.setattr(projections, "LARGEST_LIMIT", most)
    states = ["supported", "disputed", "disputed", "supported", "disputed", "supported", "disputed"]
    quotes = [a_quote(f"{number}", verdict=a_verdict(state)) for number, state in enumerate(states)]
    shelve(a_document(*(quoted(quote) for quote in quotes)))
    pages = list(partner.pages(f"quotes/?lang=ru&verdict=supported&limit={limit}"))
    assert max(len(page["results"]) for page in pages) <= limit
    found = [quote["id"] for page in pages for quote in page["results"]]
    assert found == sorted(quote.id for quote in quotes if quote.verdict.state == "supported")


@pytest.mark.parametrize("query", ["verdict=x", "verdict=", "verdict=Supported", "expert=x", "expert=", "kind=news"])
def test_filters_of_quotes_take_only_what_they_know(partner: Partner, query: str) -> None:
    partner.get(f"quotes/?{query}", 400)


@pytest.mark.parametrize("query", ["kind=x", "kind=", "verdict=supported", f"expert={ARTICLE}", "fields=title"])
def test_filters_of_sources_take_only_what_they_know(partner: Partner, query: str) -> None:
    partner.get(f"sources/?{query}", 400)


@pytest.mark.parametrize("cursor", ["x", "%00", "A" * 5_000, "%F0%9F%98%80", "=", "AAAA", ""])
@pytest.mark.parametrize("collection", ["quotes", "sources"])
def test_a_cursor_that_no_list_gave_out_is_refused(partner: Partner, collection: str, cursor: str) -> None:
    assert partner.json(f"{collection}/?cursor={cursor}", 400)["type"].endswith("/invalid-cursor/")


@pytest.mark.parametrize("item", [str(uuid4()), "x", "%00", QUOTE.replace("-", ""), f"urn:uuid:{QUOTE}", "a" * 3_000])
@pytest.mark.parametrize("collection", ["quotes", "sources"])
def test_an_id_that_leads_nowhere_is_not_found(partner: Partner, collection: str, item: str) -> None:
    assert partner.json(f"{collection}/{item}/?lang=ru", 404)["type"].endswith("/not-found/")


@pytest.mark.parametrize("address", ["quotes/?lang=ru", "sources/?lang=ru", "quotes/?lang=ru&verdict=supported"])
def test_a_list_costs_the_same_with_one_text_and_with_thirty(partner: Partner, address: str) -> None:
    shelve(a_document(quoted(a_quote()), cited(a_source())))
    with CaptureQueriesContext(connection) as with_one:
        partner.get(address)
    for number in range(29):
        source = a_source(f"s{number}")
        document = a_document(
            quoted(a_quote(f"q{number}")), cited(source), sources=[source], slug=f"n-{number}", title=f"{number}"
        )
        shelve(document, item=an_id(f"item/{number}"))
    with CaptureQueriesContext(connection) as with_thirty:
        assert len(partner.json(address)["results"]) in {30, 31}
    # Of quotes also whom to call, which the sentence about a text without a review names.
    assert len(with_one) == len(with_thirty) == (6 if address.startswith("quotes") else 5)


def test_one_quote_costs_the_same_however_many_texts_carry_it(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote())))
    with CaptureQueriesContext(connection) as with_one:
        partner.get(f"quotes/{QUOTE}/?lang=ru")
    for number in range(29):
        shelve(a_document(quoted(a_quote()), slug=f"n-{number}"), item=an_id(f"item/{number}"))
    with CaptureQueriesContext(connection) as with_thirty:
        assert len(partner.json(f"quotes/{QUOTE}/?lang=ru")["appears_in"]) == 30
    assert len(with_one) == len(with_thirty) == 5


# withdrawals


def test_a_withdrawn_quote_is_answered_by_its_tombstone_and_never_listed(partner: Partner, editor: User) -> None:
    quote, other = a_working_quote(), a_working_quote(text_ru="Остаётся.", text_en="It stays.")
    article = an_article()
    place(article, quote)
    place(article, other, ordering=40)
    publish_article(article, by=editor)
    assert len(partner.json("quotes/?lang=ru")["results"]) == 2
    withdraw_part("quote", quote.pk, reason_code="request", reasons=REASONS, by=editor, at=later(5))
    for language in ("ru", "en"):
        tombstone = partner.json(f"quotes/{quote.pk}/?lang={language}", 410)
        assert (tombstone["id"], tombstone["kind"], tombstone["language"]) == (str(quote.pk), "quote", language)
        assert (tombstone["reason_code"], tombstone["reason"]) == ("request", REASONS[language])
        assert tombstone["withdrawn_at"] == "2026-11-22T12:05:00.000000Z"
        listed = partner.json(f"quotes/?lang={language}")["results"]
        assert [one["id"] for one in listed] == [str(other.pk)]
    lines = {line["sequence"]: line["event"] for line in partner.json("changes/")["results"]}
    assert lines[tombstone["sequence"]] == "amended"


def test_a_withdrawn_source_is_never_listed_though_texts_still_name_it(partner: Partner, editor: User) -> None:
    quote = a_working_quote()
    article = an_article()
    place(article, quote)
    publish_article(article, by=editor)
    withdraw_part("source", quote.source_id, reason_code="source", reasons=REASONS, by=editor, at=later(5))
    assert partner.json(f"sources/{quote.source_id}/?lang=ru", 410)["kind"] == "source"
    assert str(quote.source_id) not in [source["id"] for source in partner.json("sources/?lang=ru")["results"]]
    live = partner.json(f"quotes/{quote.pk}/?lang=ru")
    assert live["source"]["withdrawn"]["reason"] == "Врач попросил."
    assert "Врач попросил." in live["text"]


def test_a_source_that_its_newest_text_shows_as_withdrawn_is_not_shown(partner: Partner) -> None:
    gone = a_source(withdrawn=PartWithdrawal("source", "Отозвана."))
    shelve(a_document(cited(gone), sources=[gone]))
    assert partner.json("sources/?lang=ru")["results"] == []
    assert partner.json(f"sources/{gone.id}/?lang=ru", 404)["type"].endswith("/not-found/")


def test_nothing_of_the_desk_is_listed_before_it_is_live(partner: Partner, editor: User) -> None:
    quote = a_working_quote(text_ru="ОПУБЛИКОВАНО", text_en="PUBLISHED")
    a_working_quote(text_ru="ЧЕРНОВИК", text_en="DRAFT")
    article = an_article()
    place(article, quote)
    publish_article(article, by=editor)
    quote.text_ru, quote.verdict_note_ru = "ЧЕРНОВИК", "ЧЕРНОВИК оценки"
    quote.save()
    quote.source.publisher = "ЧЕРНОВИК издателя"
    quote.source.save()
    sent = b"".join(
        partner.get(address).content
        for address in (
            "quotes/?lang=ru",
            "sources/?lang=ru",
            f"quotes/{quote.pk}/?lang=ru",
            f"sources/{quote.source_id}/?lang=ru",
        )
    ).decode()
    assert "ОПУБЛИКОВАНО" in sent
    for secret in ("ЧЕРНОВИК", "СЕКРЕТ", "internal_note", "DRAFT"):
        assert secret not in sent


def names(partner: Partner, address: str) -> set[str]:
    """The names under which `a_quote` made the quotes of a list."""
    known = {a_quote(name).id: name for name in "abcd"}
    return {known[quote["id"]] for quote in partner.json(address)["results"]}


def test_a_quote_by_itself_says_from_which_text_of_ours_it_is_taken(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote()), title="Старая"))
    newest = an_id("newest")
    shelve(a_document(quoted(a_quote()), title="Новая", slug="novaya"), item=newest, at=NOON + timedelta(hours=1))

    [listed] = partner.json("quotes/?lang=ru")["results"]
    alone = partner.json(f"quotes/{QUOTE}/?lang=ru")

    assert listed["origin"] == alone["origin"] == partner.json(f"articles/{newest}/?lang=ru")["attribution"]
    assert "Новая" in alone["origin"]["text"]
    assert alone["appears_in"][0]["url"] in alone["origin"]["html"]
