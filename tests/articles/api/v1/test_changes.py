"""The journal as partners follow it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.api.v1.views import changes
from articles.canonical import canonical_json
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import ARTICLE, NOON, a_document, an_english_document, an_id, heading, shelve, withdraw


def some_changes() -> None:
    shelve(a_document(heading("Что это")), note="Первая публикация.")
    shelve(an_english_document(), "en", at=NOON + timedelta(minutes=1))
    withdraw(reason="Ошибка.", at=NOON + timedelta(minutes=2))


def test_a_line_names_the_text_and_leads_to_it(partner: Partner) -> None:
    edition = shelve(a_document(heading("Что это")), note="Первая публикация.")
    answer = partner.json("changes/?after=0")
    assert (answer["next"], answer["head"]) == (None, 1)
    (line,) = answer["results"]
    assert {name: line[name] for name in line if name not in ("hash", "previous_hash")} == {
        "sequence": 1,
        "recorded_at": "2026-11-22T12:00:00.000000Z",
        "effective_at": "2026-11-22T12:00:00.000000Z",
        "event": "published",
        "id": ARTICLE,
        "kind": "article",
        "language": "ru",
        "edition": 1,
        "digest": edition.digest,
        "change": {"class": "first", "note": "Первая публикация."},
        "url": "http://testserver/ru/articles/sudorogi-v-testah/",
        "api_url": f"http://testserver/api/v1/articles/{ARTICLE}/?lang=ru",
    }


def test_a_partner_can_verify_the_whole_chain_with_the_documented_rule(partner: Partner) -> None:
    some_changes()
    previous = "0" * 64
    for line in partner.json("changes/")["results"]:
        given = line.pop("hash")
        assert line["previous_hash"] == previous
        assert canonical_json.digest(line) == given
        previous = given
    assert partner.json("?lang=ru")["head"]["hash"] == previous


def test_the_journal_tells_withdrawals_that_lists_do_not(partner: Partner) -> None:
    some_changes()
    events = [(line["event"], line["language"]) for line in partner.json("changes/?after=1")["results"]]
    assert ("withdrawn", "ru") in events
    assert ("published", "ru") not in events


def test_who_follows_next_sees_every_line_once(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        shelve(a_document(slug=f"statya-{number}"), item=an_id(f"item/{number}"))
    monkeypatch.setattr(changes, "MOST_LINES", 3)
    pages = list(partner.pages("/api/v1/changes/"))
    assert [[line["sequence"] for line in page["results"]] for page in pages] == [[1, 2, 3], [4, 5, 6], [7]]


def test_one_answer_holds_at_most_a_thousand_lines() -> None:
    assert changes.MOST_LINES == 1_000


def test_who_is_at_the_head_gets_no_lines(partner: Partner) -> None:
    some_changes()
    whole = partner.json("changes/")
    head, newest = whole["head"], whole["results"][-1]["hash"]
    assert partner.json(f"changes/?after={head}") == {"results": [], "next": None, "head": head, "head_hash": newest}


def test_an_empty_journal_is_an_empty_answer(partner: Partner) -> None:
    assert partner.json("changes/") == {"results": [], "next": None, "head": 0, "head_hash": "0" * 64}


@pytest.mark.parametrize("beyond", ["4", "1000", str(2**63 - 1)])
def test_beyond_the_head_the_journal_was_reset(partner: Partner, beyond: str) -> None:
    some_changes()
    problem = partner.json(f"changes/?after={beyond}", 409)
    assert problem["type"].endswith("/journal-reset/")
    assert (problem["after"], problem["head"]) == (int(beyond), 3)


@pytest.mark.parametrize(
    "after", ["-1", "+1", "1.5", "", " 1", "abc", str(2**63), "9" * 5_000, "٣", "1%00", "0x1", "1e3"]
)
def test_what_is_no_number_of_a_line_is_refused(partner: Partner, after: str) -> None:
    assert partner.json(f"changes/?after={after.replace('+', '%2B')}", 400)["type"].endswith("/invalid-parameter/")


def test_the_journal_holds_both_languages_whatever_language_explains_problems(partner: Partner) -> None:
    some_changes()
    assert partner.json("changes/?lang=en")["results"] == partner.json("changes/?lang=ru")["results"]
    response = partner.get("changes/", accept_language="en")
    assert "Accept-Language" not in response["Vary"]
    assert "Content-Language" not in response.headers


def test_the_journal_costs_two_queries(partner: Partner) -> None:
    some_changes()
    with CaptureQueriesContext(connection) as queries:
        partner.get("changes/")
    assert len(queries) == 2
