"""A decision is what the engine decides, with the engine's reasons, and nothing milder before its time."""

from typing import Any

import msgspec
import pytest
from django.utils import translation

from articles.canonical.languages import Language
from tests.factories.triage import BENIGN, SIGNED, SLUG, bundled, shelve_protocol
from tests.triage.api.conftest import Asker
from triage.engine.deciding import Engine
from triage.engine.explaining import explain
from triage.engine.protocol import LEVELS

pytestmark = pytest.mark.usefixtures("demonstration")

RED = {"danger": ["breath"]}


def test_without_answers_the_first_question_is_next_and_nothing_is_said_about_the_result(decide: Asker) -> None:
    shelve_protocol()
    answer = decide({})
    assert (answer["level"], answer["final"], answer["title"], answer["text"]) == (None, False, None, None)
    assert answer["next"] == "danger"
    assert answer["at_most"] == Engine(bundled("en")).most_questions
    assert answer["reasons"] == answer["besides"] == answer["would_change"] == answer["first_aid"] == []


def test_a_red_flag_is_an_emergency_at_once_with_the_numbers_of_the_country(decide: Asker) -> None:
    shelve_protocol()
    answer = decide(RED, country="GB")
    assert (answer["level"], answer["final"], answer["next"], answer["at_most"]) == ("emergency", True, None, 0)
    assert "999" in answer["title"]
    assert "103" not in answer["title"] + answer["text"] + answer["danger"]
    assert [one["number"] for one in answer["emergency"]["services"]] == ["999", "112"]
    assert answer["emergency"]["country"] == "GB"
    assert "{emergency}" not in str(answer)


def test_without_a_country_the_numbers_of_all_are_named(decide: Asker) -> None:
    shelve_protocol()
    for answer in (decide(RED), decide(RED, country=None)):
        assert answer["emergency"]["country"] is None
        assert all(number in answer["title"] for number in ("103", "112", "999"))


def test_every_reason_names_its_answer_its_question_and_its_sources(decide: Asker) -> None:
    shelve_protocol()
    [reason] = decide(RED)["reasons"]
    option = next(one for one in bundled("en").questions[0].options if one.id == "breath")
    assert (reason["question"], reason["option"], reason["rule"]) == ("danger", "breath", None)
    assert (reason["asked"], reason["text"]) == (bundled("en").questions[0].text, option.text)
    assert reason["sources"] == option.references
    assert reason["sources"]


def test_a_combination_is_a_reason_by_itself(decide: Asker) -> None:
    shelve_protocol()
    answer = decide({**BENIGN, "background": ["neck_op"], "feel": ["mouth_hands"]})
    assert answer["level"] == "emergency"
    assert [(one["rule"], one["option"], one["asked"]) for one in answer["reasons"]] == [("K01", None, "")]
    assert {one["option"] for one in answer["besides"]} == {"neck_op", "mouth_hands"}


def test_every_source_that_an_answer_names_comes_with_it(decide: Asker) -> None:
    shelve_protocol()
    answer = decide({"danger": ["jerks"], "leg": ["cold"]})
    named = {id for one in (*answer["reasons"], *answer["besides"], *answer["first_aid"]) for id in one["sources"]}
    assert named <= {source["id"] for source in answer["sources"]}
    assert all(source["reference"] for source in answer["sources"])
    assert len(answer["first_aid"]) == 2


def test_self_care_comes_after_the_last_needed_answer_and_never_before(decide: Asker) -> None:
    shelve_protocol()
    given: dict[str, list[str]] = {}
    while (answer := decide(given))["next"]:
        assert answer["level"] is None
        assert bundled("en").level(0).title not in str(answer)
        given[answer["next"]] = BENIGN[answer["next"]]
    assert answer["level"] == "self_care"
    assert answer["final"] is True


def test_a_sign_that_is_graver_only_with_others_says_with_which(decide: Asker) -> None:
    shelve_protocol()
    answer = decide({**BENIGN, "background": ["neck_op"]})
    [change] = [one for one in answer["would_change"] if one["option"] == "mouth_hands"]
    assert change["level"] == "emergency"
    assert [one["rule"] for one in change["because"]] == ["K01"]
    assert set(change["because"][0]["sources"]) <= {source["id"] for source in answer["sources"]}


def test_what_would_make_it_graver_is_told_with_what_it_would_become(decide: Asker) -> None:
    shelve_protocol()
    changes = decide(BENIGN)["would_change"]
    assert changes[0]["level"] == "emergency"
    ranks = [LEVELS.index(one["level"]) for one in changes]
    assert ranks == sorted(ranks, reverse=True)
    [breath] = [one for one in changes if one["option"] == "breath"]
    assert [(one["question"], one["option"], one["rule"]) for one in breath["because"]] == [("danger", "breath", None)]
    assert all(one["option"] != "unsure" and one["asked"] and one["title"] for one in changes)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    "answers",
    [
        RED,
        BENIGN,
        {**BENIGN, "leg": ["swollen"]},
        {**BENIGN, "where": ["unsure"]},
        {**BENIGN, "background": ["pregnant"], "where": ["one_leg"]},
    ],
)
def test_an_answer_says_what_the_engine_says_in_both_languages(
    decide: Asker, language: Language, answers: dict[str, list[str]]
) -> None:
    shelve_protocol()
    engine = Engine(bundled(language))
    expected = explain(engine, dict(answers))
    answer = decide(answers, language=language)
    assert answer["level"] == expected.level.id
    assert [one["text"] for one in answer["reasons"]] == [one.text for one in expected.reasons]
    assert [one["option"] for one in answer["would_change"]] == [one.option.id for one in expected.would_change]
    assert answer["text"].startswith(expected.level.text.partition("{emergency}")[0])
    assert answer["protocol"]["language"] == language


def test_an_answer_names_the_protocol_that_decided(decide: Asker) -> None:
    edition = shelve_protocol()["en"]
    protocol = decide(RED)["protocol"]
    assert (protocol["slug"], protocol["edition"], protocol["digest"]) == (SLUG, 1, edition.digest)
    assert protocol["logic_digest"] == edition.document.logic_digest  # type: ignore[attr-defined]
    assert protocol["status"] == "demonstration"
    assert protocol["expires_on"] == bundled().expires_on


def test_a_demonstration_carries_its_label_and_says_that_nobody_has_checked_it(decide: Asker) -> None:
    shelve_protocol()
    for language in ("ru", "en"):
        answer = decide({}, language=language)
        with translation.override(language):
            assert str(translation.gettext("This is a demonstration.")) in answer["label"]
        assert answer["review"]["state"] == "not_reviewed"
        assert answer["review"]["statement"]
        assert answer["disclaimer"]
        assert answer["review"]["statement"] in answer["attribution"]["text"]


def test_signed_by_two_and_opened_it_carries_no_label(decide: Asker, settings: Any) -> None:
    settings.TRIAGE_DEMONSTRATION, settings.TRIAGE_INTERACTIVE = False, True
    shelve_protocol(review=SIGNED)
    answer = decide(RED)
    assert (answer["label"], answer["protocol"]["status"]) == (None, "interactive")


def test_numbers_that_a_partner_shows_are_those_of_the_live_edition(decide: Asker) -> None:
    from tests.factories.documents import shelve
    from tests.factories.triage import bundled_file, protocol_document

    document = protocol_document("en")
    services = [msgspec.structs.replace(one, number="000") for one in document.services if one.country == "GB"]
    for language in ("ru", "en"):
        shelve(msgspec.structs.replace(document, services=services), language, item=str(bundled_file().id))
    assert "000" in decide(RED)["title"]
