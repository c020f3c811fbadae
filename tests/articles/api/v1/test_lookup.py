"""Content by clinical codes: what is found for each, and how near it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    an_english_document,
    an_id,
    item_link,
    said,
    shelve,
    text,
    withdraw,
)
from tests.factories.documents_of_kinds import FAQ, a_faq, a_term
from tests.factories.partners import make_key, make_partner

CRAMP, MOVEMENTS, TREMOR = an_id("term/cramp"), an_id("term/movements"), an_id("term/tremor")


@pytest.fixture
def shelf(db: None) -> None:
    """Three conditions beside and above each other, and texts about them."""
    shelve(a_term("Крампи", codes=["R25.2"]), item=CRAMP)
    shelve(a_term("Непроизвольные движения", codes=["R25"], slug="dvizheniya"), item=MOVEMENTS)
    shelve(a_term("Тремор", codes=["R25.1", "G25.0"], slug="tremor"), item=TREMOR)
    shelve(a_document(conditions=[CRAMP]))
    shelve(a_faq(conditions=[CRAMP, TREMOR]), item=FAQ, at=NOON + timedelta(hours=1))
    shelve(a_document(conditions=[MOVEMENTS], slug="obo-vseh"), item=an_id("broad"))


def looked_up(partner: Partner, *codes: str, rest: str = "") -> list[Any]:
    query = "&".join(f"code={code}" for code in codes)
    return partner.json(f"lookup/?lang=ru&system=icd10&{query}{rest}")["results"]


def found(answer: Any) -> list[tuple[str, str]]:
    return [(result["item"]["id"], result["match"]) for result in answer["results"]]


def test_a_code_finds_terms_and_texts_with_exactly_it_and_then_those_about_the_whole(
    partner: Partner, shelf: None
) -> None:
    [answer] = looked_up(partner, "R25.2")

    assert (answer["system"], answer["code"], answer["total"]) == ("icd10", "R25.2", 5)
    assert found(answer) == [
        (CRAMP, "exact"), (FAQ, "exact"), (ARTICLE, "exact"), (MOVEMENTS, "broader"), (an_id("broad"), "broader"),
    ]  # fmt: skip
    assert [result["codes"] for result in answer["results"]] == [["R25.2"]] * 3 + [["R25"]] * 2


def test_a_category_finds_what_lies_within_it(partner: Partner, shelf: None) -> None:
    [answer] = looked_up(partner, "R25")

    assert found(answer)[:2] == [(MOVEMENTS, "exact"), (an_id("broad"), "exact")]
    assert {how for _, how in found(answer)[2:]} == {"narrower"}
    assert {item for item, _ in found(answer)} == {CRAMP, MOVEMENTS, TREMOR, ARTICLE, FAQ, an_id("broad")}
    by_item = {result["item"]["id"]: result["codes"] for result in answer["results"]}
    assert (by_item[TREMOR], by_item[FAQ]) == (["R25.1"], ["R25.2", "R25.1"])


def test_a_neighbour_is_never_found(partner: Partner, shelf: None) -> None:
    [answer] = looked_up(partner, "R25.3")

    assert found(answer) == [(MOVEMENTS, "broader"), (an_id("broad"), "broader")]


def test_every_code_has_its_answer_even_an_empty_one_in_the_order_asked(partner: Partner, shelf: None) -> None:
    answers = looked_up(partner, "Z99", "G25.0", "R25.2", "Z99")

    assert [(answer["code"], answer["total"]) for answer in answers] == [("Z99", 0), ("G25.0", 2), ("R25.2", 5)]
    assert answers[0]["results"] == []


def test_items_come_in_short_with_what_must_be_shown(partner: Partner, shelf: None) -> None:
    results = looked_up(partner, "R25.2")[0]["results"]

    listed = partner.json("articles/?lang=ru")["results"]
    assert [result["item"] for result in results if result["item"]["id"] == ARTICLE] == [
        item for item in listed if item["id"] == ARTICLE
    ]
    assert all(result["item"]["attribution"]["html"] for result in results)


def test_the_lists_of_a_code_resolve(partner: Partner, shelf: None) -> None:
    links = looked_up(partner, "R25.2")[0]["links"]

    listed = {name: partner.json(link.removeprefix("http://testserver"))["results"] for name, link in links.items()}
    assert {name: [item["id"] for item in items] for name, items in listed.items()} == {
        "articles": [ARTICLE], "faq": [FAQ], "terms": [CRAMP],
    }  # fmt: skip


def test_what_only_mentions_a_condition_is_not_about_it(partner: Partner, shelf: None) -> None:
    mention = text(said("См. ", item_link("крампи", CRAMP, "term")), name="t")
    shelve(a_document(mention, slug="mimo"), item=an_id("mention"))

    assert an_id("mention") not in {item for item, _ in found(looked_up(partner, "R25.2")[0])}


def test_only_what_is_live_in_the_language_is_found(partner: Partner, shelf: None) -> None:
    shelve(an_english_document(conditions=[CRAMP]), "en")
    assert partner.json("lookup/?lang=en&code=R25.2")["results"][0]["results"] == []

    withdraw(ARTICLE)
    assert ARTICLE not in {item for item, _ in found(looked_up(partner, "R25.2")[0])}
    withdraw(CRAMP)
    assert found(looked_up(partner, "R25.2")[0]) == [(MOVEMENTS, "broader"), (an_id("broad"), "broader")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("r25.2", "R25.2"), ("R252", "R25.2"), ("R25.-", "R25"), ("g63.2*", "G63.2"), ("E10.4%2B", "E10.4"),
     ("%20R25.2%20", "R25.2"), ("G2581", "G25.81")],
)  # fmt: skip
def test_a_code_is_read_as_programs_and_books_write_it(partner: Partner, db: None, typed: str, read: str) -> None:
    assert looked_up(partner, typed)[0]["code"] == read


@pytest.mark.parametrize(
    "wrong", ["", "R", "R2", "R25.", "R25.222", "25.2", "R25-R29", "RR5", "%00", "R25.2x", "1A00", "R٢٥", "S72.001A"]
)
def test_what_is_no_code_is_refused_with_the_form_of_one(partner: Partner, db: None, wrong: str) -> None:
    refused = partner.json(f"lookup/?lang=en&code=R25.2&code={wrong}", 400)

    assert refused["errors"][0]["parameter"] == "code"
    assert "R25.2." in refused["errors"][0]["detail"]


@pytest.mark.parametrize("typed", ["Р25.2", "С50", "е10"])
def test_a_cyrillic_letter_is_refused_since_it_may_mean_two(partner: Partner, db: None, typed: str) -> None:
    refused = partner.json(f"lookup/?lang=en&code={typed}", 400)

    assert "Latin" in refused["errors"][0]["detail"]


def test_a_system_that_nobody_knows_is_refused_with_those_known(partner: Partner, db: None) -> None:
    refused = partner.json("lookup/?lang=en&system=snomed&code=R25.2", 400)

    assert "icd10" in refused["errors"][0]["detail"]


def test_a_code_is_needed_and_only_so_many_are_taken(partner: Partner, db: None) -> None:
    assert partner.json("lookup/?lang=en", 400)["type"].endswith("/missing-parameter/")
    many = "&".join(f"code=A{number:02}" for number in range(21))
    assert "at most 20" in partner.json(f"lookup/?lang=en&{many}", 400)["errors"][0]["hint"]


def test_beyond_fifty_results_the_lists_go_on(partner: Partner, shelf: None) -> None:
    for number in range(60):
        shelve(a_faq(conditions=[CRAMP], slug=f"q-{number}"), item=an_id(f"q/{number}"))

    [answer] = looked_up(partner, "R25.2")

    assert (len(answer["results"]), answer["total"]) == (50, 65)
    assert {result["match"] for result in answer["results"]} == {"exact"}


def test_many_codes_and_many_texts_cost_the_same(partner: Partner, shelf: None) -> None:
    with CaptureQueriesContext(connection) as few:
        looked_up(partner, "R25.2")
    for number in range(20):
        shelve(a_faq(conditions=[TREMOR], slug=f"q-{number}"), item=an_id(f"q/{number}"))
    with CaptureQueriesContext(connection) as many:
        looked_up(partner, "R25", "G25.0", "R25.1", "R25.2")
    assert len(few) == len(many) <= 6


def test_the_answer_may_be_kept_like_any_list(partner: Partner, shelf: None) -> None:
    answer = partner.get("lookup/?code=R25.2&code=G25.0", accept_language="ru")

    assert answer["Cache-Control"].startswith("max-age=60")
    assert answer["Content-Location"].endswith("/lookup/?code=R25.2&code=G25.0&lang=ru")
    partner.get("lookup/?code=R25.2&code=G25.0", 304, accept_language="ru", if_none_match=answer["ETag"])


# the filter of lists


def test_a_list_narrowed_by_a_code_has_what_is_exact_or_within_it(partner: Partner, shelf: None) -> None:
    def ids(address: str) -> set[str]:
        return {item["id"] for page in partner.pages(address) for item in page["results"]}

    assert ids("articles/?lang=ru&code=R25.2") == {ARTICLE}
    assert ids("articles/?lang=ru&code=R25&limit=1") == {ARTICLE, an_id("broad")}
    assert ids("faq/?lang=ru&code=g250") == {FAQ}
    assert ids("terms/?lang=ru&code=R25") == {CRAMP, MOVEMENTS, TREMOR}
    assert ids("articles/?lang=ru&code=Z99") == ids("terms/?lang=ru&code=Z99") == set()
    assert partner.json("articles/?lang=ru&code=%D0%A025", 400)["errors"][0]["parameter"] == "code"


def test_what_gathers_from_several_kinds_needs_a_key_for_all_of_them(partner: Partner, shelf: None) -> None:
    clinic = make_partner()
    _, narrow = make_key(clinic, kinds=["term"])
    _, wide = make_key(clinic, languages=["ru"])

    refused = partner.json("lookup/?lang=ru&code=R25.2", 403, authorization=f"Bearer {narrow}")

    assert refused["type"].endswith("/out-of-scope/")
    assert partner.json("lookup/?lang=ru&code=R25.2", authorization=f"Bearer {wide}")["results"][0]["total"] == 5
