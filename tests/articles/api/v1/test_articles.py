"""One article with all its parts."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from articles.canonical import canonical_json
from articles.editions import queries, wording
from articles.editions.blocks import QuoteBlock
from articles.editions.document import MissingBlock
from articles.editions.envelope import Credits
from articles.editions.parts import PartWithdrawal, Reply
from articles.editions.value import digest
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import (
    ARTICLE,
    REVIEWED,
    a_document,
    a_news_source,
    a_person,
    a_quote,
    a_source,
    a_verdict,
    agreed,
    an_english_document,
    an_id,
    cite,
    fall_due,
    heading,
    item_link,
    link,
    quoted,
    said,
    shelve,
    text,
    withdraw,
)

DETAIL = f"articles/{ARTICLE}/"


def whole_document() -> Any:
    return a_document(
        heading("Что это"),
        text(said("Судорога коротка.", cite(a_source(), "p. 5"), " Точка."), name="first"),
        quoted(
            a_quote(
                verdict=a_verdict(sources=[a_source().id]), reply=Reply(text="Я имела в виду другое.", on="2026-11-20")
            )
        ),
    )


def test_an_article_names_the_text_that_it_is(partner: Partner) -> None:
    edition = shelve(whole_document())
    item = partner.json(f"{DETAIL}?lang=ru")
    assert (item["id"], item["kind"], item["language"], item["edition"]) == (ARTICLE, "article", "ru", 1)
    assert item["digest"] == edition.digest
    assert item["content_digest"] == edition.content_digest
    assert item["url"] == "http://testserver/ru/articles/sudorogi-v-testah/"
    assert item["api_url"] == f"http://testserver/api/v1/articles/{ARTICLE}/?lang=ru"
    assert item["published_at"] == "2026-11-22T12:00:00.000000Z"
    assert item["change"] == {"class": "first", "note": ""}
    assert item["care"] == []
    assert item["under_check"] is False


def test_every_block_has_html_text_and_the_digest_of_its_part(partner: Partner) -> None:
    document = whole_document()
    shelve(document)
    blocks = partner.json(f"{DETAIL}?lang=ru")["blocks"]
    assert [block["kind"] for block in blocks] == ["heading", "text", "quote"]
    assert [block["digest"] for block in blocks] == [digest(block) for block in document.blocks]
    assert blocks[0]["html"] == "<h2>Что это</h2>"
    source = a_source().id
    assert blocks[1]["html"] == f'<p>Судорога коротка.<sup data-source="{source}">[1, p. 5]</sup> Точка.</p>'
    assert blocks[1]["text"] == "Судорога коротка.[1, p. 5] Точка."
    assert blocks[1]["body"] == document.blocks[1].body


def test_a_quote_carries_its_whole_context_in_members_text_and_html(partner: Partner) -> None:
    shelve(whole_document())
    item = partner.json(f"{DETAIL}?lang=ru")
    [quote] = item["quotes"]
    block = item["blocks"][2]
    assert (block["quote"], quote["block"]) == (quote["id"], block["id"])
    assert quote["person"]["name"] == "Анна Проверочная"
    assert quote["workplace"]["basis"] == "as_published"
    assert quote["disclosure"]["state"] == "not_asked"
    assert quote["mode"] == "paraphrase"
    assert quote["attribution"] == "reported"
    assert quote["source"]["number"] == 2
    assert quote["evidence"]["state"] == "supported"
    needed = [
        quote["statement"], "Анна Проверочная", "невролог", "Клиника на Набережной", quote["workplace"]["basis_label"],
        quote["disclosure"]["label"], quote["mode_label"], quote["attribution_label"], quote["source"]["reference"],
        quote["evidence"]["label"], quote["evidence"]["note"], quote["evidence"]["checked_by"], "Я имела в виду",
        *quote["provenance"],
    ]  # fmt: skip
    for rendering in (block["text"], block["html"]):
        assert [words for words in needed if words not in rendering] == []


def test_words_of_a_quote_stand_in_an_item_once_as_html_once_as_text_and_once_in_members(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote(text="НЕПОВТОРИМО"))))
    assert partner.get(f"{DETAIL}?lang=ru").content.decode().count("НЕПОВТОРИМО") == 3


@pytest.mark.parametrize(
    ("mode", "marks", "in_blockquote"),
    [("verbatim", True, True), ("translation", False, False), ("paraphrase", False, False)],
)
def test_only_words_really_spoken_stand_in_quotation_marks(
    partner: Partner, mode: str, marks: bool, in_blockquote: bool
) -> None:
    shelve(a_document(quoted(a_quote(text="Пройдёт само.", mode=mode))))
    item = partner.json(f"{DETAIL}?lang=ru")
    [block] = item["blocks"]
    assert ("«Пройдёт само.»" in block["text"]) is marks
    assert ("«Пройдёт само.»" in block["html"]) is marks
    assert ("<blockquote>" in block["html"]) is in_blockquote
    assert item["quotes"][0]["statement"] == "Пройдёт само."


def test_a_statement_of_nobody_has_no_person_and_says_so(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote(speaker=None, attribution="unnamed", verdict=a_verdict("disputed", "")))))
    item = partner.json(f"{DETAIL}?lang=ru")
    [quote], [block] = item["quotes"], item["blocks"]
    assert (quote["person"], quote["workplace"], quote["disclosure"]) == (None, None, None)
    assert quote["attribution_label"] in block["text"]
    assert "Анна" not in block["html"]


def test_a_statement_that_nobody_assessed_is_not_said_to_have_been_checked(partner: Partner) -> None:
    shelve(a_document(quoted(a_quote(verdict=a_verdict("not_assessed", "")))))
    item = partner.json(f"{DETAIL}?lang=ru")
    assert item["quotes"][0]["evidence"]["checked_by"] == ""
    with override("ru"):
        assert str(wording.CHECKED_BY_EDITORS) not in item["blocks"][0]["text"]


def test_a_withdrawn_quote_is_a_notice_that_may_not_be_dropped(partner: Partner) -> None:
    notice = QuoteBlock(
        id=an_id("notice"), required=True, quote=None, withdrawn=PartWithdrawal("request", "Врач <попросил>.")
    )
    shelve(a_document(notice))
    item = partner.json(f"{DETAIL}?lang=ru")
    block = item["blocks"][0]
    assert item["quotes"] == []
    assert block["required"] is True
    assert block["quote"] is None
    assert block["withdrawn"] == {"reason_code": "request", "reason": "Врач <попросил>."}
    assert "Врач <попросил>." in block["text"]
    assert "Врач &lt;попросил&gt;." in block["html"]


def test_a_withdrawn_source_is_told_beside_the_quote_and_in_the_list(partner: Partner) -> None:
    news = a_news_source(withdrawn=PartWithdrawal("source", "Издание отозвало статью."))
    shelve(a_document(quoted(a_quote()), sources=[news]))
    item = partner.json(f"{DETAIL}?lang=ru")
    assert item["sources"][0]["withdrawn"]["reason"] == "Издание отозвало статью."
    assert item["quotes"][0]["source"]["withdrawn"]["reason"] == "Издание отозвало статью."
    assert "Издание отозвало статью." in item["blocks"][0]["text"]


def test_words_never_become_markup(partner: Partner) -> None:
    nasty = '<script>alert("1")</script>&'
    person = a_person(name=nasty, post=nasty)
    quote = a_quote(text=nasty, speaker=person, locator=nasty, verdict=a_verdict(note=nasty))
    source = a_news_source(publisher=nasty)
    shelve(a_document(heading(nasty), text(nasty, name="nasty"), quoted(quote), sources=[source], title=nasty[:60]))
    item = partner.json(f"{DETAIL}?lang=ru")
    for html in [item["attribution"]["html"], *(block["html"] for block in item["blocks"])]:
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_a_source_comes_with_a_reference_and_as_csl_json(partner: Partner) -> None:
    shelve(whole_document())
    review, news = partner.json(f"{DETAIL}?lang=ru")["sources"]
    assert review["number"] == 1
    assert review["csl"] == {
        "id": a_source().id,
        "type": "article-journal",
        "language": "en",
        "title": "Cramps of test muscles",
        "author": [{"family": "Sample", "given": "T."}, {"family": "Example", "given": "U."}],
        "container-title": "Journal of Tests",
        "volume": "57",
        "issue": "1",
        "page": "5–15",
        "issued": {"date-parts": [[2012]]},
        "DOI": "10.1234/tests.57.1",
    }
    assert news["csl"]["type"] == "article-newspaper"
    assert news["reference"] == "Пишущий Пётр. Test News, 27\N{NO-BREAK SPACE}января\N{NO-BREAK SPACE}2026"


def test_our_own_policy_is_not_said_to_have_been_read_anywhere(partner: Partner) -> None:
    policy = a_news_source(kind="own_policy", title="Правило")
    shelve(a_document(text(said("Осторожнее.", cite(policy)), name="t"), sources=[policy]))
    [source] = partner.json(f"{DETAIL}?lang=ru")["sources"]
    assert (source["kind_label"], source["access_label"]) == ("правило редакции сайта", "")


def test_a_link_follows_its_target_and_is_plain_words_while_there_is_none(partner: Partner) -> None:
    other = an_id("other")
    shelve(a_document(text(said("См. ", item_link("другую статью", other), "."), name="linked")))
    assert partner.json(f"{DETAIL}?lang=ru")["blocks"][0]["html"] == "<p>См. другую статью.</p>"
    tag = partner.get(f"{DETAIL}?lang=ru")["ETag"]
    shelve(a_document(title="Другая", slug="drugaya"), item=other)
    html = partner.json(f"{DETAIL}?lang=ru")["blocks"][0]["html"]
    assert html == '<p>См. <a href="http://testserver/ru/articles/drugaya/" title="Другая">другую статью</a>.</p>'
    assert partner.get(f"{DETAIL}?lang=ru")["ETag"] != tag
    withdraw(other)
    assert partner.json(f"{DETAIL}?lang=ru")["blocks"][0]["html"] == "<p>См. другую статью.</p>"


def test_an_unreviewed_text_says_who_decided_when_and_why(partner: Partner) -> None:
    shelve(whole_document())
    item = partner.json(f"{DETAIL}?lang=ru")
    review = item["review"]
    assert review["state"] == "not_reviewed"
    assert review["by"] == [{"name": "Мария Орлова", "role": "editor"}]
    assert review["on"] == "2026-11-22"
    assert review["next_on"] is None
    for words in ("Мария Орлова", "22\N{NO-BREAK SPACE}ноября\N{NO-BREAK SPACE}2026", "No clinician is on board yet."):
        assert words in review["statement"]
    for attribution in item["attribution"].values():
        assert item["title"] in attribution
        assert item["url"] in attribution
        assert review["statement"] in attribution


def test_a_reviewed_text_says_by_whom(partner: Partner) -> None:
    shelve(whole_document(), review=REVIEWED)
    review = partner.json(f"{DETAIL}?lang=ru")["review"]
    assert (review["state"], review["next_on"]) == ("reviewed", "2028-11-20")
    assert "Анна Проверочная" in review["statement"]


def test_a_review_that_was_promised_and_is_lacking_is_overdue_in_item_list_and_history(partner: Partner) -> None:
    shelve(whole_document(), review=REVIEWED)
    shelve(whole_document(), change="review", review=REVIEWED)
    fall_due()

    item = partner.json(f"{DETAIL}?lang=ru")

    review = item["review"]
    assert (review["state"], review["on"], review["next_on"]) == ("overdue", "2026-11-20", "2028-11-20")
    assert "Анна Проверочная" in review["statement"]
    said = "Следующая проверка была обещана не\N{NO-BREAK SPACE}позже 20\N{NO-BREAK SPACE}ноября\N{NO-BREAK SPACE}2028"
    assert said in review["statement"]
    for attribution in item["attribution"].values():
        assert review["statement"] in attribution
    assert [one["review"]["state"] for one in partner.json("articles/?lang=ru")["results"]] == ["overdue"]
    history = partner.json(f"{DETAIL}editions/?lang=ru")["results"]
    assert [(one["edition"], one["review"]["state"]) for one in history] == [(2, "overdue"), (1, "reviewed")]


def test_who_wrote_and_who_translated_it_are_named_or_nobody_is(partner: Partner) -> None:
    document = whole_document()
    shelve(document, credits=Credits(["Проба Первая, журналист"], ["Проба Третья, переводчик"]))
    named = partner.json(f"{DETAIL}?lang=ru")
    shelve(document, change="review")

    assert named["credits"] == {"written": ["Проба Первая, журналист"], "translated": ["Проба Третья, переводчик"]}
    assert partner.json(f"{DETAIL}?lang=ru")["credits"] == {"written": [], "translated": []}


def test_the_digest_of_an_edition_can_be_computed_from_what_is_given_out_with_names_and_without(
    partner: Partner,
) -> None:
    document = whole_document()
    shelve(document, credits=Credits(["Проба Первая, журналист"], []))
    shelve(document, change="review")

    for number in (1, 2):
        detail = partner.json(f"{DETAIL}editions/{number}/?lang=ru")
        words = json.loads(partner.get(f"{DETAIL}editions/{number}/document/?lang=ru").content)
        assert canonical_json.digest({"document": words, "envelope": detail["envelope"]}) == detail["digest"]


@pytest.mark.parametrize(
    ("block", "seconds"),
    [
        (heading("Спокойно"), 86_400),
        (heading("Важно", required=True), 3_600),
        (text(said("Звоните ", link("103", "tel:103")), name="call"), 3_600),
        (text(said("Звоните ", link("999", "tel:999")), name="call"), 3_600),
        (text(said("Регистратура ", link("8 800", "tel:88001002030")), name="call"), 86_400),
    ],
)
def test_a_copy_of_urgent_advice_must_be_confirmed_within_the_hour(partner: Partner, block: Any, seconds: int) -> None:
    shelve(a_document(block))
    assert partner.json(f"{DETAIL}?lang=ru")["max_age"] == seconds


def test_a_translation_that_lags_says_so_in_both_languages(partner: Partner) -> None:
    first = whole_document()
    shelve(first)
    english = an_english_document(
        heading("What it is", name="Что это"), missing=[MissingBlock(an_id("x"), "text", False)]
    )
    shelve(english, "en", translation_of=agreed(first))
    for language in ("ru", "en"):
        states = {row["language"]: row for row in partner.json(f"{DETAIL}?lang={language}")["translations"]}
        assert states["en"]["state"] == "behind"
        assert states["en"]["lacks"] == "first"
        assert states["ru"]["state"] == "ahead"
        assert states["en"]["api_url"] == f"http://testserver/api/v1/articles/{ARTICLE}/?lang=en"
    assert partner.json(f"{DETAIL}?lang=en")["missing"] == [{"id": an_id("x"), "kind": "text", "required": False}]


def test_a_language_that_is_not_published_is_missing_and_has_no_address(partner: Partner) -> None:
    shelve(whole_document())
    states = partner.json(f"{DETAIL}?lang=ru")["translations"]
    assert states == [
        {
            "language": "ru",
            "state": "in_step",
            "lacks": None,
            "api_url": f"http://testserver/api/v1/articles/{ARTICLE}/?lang=ru",
        },
        {"language": "en", "state": "missing", "lacks": None, "api_url": None},
    ]


def test_fields_never_take_away_what_makes_the_text_safe_to_show(partner: Partner) -> None:
    shelve(whole_document())
    whole = partner.json(f"{DETAIL}?lang=ru")
    part = partner.json(f"{DETAIL}?lang=ru&fields=title,blocks")
    assert part == {name: whole[name] for name in part}
    assert set(part) == {
        "id", "kind", "language", "edition", "digest", "content_digest", "review", "change", "attribution", "licence",
        "max_age", "under_check", "check", "safety_gap", "title", "blocks", "missing", "quotes",
    }  # fmt: skip
    assert part["quotes"][0]["person"]["name"] == "Анна Проверочная"


@pytest.mark.parametrize(("said_there", "count"), [(item_link("там", an_id("other")), 2), ("там", 1)])
def test_an_answer_costs_two_queries_with_links_and_one_without(partner: Partner, said_there: Any, count: int) -> None:
    # A text without a review names the numbers to call, which is one query more.
    shelve(a_document(text(said(said_there), name="linked")), review=REVIEWED)
    with CaptureQueriesContext(connection) as made:
        partner.get(f"{DETAIL}?lang=ru")
    assert len(made) == count


def test_a_text_under_check_says_so_and_since_when(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(whole_document())
    assert (partner.json(f"{DETAIL}?lang=ru")["under_check"], partner.json(f"{DETAIL}?lang=ru")["check"]) == (
        False,
        None,
    )
    check = {"note": "Проверяем <дозу>.", "started_at": "2026-11-23T08:00:00.000000Z"}
    monkeypatch.setattr(queries.Shelved, "check", property(lambda self: check), raising=False)
    for item in (partner.json(f"{DETAIL}?lang=ru&fields=title"), partner.json("articles/?lang=ru")["results"][0]):
        assert item["under_check"] is True
        assert item["check"]["note"] == "Проверяем <дозу>."
        assert item["check"]["started_at"] == "2026-11-23T08:00:00.000000Z"
        assert item["check"]["statement"].endswith("Проверяем <дозу>.")


def test_the_answer_is_the_item_that_the_digest_covers(partner: Partner) -> None:
    shelve(whole_document())
    item = partner.json(f"{DETAIL}?lang=ru")
    record = partner.json(f"articles/{ARTICLE}/editions/1/?lang=ru")
    document = json.loads(partner.get(f"articles/{ARTICLE}/editions/1/document/?lang=ru").content)
    assert canonical_json.digest({"document": document, "envelope": record["envelope"]}) == item["digest"]
