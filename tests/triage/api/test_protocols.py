"""Protocols in lists and by themselves: what every item carries, the whole logic, and the table of when to get help."""

import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.canonical.languages import Language
from tests.articles.api.v1.conftest import Partner
from tests.factories.documents import NOON, check, shelve, withdraw
from tests.factories.triage import SIGNED, SLUG, a_protocol, bundled, bundled_file, expiring, shelve_protocol
from tests.triage.api.conftest import HOME
from triage.engine.protocol import UNSURE

ITEM = str(bundled_file().id)
LIST = "/api/v1/triage/protocols/"
EACH_LANGUAGE = pytest.mark.parametrize("language", ["ru", "en"])


@EACH_LANGUAGE
def test_a_protocol_holds_everything_that_decides(partner: Partner, language: Language) -> None:
    shelve_protocol()
    answer, protocol = partner.json(f"{HOME}?lang={language}"), bundled(language)
    assert [(one["id"], one["kind"]) for one in answer["questions"]] == [
        (one.id, one.kind) for one in protocol.questions
    ]
    assert [
        (option["id"], option["rank"], option["exclusive"], option["sources"])
        for one in answer["questions"]
        for option in one["options"]
    ] == [
        (option.id, option.rank, option.exclusive, option.references)
        for one in protocol.questions
        for option in one.options
    ]
    assert [(one["id"], one["rank"], one["when"], one["sources"]) for one in answer["rules"]] == [
        (one.id, one.rank, one.when, one.references) for one in protocol.rules
    ]
    assert [one["id"] for one in answer["levels"]] == [
        "emergency", "same_day", "appointment_days", "appointment_weeks", "self_care"
    ]  # fmt: skip
    assert [aid["when"] for aid in answer["levels"][0]["first_aid"]] == [
        aid.when for aid in protocol.level(4).first_aid
    ]
    assert answer["countries"] == ["RU", "GB", "KZ", "EU"]
    assert "{emergency}" not in json.dumps(answer)


def test_every_source_that_is_named_is_there_whole(partner: Partner) -> None:
    shelve_protocol()
    answer = partner.json(f"{HOME}?lang=en")
    named = set(re.findall(r'"sources": \[("[^]]+")\]', json.dumps(answer["questions"] + answer["rules"])))
    ids = {id.strip('"') for group in named for id in group.split(", ")}
    assert len(ids) > 20
    assert ids <= {source["id"] for source in answer["sources"]}
    assert all(source["reference"] for source in answer["sources"])


def test_a_protocol_names_the_text_that_it_is_and_where_it_decides(partner: Partner) -> None:
    edition = shelve_protocol()["ru"]
    answer = partner.json(f"{HOME}?lang=ru")
    assert (answer["id"], answer["kind"], answer["edition"]) == (ITEM, "protocol", 1)
    assert (answer["digest"], answer["content_digest"]) == (edition.digest, edition.content_digest)
    assert answer["logic_digest"] == edition.document.logic_digest  # type: ignore[attr-defined]
    assert (answer["slug"], answer["version"], answer["expires_on"]) == (SLUG, "0.2.0-draft", bundled().expires_on)
    assert answer["links"] == {
        "decide": f"http://testserver{LIST}{ITEM}/decide/",
        "fhir": f"http://testserver{LIST}{ITEM}/fhir/?lang=ru",
    }
    assert [row["language"] for row in answer["translations"] if row["api_url"]] == ["ru", "en"]


def test_both_languages_have_one_logic(partner: Partner) -> None:
    shelve_protocol()
    digests = {partner.json(f"{HOME}?lang={language}")["logic_digest"] for language in ("ru", "en")}
    assert len(digests) == 1


def test_a_copy_of_a_protocol_lives_an_hour(partner: Partner) -> None:
    shelve_protocol()
    assert partner.json(f"{HOME}?lang=en")["max_age"] == 3600
    assert [one["max_age"] for one in partner.json(f"{LIST}?lang=en")["results"]] == [3600]


def test_a_list_says_what_may_be_asked_and_holds_no_questions(partner: Partner) -> None:
    shelve_protocol()
    [one] = partner.json(f"{LIST}?lang=en")["results"]
    assert (one["id"], one["slug"], one["status"], one["label"]) == (ITEM, SLUG, "table", None)
    assert "questions" not in one
    assert "text" not in one


@pytest.mark.parametrize("ref", [SLUG, ITEM, ITEM.upper()])
@pytest.mark.parametrize("rest", ["", "editions/", "editions/1/", "editions/1/document/", "fhir/"])
def test_a_slug_leads_everywhere_that_an_id_leads(partner: Partner, ref: str, rest: str) -> None:
    shelve_protocol()
    assert partner.get(f"{LIST}{ref}/{rest}?lang=en").content == partner.get(f"{LIST}{ITEM}/{rest}?lang=en").content


def test_a_slug_of_the_past_still_leads_to_it(partner: Partner) -> None:
    shelve_protocol()
    shelve(a_protocol(slug="new-name"), item=ITEM, at=NOON + timedelta(days=1), change="update")
    assert partner.json(f"{HOME}?lang=ru")["slug"] == "new-name"
    assert partner.json(f"{LIST}new-name/?lang=ru")["id"] == ITEM


@pytest.mark.parametrize("ref", ["nothing", "%00", "..%2f", "a" * 3_000, SLUG.upper()])
def test_a_slug_that_nothing_has_is_not_found(partner: Partner, ref: str) -> None:
    shelve_protocol()
    for rest in ("", "editions/", "fhir/"):
        assert partner.json(f"{LIST}{ref}/{rest}?lang=en", 404)["type"].endswith("/not-found/")


def test_the_slug_of_another_kind_is_no_protocol(partner: Partner) -> None:
    from tests.factories.documents import a_document

    shelve(a_document(slug="only-an-article"))
    partner.get(f"{LIST}only-an-article/?lang=ru", 404)


def test_the_exact_bytes_of_an_edition_prove_its_digest(partner: Partner) -> None:
    shelve_protocol()
    record = partner.json(f"{HOME}editions/1/?lang=ru")
    assert sha256(partner.get(f"{HOME}editions/1/document/?lang=ru").content).hexdigest() == record["content_digest"]


def test_the_journal_names_addresses_that_answer(partner: Partner) -> None:
    shelve_protocol()
    lines = [line for line in partner.json("/api/v1/changes/")["results"] if line["kind"] == "protocol"]
    assert {line["language"] for line in lines} == {"ru", "en"}
    for line in lines:
        found = partner.json(line["api_url"].removeprefix("http://testserver"))
        assert (found["id"], found["language"]) == (line["id"], line["language"])


def test_the_root_leads_to_the_protocols_and_names_the_limit(partner: Partner) -> None:
    root = partner.json("/api/v1/?lang=en")
    assert root["links"]["protocols"] == f"http://testserver{LIST}?lang=en"
    assert root["limits"]["decisions_a_minute"] == 60


def test_everything_of_a_withdrawn_protocol_answers_with_its_tombstone(partner: Partner) -> None:
    shelve_protocol()
    withdraw(ITEM, "ru", reason="Ошибка в ранге.", reason_code="safety")
    for rest in ("", "editions/", "editions/1/", "editions/1/document/", "fhir/"):
        tombstone = partner.json(f"{HOME}{rest}?lang=ru", 410)
        assert (tombstone["reason"], tombstone["reason_code"]) == ("Ошибка в ранге.", "safety")
    assert partner.json(f"{LIST}?lang=ru")["results"] == []


def test_what_is_not_in_a_language_is_not_answered_in_the_other(partner: Partner) -> None:
    shelve_protocol(languages=("en",))
    for rest in ("", "fhir/"):
        assert partner.json(f"{HOME}{rest}?lang=ru", 404)["type"].endswith("/not-in-this-language/")


def test_without_a_language_it_is_negotiated(partner: Partner) -> None:
    shelve_protocol()
    response = partner.get(HOME, accept_language="en")
    assert response["Content-Language"] == "en"
    assert response["Content-Location"] == f"http://testserver{HOME}?lang=en"
    assert "Accept-Language" in response["Vary"]


def test_who_has_these_bytes_gets_none(partner: Partner) -> None:
    shelve_protocol()
    for rest in ("", "fhir/"):
        first = partner.get(f"{HOME}{rest}?lang=en")
        assert partner.get(f"{HOME}{rest}?lang=en", 304, if_none_match=first["ETag"]).content == b""


def test_fields_never_take_away_whether_it_may_be_asked(partner: Partner) -> None:
    shelve_protocol()
    answer = partner.json(f"{HOME}?lang=en&fields=title")
    assert {"title", "status", "label", "logic_digest", "expires_on", "review", "max_age"} <= set(answer)
    assert "questions" not in answer


# standing


def test_its_status_follows_switches_signatures_and_the_day(partner: Partner, settings: Any) -> None:
    shelve_protocol(expiring("2026-12-01"))
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        assert status(partner) == ("table", None)
        settings.TRIAGE_INTERACTIVE = True
        assert status(partner) == ("table", None)
        settings.TRIAGE_DEMONSTRATION = True
        assert status(partner)[0] == "demonstration"
        assert "demonstration" in str(status(partner)[1])
        shelve_protocol(expiring("2026-12-01"), review=SIGNED, at=NOON + timedelta(days=1), change="review")
        assert status(partner) == ("interactive", None)
        check(ITEM, "en", started="A rank may be wrong.")
        assert status(partner)[0] == "table"
    with time_machine.travel(datetime(2026, 12, 2, tzinfo=UTC), tick=False):
        assert status(partner)[0] == "expired"
        assert "2026" in str(status(partner)[1])


def status(partner: Partner) -> tuple[str, str | None]:
    answer = partner.json(f"{HOME}?lang=en")
    return answer["status"], answer["label"]


# the table


@EACH_LANGUAGE
def test_the_table_says_every_sign_of_every_level_with_its_sources(partner: Partner, language: Language) -> None:
    shelve_protocol()
    answer, protocol = partner.json(f"{HOME}?lang={language}"), bundled(language)
    signs = [one.text for question in protocol.questions for one in question.options if one.rank and one.id != UNSURE]
    for words in (*signs, *(rule.text for rule in protocol.rules)):
        assert words in answer["text"]
        assert words in answer["html"]
    for level in answer["levels"][:-1]:
        assert level["title"] in answer["text"]
        assert level["title"] in answer["html"]
    for source in answer["sources"]:
        assert source["reference"] in answer["text"]
    assert answer["danger"] in answer["text"]


@EACH_LANGUAGE
def test_the_table_tells_nobody_who_answered_nothing_to_stay_at_home(partner: Partner, language: Language) -> None:
    shelve_protocol()
    answer = partner.json(f"{HOME}?lang={language}")
    self_care = answer["levels"][-1]
    for member in ("html", "text"):
        assert self_care["title"] not in answer[member]
        assert self_care["text"] not in answer[member]


@pytest.mark.usefixtures("demonstration")
def test_the_table_begins_with_its_label_and_what_nobody_has_checked(partner: Partner) -> None:
    shelve_protocol()
    answer = partner.json(f"{HOME}?lang=en")
    assert answer["text"].startswith(answer["label"])
    assert answer["review"]["statement"] in answer["text"]
    assert answer["label"] in answer["html"]


def test_an_expired_table_says_so_first(partner: Partner) -> None:
    shelve_protocol(expiring("2026-12-01"))
    with time_machine.travel(datetime(2026, 12, 5, tzinfo=UTC), tick=False):
        answer = partner.json(f"{HOME}?lang=ru")
    assert answer["text"].startswith(answer["label"])
    assert answer["label"] in answer["html"]


def test_a_table_under_check_says_so(partner: Partner) -> None:
    shelve_protocol()
    check(ITEM, "en", started="A rank may be wrong.")
    answer = partner.json(f"{HOME}?lang=en")
    assert answer["check"]["statement"] in answer["text"]
    assert answer["check"]["statement"] in answer["html"]


def test_the_table_has_no_markup_but_plain_elements(partner: Partner) -> None:
    shelve_protocol()
    html = partner.json(f"{HOME}?lang=en")["html"]
    assert set(re.findall(r"<(\w+)", html)) == {"section", "p", "strong", "h2", "h3", "ul", "li", "sup"}
    assert html.count("<section>") == html.count("</section>") == 1


# cost


def test_a_protocol_costs_a_fixed_number_of_queries(partner: Partner) -> None:
    shelve_protocol()
    for path, most in ((f"{HOME}?lang=en", 2), (f"{HOME}fhir/?lang=en", 2), (f"{LIST}?lang=en", 4)):
        with CaptureQueriesContext(connection) as queries:
            partner.get(path)
        assert len(queries) <= most, [query["sql"][:200] for query in queries.captured_queries]
