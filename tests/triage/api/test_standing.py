"""An edition that is not live, an expired, withdrawn or closed protocol never decides; each says what is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from articles.editions.envelope import Review
from tests.factories.documents import NOON, an_id, withdraw
from tests.factories.triage import SIGNED, SLUG, bundled_file, expiring, shelve_protocol
from tests.triage.api.conftest import DECIDE, HOME, Asker
from triage.live.protocols import SIGNATURES

RED = {"danger": ["breath"]}
ITEM = str(bundled_file().id)


def kind(answer: dict[str, Any]) -> str:
    return answer["type"].rstrip("/").rpartition("/")[2]


# by default nobody is asked


def test_without_a_switch_nothing_is_decided(decide: Asker) -> None:
    shelve_protocol()
    answer = decide(RED, 409)
    assert kind(answer) == "questions-closed"
    assert answer["protocol"]["status"] == "table"
    assert answer["protocol"]["edition"] == 1
    assert answer["protocol"]["api_url"].endswith("?lang=en")


def test_signed_by_two_it_still_waits_for_the_operator(decide: Asker) -> None:
    shelve_protocol(review=SIGNED)
    assert kind(decide(RED, 409)) == "questions-closed"


@pytest.mark.usefixtures("interactive")
def test_opened_by_the_operator_it_still_waits_for_two_signatures(decide: Asker) -> None:
    assert SIGNATURES == 2
    one = Review(state="reviewed", by=SIGNED.by[:1], on=SIGNED.on, next_on=SIGNED.next_on, reason="")
    shelve_protocol(review=one)
    assert kind(decide(RED, 409)) == "questions-closed"


@pytest.mark.usefixtures("interactive")
def test_the_same_clinician_twice_is_one(decide: Asker) -> None:
    twice = Review(state="reviewed", by=[SIGNED.by[0]] * 2, on=SIGNED.on, next_on=SIGNED.next_on, reason="")
    shelve_protocol(review=twice)
    assert kind(decide(RED, 409)) == "questions-closed"


@pytest.mark.usefixtures("interactive", "demonstration")
def test_signed_and_opened_it_is_no_demonstration(decide: Asker) -> None:
    shelve_protocol(review=SIGNED)
    assert decide(RED)["protocol"]["status"] == "interactive"


# editions


@pytest.mark.usefixtures("demonstration")
def test_only_the_live_edition_decides(decide: Asker) -> None:
    shelve_protocol()
    shelve_protocol(at=NOON + timedelta(days=1), change="update")
    for edition in (1, 3, 2**31 - 1):
        answer = decide(RED, 409, edition=edition)
        assert kind(answer) == "edition-not-live"
        assert answer["protocol"]["edition"] == 2
    assert decide(RED, edition=2)["protocol"]["edition"] == 2
    assert decide(RED, edition=None)["protocol"]["edition"] == 2


@pytest.mark.usefixtures("demonstration")
def test_answers_to_an_old_edition_are_told_so_before_anything_is_said_about_them(decide: Asker) -> None:
    shelve_protocol()
    shelve_protocol(at=NOON + timedelta(days=1), change="update")
    assert kind(decide({"question_of_then": ["x"]}, 409, edition=1)) == "edition-not-live"


# expiry


@pytest.mark.usefixtures("demonstration", "interactive")
@pytest.mark.parametrize("review", [None, SIGNED])
def test_from_the_day_after_it_expires_it_never_decides(decide: Asker, review: Review | None) -> None:
    shelve_protocol(expiring("2026-12-01"), **({"review": review} if review else {}))
    with time_machine.travel(datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC), tick=False):
        assert decide(RED)["level"] == "emergency"
    with time_machine.travel(datetime(2026, 12, 2, tzinfo=UTC), tick=False):
        answer = decide(RED, 409, language="ru")
        assert kind(answer) == "protocol-expired"
        assert answer["protocol"]["status"] == "expired"
        assert "2026" in answer["detail"]
        assert "level" not in answer


@pytest.mark.usefixtures("demonstration")
def test_a_protocol_whose_lapse_the_journal_has_told_never_decides(decide: Asker) -> None:
    from articles.editions.shelf import Standing

    shelve_protocol()
    Standing.objects.filter(kind="protocol").update(overdue_since=NOON)
    assert kind(decide(RED, 409)) == "protocol-expired"


@pytest.mark.usefixtures("demonstration")
def test_while_it_is_checked_for_an_error_it_does_not_decide(decide: Asker) -> None:
    from tests.factories.documents import check

    shelve_protocol()
    check(ITEM, "en", started="A rank may be wrong.")
    answer = decide(RED, 409)
    assert kind(answer) == "questions-closed"
    assert answer["protocol"]["status"] == "table"


# not there


@pytest.mark.usefixtures("demonstration")
def test_a_withdrawn_protocol_answers_with_its_tombstone_and_the_numbers_to_call(decide: Asker) -> None:
    shelve_protocol()
    withdraw(ITEM, "en", reason="A rank was wrong.")
    answer = decide(RED, 410)
    assert (answer["reason"], answer["id"], answer["kind"]) == ("A rank was wrong.", ITEM, "protocol")
    assert answer["emergency"]
    assert "level" not in answer


@pytest.mark.usefixtures("demonstration")
def test_what_is_not_in_a_language_is_never_decided_in_the_other(decide: Asker) -> None:
    shelve_protocol(languages=("ru",))
    answer = decide(RED, 404)
    assert kind(answer) == "not-in-this-language"
    assert [row["language"] for row in answer["translations"]] == ["ru"]
    assert decide(RED, language="ru")["level"] == "emergency"


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("ref", ["nothing", an_id("other"), "%00", "a" * 3_000, "%F0%9F%98%80", SLUG.upper()])
def test_what_is_no_protocol_is_not_found(decide: Asker, ref: str) -> None:
    shelve_protocol()
    assert kind(decide(RED, 404, path=f"/api/v1/triage/protocols/{ref}/decide/")) == "not-found"


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("ref", [SLUG, ITEM, ITEM.upper()])
def test_a_slug_and_an_id_lead_to_the_same_protocol(decide: Asker, ref: str) -> None:
    shelve_protocol()
    answer = decide(RED, path=f"/api/v1/triage/protocols/{ref}/decide/")
    assert answer["protocol"]["id"] == ITEM
    assert DECIDE.startswith(HOME)
