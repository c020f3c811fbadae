"""The reader's search for partners: what is found, what is said of it, and what nobody may keep."""

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import quote as percent

import pytest
from django.db import OperationalError
from django.test import Client

from articles.answers.limits import LIMITS, Limit
from articles.api.v1.views import search as searching
from articles.editions.kinds import kinds
from articles.partners.keys import Key
from articles.search.typed import LONGEST
from tests.articles.api.v1.conftest import Partner, keeps_promises
from tests.factories.documents import (
    ARTICLE,
    NOON,
    a_document,
    a_quote,
    an_english_document,
    an_id,
    heading,
    quoted,
    said,
    shelve,
    text,
    withdraw,
    withdraw_part,
)
from tests.factories.documents_of_kinds import a_care_box, a_faq, a_page, a_term, a_topic, accounts, an_expert, care_box
from tests.factories.partners import make_key, make_partner
from tests.factories.triage import shelve_protocol


def ask(partner: Partner, query: str, rest: str = "", language: str = "ru", **headers: str) -> Any:
    return partner.json(f"search/?q={percent(query)}&lang={language}{rest}", **headers)


def found(answer: Any) -> list[str]:
    return [result["item"]["title"] for result in answer["results"]]


def shelve_questions(count: int) -> None:
    for number in range(count):
        shelve(a_faq(title=f"Растяжка номер {number}", slug=f"r-{number}"), item=an_id(f"stretch/{number}"))


def test_what_is_live_is_found_with_its_short_members_and_the_passage_marked(partner: Partner) -> None:
    shelve(a_document(heading("Чего не делать", name="h"), text("Не тяните мышцу рывком.", name="t")))

    answer = ask(partner, "мышцы")

    [result] = answer["results"]
    listed = partner.json("articles/?lang=ru")["results"][0]
    assert result["item"] == listed
    assert result["excerpt"] == {
        "html": "Не тяните <mark>мышцу</mark> рывком.",
        "pieces": [
            {"text": "Не тяните ", "marked": False},
            {"text": "мышцу", "marked": True},
            {"text": " рывком.", "marked": False},
        ],
    }
    assert (result["heading"], result["block"]) == ("Чего не делать", an_id("block/t"))
    assert result["url"].startswith("http://testserver/ru/articles/sudorogi-v-testah/#")
    assert (answer["query"], answer["meant"], answer["emergency"], answer["is_cut"]) == ("мышцы", None, None, False)
    assert (answer["total"], answer["by_kind"], answer["page"], answer["next"]) == (1, {"article": 1}, 1, None)


def test_every_result_comes_with_what_must_be_shown_beside_it(partner: Partner) -> None:
    shelve(a_document(heading("Судорога")))

    [result] = ask(partner, "судорога")["results"]

    assert "Судороги в тестах" in result["item"]["attribution"]["text"]
    assert result["item"]["attribution"]["html"].startswith("<p><a href=")
    assert result["item"]["licence"]["name"]
    assert result["item"]["review"]["statement"]


def test_results_of_every_kind_that_is_searched_are_described(partner: Partner) -> None:
    word = "Растяжка"
    shelve(a_document(title=word))
    makers = {"faq": a_faq, "topic": a_topic, "term": a_term, "page": a_page, "expert": an_expert}
    for kind, make in makers.items():
        shelve(make(title=word, slug=f"rastyazhka-{kind}"), item=an_id(kind))
    shelve_protocol()

    assert set(ask(partner, word)["by_kind"]) == {"article", "protocol", *makers}
    assert {kind.name for kind in kinds() if kind.searched} == {"article", "protocol", *makers}


def test_the_other_language_comes_last_labelled_and_in_its_own_words(partner: Partner) -> None:
    shelve(an_english_document(heading("Quinine")), "en", item=an_id("quinine"))
    shelve(a_faq(title="Помогает ли quinine?", slug="hinin"), item=an_id("own"))

    own, other = ask(partner, "quinine")["results"]

    assert (own["item"]["language"], own["is_other_language"], own["language_label"]) == ("ru", False, "")
    assert (other["item"]["language"], other["is_other_language"]) == ("en", True)
    assert other["language_label"] == "по-английски"
    assert "Cramps in tests" in other["item"]["attribution"]["text"]
    assert "edition 1 of" in other["item"]["attribution"]["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert ask(partner, "quinine", language="en")["results"][0]["language_label"] == ""


def test_what_was_put_right_is_said_with_the_reason_and_a_way_back(partner: Partner) -> None:
    shelve(a_faq(title="Опасна ли эпилепсия?"), item=an_id("epilepsy"))

    slip, layout = ask(partner, "эпилепися"), ask(partner, "'gbktgcbz")

    assert slip["meant"] == {
        "query": "эпилепсия", "how": "spelling", "reason": "Похоже, в запросе опечатка.",
    }  # fmt: skip
    assert (layout["meant"]["query"], layout["meant"]["how"]) == ("эпилепсия", "layout")
    assert (slip["query"], slip["total"]) == ("эпилепися", 1)
    assert ask(partner, "эпилепися", "&exact=1")["total"] == 0


@pytest.mark.parametrize(
    ("query", "language"),
    [("не могу дышать", "ru"), ("can't breathe", "en"), ("не могу дышать", "en"), ("инфаркт", "ru")],
)
def test_a_danger_is_answered_with_numbers_first_whatever_else_is_found(
    partner: Partner, query: str, language: str
) -> None:
    shelve(a_document(heading("Дышать"), care_box(a_care_box())))

    answer = ask(partner, query, language=language)

    assert next(iter(answer)) == "emergency"
    danger = answer["emergency"]
    assert danger["because"] == "danger_named"
    assert "103" in danger["statement"]
    assert '<a href="tel:103">103</a>' in danger["html"]
    assert "103" in [service["number"] for service in danger["services"]]


def test_a_danger_that_was_typed_on_the_wrong_layout_counts_too(partner: Partner) -> None:
    shelve(a_document(text("Не могу дышать.", name="t")))

    assert ask(partner, "yt vjue lsifnm")["emergency"]["because"] == "danger_named"


def test_a_danger_counts_wherever_it_stands_in_a_long_text(partner: Partner) -> None:
    answer = ask(partner, "судорога " * 40 + "не могу дышать")

    assert answer["is_cut"]
    assert len(answer["query"]) <= LONGEST
    assert answer["emergency"]["because"] == "danger_named"


def test_who_finds_nothing_is_told_whom_to_call_as_on_our_own_page(partner: Partner) -> None:
    assert ask(partner, "ипотека")["emergency"]["because"] == "nothing_found"
    assert ask(partner, "ипотека", language="en")["emergency"]["statement"].startswith(
        "Do you need help at once? Call "
    )


def test_numbers_are_those_of_live_texts_and_are_escaped(partner: Partner) -> None:
    service = a_care_box().services[0]
    box = a_care_box(services=[type(service)(id=an_id("s"), name="<b>", number="103", country="DE", purpose="emergency",
                                             note="<i>тут</i>")])  # fmt: skip
    shelve(a_document(care_box(box)))

    assert "<i>" not in ask(partner, "инфаркт")["emergency"]["html"]


def test_words_of_a_quote_are_never_torn_from_their_context(partner: Partner) -> None:
    words = "Такую судорогу снимает тёплая соль."
    shelve(a_document(quoted(a_quote(text=words))))
    both = accounts(a_quote("a", text=words), a_quote("b", text=words))
    shelve(a_document(both, slug="oba", title="Оба"), item=an_id("both"))

    answer = ask(partner, "тёплая соль")

    assert [result["excerpt"] for result in answer["results"]] == [None, None]
    assert {result["block"] for result in answer["results"]} == {quoted(a_quote()).id, both.id}
    assert "соль" not in str(answer["results"])


def test_what_was_found_is_never_markup(partner: Partner) -> None:
    hostile = "<script>alert(1)</script> судорога & боль"
    shelve(a_document(text(said(hostile), name="t"), title=hostile))

    [result] = ask(partner, "судорога боль")["results"]

    for part in (result["title"], result["excerpt"]):
        assert "<script>" not in part["html"]
        assert "&lt;script&gt;" in part["html"]
        assert "".join(piece["text"] for piece in part["pieces"]) == hostile
    assert {piece["text"] for piece in result["title"]["pieces"] if piece["marked"]} == {"судорога", "боль"}


def test_pages_go_on_to_the_end_and_hold_every_result_once(partner: Partner) -> None:
    shelve_questions(5)

    pages = list(partner.pages(f"search/?q={percent('растяжка')}&lang=ru&limit=2&kind=faq"))

    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    assert [page["page"] for page in pages] == [1, 2, 3]
    assert len({title for page in pages for title in found(page)}) == 5
    behind = ask(partner, "растяжка", "&limit=2&page=900")
    assert (behind["results"], behind["next"], behind["total"], behind["emergency"]) == ([], None, 5, None)


def test_a_kind_narrows_the_results_and_not_the_counts(partner: Partner) -> None:
    shelve_questions(2)
    shelve(a_term("Растяжка", slug="rastyazhka"), item=an_id("term"))

    answer = ask(partner, "растяжка", "&kind=term")

    assert (found(answer), answer["total"], answer["by_kind"]) == (["Растяжка"], 1, {"faq": 2, "term": 1})


def test_a_withdrawn_text_is_never_found(partner: Partner) -> None:
    shelve(a_document(heading("Солерастворитель")))
    assert ask(partner, "солерастворитель")["total"] == 1

    withdraw()

    answer = ask(partner, "солерастворитель")
    assert (answer["results"], answer["total"], answer["by_kind"]) == ([], 0, {})


def test_a_text_is_not_found_by_the_words_of_a_quote_that_was_withdrawn_from_it(partner: Partner) -> None:
    quote = a_quote(text="Солерастворитель помогает всем.")
    shelve(a_document(quoted(quote)))
    assert ask(partner, "солерастворитель")["total"] == 1

    withdraw_part(quote, ARTICLE, at=NOON + timedelta(days=1))

    answer = ask(partner, "солерастворитель")
    assert (answer["results"], answer["total"]) == ([], 0)


def test_what_is_withdrawn_while_it_is_being_answered_is_left_out(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(a_document(heading("Солерастворитель")))
    whole = searching.search

    def slow(*asked: Any, **how: Any) -> Any:
        results = whole(*asked, **how)
        withdraw()
        return results

    monkeypatch.setattr(searching, "search", slow)

    assert ask(partner, "солерастворитель")["results"] == []


# what was asked stays with whoever asked


def test_what_was_asked_is_kept_by_nobody(partner: Partner, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    answer = partner.get("search/?q=stydno&lang=ru")

    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "ETag" not in answer.headers
    assert "stydno" not in caplog.text
    assert partner.get("search/?q=stydno&lang=ru", if_none_match="*").status_code == 200


@pytest.mark.parametrize("fault", [OperationalError("no connection, asked stydno"), ValueError("stydno")])
def test_a_fault_tells_nothing_of_what_was_asked_and_whom_to_call(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    def broken(*asked: Any, **how: Any) -> None:
        raise fault

    monkeypatch.setattr(searching, "search", broken)
    caplog.set_level(logging.DEBUG)

    response = client.get("/api/v1/search/?q=stydno&lang=en")

    keeps_promises(response)
    assert response.status_code in {500, 503}
    assert "112" in response.json()["emergency"]
    assert "stydno" not in caplog.text
    assert b"stydno" not in response.content


@pytest.mark.parametrize("rest", ["", "&kind=nonsense", "&page=0", "&limit=51", "&x=1", "&q=b", "&exact=yes"])
def test_whoever_is_refused_is_told_whom_to_call(partner: Partner, rest: str) -> None:
    address = f"search/?lang=ru{rest}" if not rest else f"search/?q=a&lang=ru{rest}"

    refused = partner.json(address, 400)

    assert "103" in refused["emergency"]


def test_a_question_is_needed_and_may_be_blank(partner: Partner) -> None:
    assert partner.json("search/?lang=ru", 400)["type"].endswith("/missing-parameter/")
    for blank in ("", "%20", "%00", "%E2%80%8B"):
        answer = partner.json(f"search/?lang=ru&q={blank}")
        assert (answer["query"], answer["total"], answer["results"]) == ("", 0, [])


def test_without_a_language_it_is_negotiated(partner: Partner) -> None:
    answer = partner.get("search/?q=a", accept_language="en")

    assert (answer["Content-Language"], answer["Content-Location"]) == (
        "en", "http://testserver/api/v1/search/?q=a&lang=en",
    )  # fmt: skip
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize(
    "asked", ["%00", "a%00b", "%D0%B6" * 2_000, "%22", "*", "NEAR(a%20b)", "title%3A", "((((", "%5C", "%F0%9F%98%80",
              "%E2%80%AEevil", "'%3B%20DROP%20TABLE", "-", "a%20OR"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["ru", "en"])
def test_whatever_is_asked_is_answered(partner: Partner, asked: str, language: str) -> None:
    partner.get(f"search/?q={asked}&lang={language}")


@pytest.mark.parametrize("count", [1, 20])
def test_presenting_costs_the_same_for_one_result_and_for_many(
    partner: Partner, django_assert_max_num_queries: Any, count: int
) -> None:
    shelve_questions(count)
    ask(partner, "растяжка")

    with django_assert_max_num_queries(12):
        ask(partner, "растяжка")


# with a key


def with_key(partner: Partner, path: str, status: int = 200, **scope: Any) -> Any:
    _, secret = make_key(make_partner(f"Clinic {Key.objects.count()}"), **scope)
    return partner.json(path, status, authorization=f"Bearer {secret}")


def test_a_key_for_some_kinds_searches_those_alone(partner: Partner) -> None:
    shelve_questions(2)
    shelve(a_term("Растяжка", slug="rastyazhka"), item=an_id("term"))
    address = f"search/?q={percent('растяжка')}&lang=ru"

    answer = with_key(partner, address, kinds=["term"])

    assert (found(answer), answer["total"], answer["by_kind"]) == (["Растяжка"], 1, {"term": 1})
    assert with_key(partner, f"{address}&kind=faq", 403, kinds=["term"])["type"].endswith("/out-of-scope/")


def test_a_key_for_one_language_finds_nothing_of_the_other(partner: Partner) -> None:
    shelve(an_english_document(heading("Quinine")), "en", item=an_id("quinine"))
    address = "search/?q=quinine&lang=ru"
    assert ask(partner, "quinine")["total"] == 1

    answer = with_key(partner, address, languages=["ru"])

    assert (answer["results"], answer["total"], answer["by_kind"]) == ([], 0, {})
    refused = with_key(partner, address, 403, languages=["en"])
    assert refused["type"].endswith("/out-of-scope/")
    assert "103" in refused["emergency"]


def test_too_many_searches_are_refused_with_the_numbers_to_call(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "search", Limit("search", 1))  # type: ignore[arg-type]
    address = f"search/?q={percent('не могу дышать')}&lang=ru"
    first = partner.get(address)

    refused = partner.get(address, 429)

    assert first["RateLimit"].startswith('"search";r=0;')
    assert "103" in refused.json()["emergency"]
    assert refused["Retry-After"]
