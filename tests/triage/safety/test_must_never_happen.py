"""What must never happen, clause by clause: the tests that hold it, and what no other test tries."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.documents import withdraw
from tests.factories.triage import BENIGN, LEADING, bundled, bundled_file, shelve_protocol
from tests.repository.naming import proves
from tests.triage.pages.walking import FORM, Walk, address
from triage.engine.protocol import LEVELS

_ENGINE, _PAGES, _API = "tests/triage/engine", "tests/triage/pages", "tests/triage/api"
_HERE, _TRACES = "tests/triage/safety/test_must_never_happen.py", "tests/journeys/triage/test_no_trace.py"

HELD_BY = {
    "a fuzzed form or call that reaches a lower level than the same answers given properly": [
        f"{_HERE}::test_a_form_that_was_spoilt_never_reaches_a_milder_outcome",
        f"{_PAGES}/test_steps.py::test_no_way_through_the_pages_leads_to_another_outcome_than_the_answers_that_stand_there",
        f"{_PAGES}/test_refusals.py::test_a_form_that_is_not_ours_decides_nothing",
        f"{_PAGES}/test_refusals.py::test_a_body_that_is_no_form_decides_nothing",
        f"{_API}/test_anything.py::test_spoilt_answers_never_reach_a_lower_level_than_the_proper_ones",
        f"{_API}/test_anything.py::test_a_question_given_twice_in_one_object_is_never_decided",
        f"{_ENGINE}/test_deciding.py::test_answers_bent_out_of_shape_are_refused_or_lead_to_nothing_milder",
    ],
    "self-care shown before the last needed answer": [
        f"{_ENGINE}/test_deciding.py::test_self_care_is_not_told_before_the_very_last_needed_answer",
        f"{_ENGINE}/test_deciding.py::test_a_result_is_final_exactly_when_no_completion_could_change_it",
        f"{_ENGINE}/test_explaining.py::test_a_result_that_no_open_question_could_change_is_explained",
        f"{_ENGINE}/verifying/test_verification.py::test_what_is_left_open_when_a_result_is_final_changes_nothing",
        f"{_PAGES}/test_steps.py::test_whoever_only_goes_forward_is_asked_what_the_engine_asks_and_never_more_than_was_said",
        f"{_PAGES}/test_opening.py::test_neither_not_knowing_nor_having_none_stands_there_as_a_sign",
        f"{_API}/test_deciding.py::test_self_care_comes_after_the_last_needed_answer_and_never_before",
    ],
    "a protocol file with cycles accepted": [
        # A rule names answers and nothing else, so there is nothing that could lead back.
        f"{_ENGINE}/verifying/test_structure.py::test_a_fault_of_form_is_found_at_its_part",
        f"{_ENGINE}/test_faults.py::test_a_protocol_of_bad_form_is_refused_with_the_place_of_every_fault",
    ],
    "a protocol file with duplicate ids accepted": [
        f"{_ENGINE}/test_file_shape.py::test_a_key_that_stands_twice_is_found_where_it_stands",
        f"{_ENGINE}/test_exchange.py::test_what_a_file_says_is_refused_with_its_place",
    ],
    "a protocol file with 10,000 questions accepted": [
        f"{_ENGINE}/test_exchange.py::test_ten_thousand_questions_are_refused_without_being_looked_at_one_by_one",
        f"{_ENGINE}/test_faults.py::test_ten_thousand_questions_are_too_many",
    ],
    "a protocol file with missing languages accepted": [
        f"{_ENGINE}/test_file_texts.py::test_every_text_is_there_in_both_languages",
        f"{_ENGINE}/verifying/test_verification.py::test_a_missing_language_and_a_differing_one_are_found",
    ],
    "a protocol file with HTML in a label accepted": [
        f"{_ENGINE}/test_file_texts.py::test_a_label_is_plain_words_on_one_line",
        f"{_ENGINE}/verifying/test_saying.py::test_markup_is_found",
    ],
    "a tampered form": [
        f"{_PAGES}/test_progress.py::test_not_one_letter_can_be_another",
        f"{_PAGES}/test_progress.py::test_no_text_of_somebody_else_is_believed",
        f"{_PAGES}/test_refusals.py::test_a_state_that_we_have_not_signed_decides_nothing",
    ],
    "an expired protocol deciding": [
        f"{_HERE}::test_an_expired_protocol_answers_an_open_form_with_its_table_and_no_outcome",
        "tests/triage/safety/test_who_may_be_asked.py::test_an_expired_protocol_asks_nobody",
        f"{_API}/test_standing.py::test_from_the_day_after_it_expires_it_never_decides",
        f"{_API}/test_standing.py::test_a_protocol_whose_lapse_the_journal_has_told_never_decides",
    ],
    "a withdrawn protocol deciding": [
        f"{_HERE}::test_a_withdrawn_protocol_answers_an_open_form_with_the_numbers_alone",
        f"{_API}/test_standing.py::test_a_withdrawn_protocol_answers_with_its_tombstone_and_the_numbers_to_call",
        "tests/triage/protocols/test_later.py::test_a_withdrawn_protocol_decides_nothing",
    ],
    "an answer in any log line, database row or cache": [
        f"{_TRACES}::test_a_journey_by_form_and_by_api_leaves_no_trace_on_the_server",
        f"{_TRACES}::test_no_row_no_cache_and_no_log_of_any_level_holds_an_answer",
        f"{_TRACES}::test_a_leak_would_be_found",
        f"{_API}/test_conduct.py::test_a_fault_of_ours_tells_nobody_what_was_answered",
        f"{_PAGES}/test_nothing_is_kept.py::test_no_fault_of_ours_writes_down_what_was_answered",
        f"{_PAGES}/test_nothing_is_kept.py::test_answers_do_not_lie_in_the_store_of_compressed_pages",
    ],
}


@pytest.mark.parametrize("clause", HELD_BY)
def test_every_clause_is_held_by_tests_that_exist(clause: str, repository: Path) -> None:
    assert HELD_BY[clause]
    assert [name for name in HELD_BY[clause] if not proves(repository, name)] == []


# What no other test tries


@pytest.fixture
def walk(client: Client, db: None, settings: Any) -> Walk:
    cache.clear()
    settings.TRIAGE_DEMONSTRATION = True
    shelve_protocol()
    return Walk(client)


def shown(html: str) -> int | None:
    """The rank of the outcome on a page, None where there is none."""
    if 'class="verdict ' not in html:
        return None
    heading = html.split('<h1 id="v">')[1].replace("\u00a0", " ")
    # What a title says before the numbers tells it apart.
    titles = {one.rank: one.title.partition("{")[0].replace("\u00a0", " ") for one in bundled("ru").levels}
    (rank,) = (rank for rank, title in titles.items() if heading.startswith(title))
    return rank


def to_the_last_question(walk: Walk, answers: dict[str, list[str]]) -> bytes:
    """Answer until one answer is missing; return the form that would give it."""
    given = {**BENIGN, **answers}
    walk.start()
    while True:
        question = walk.asked
        before = walk.state
        walk.answer(*given[question])
        if not walk.asked:
            chosen = "&".join(f"answer={one}" for one in given[question])
            return f"state={before}&{chosen}&do=next".encode()


@pytest.mark.parametrize("level", ["emergency", "same_day", "appointment_days", "appointment_weeks"])
def test_a_form_that_was_spoilt_never_reaches_a_milder_outcome(walk: Walk, level: str) -> None:
    """The last form of a walk is spoilt on its way. Whatever comes of it is refused, asks again, or is as grave."""
    answers = dict(LEADING[level])
    form = to_the_last_question(walk, answers)
    proper = shown(walk.response.content.decode())
    assert proper == LEVELS.index(level)  # type: ignore[arg-type]

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(spoilt=spoiling(form))
    def spoil(spoilt: bytes) -> None:
        cache.clear()
        response = walk.client.post(address("ru"), spoilt, content_type=FORM)
        assert response.status_code < 500
        rank = shown(response.content.decode())
        assert rank is None or rank >= proper

    spoil()


def spoiling(form: bytes) -> st.SearchStrategy[bytes]:
    """The form with a byte exchanged, a piece cut out or doubled, a field left out, doubled, moved or added."""
    place = st.integers(0, len(form) - 1)
    fields = form.split(b"&")
    exchanged = st.builds(lambda at, byte: form[:at] + bytes([byte]) + form[at + 1 :], place, st.integers(0, 255))
    cut = st.builds(lambda at, by: form[:at] + form[at + by :], place, st.integers(1, 60))
    doubled = st.builds(lambda at, by: form[: at + by] + form[at:], place, st.integers(1, 60))
    left_out = st.integers(0, len(fields) - 1).map(lambda at: b"&".join(fields[:at] + fields[at + 1 :]))
    twice = st.integers(0, len(fields) - 1).map(lambda at: b"&".join([*fields, fields[at]]))
    moved = st.permutations(fields).map(b"&".join)
    added = st.sampled_from(
        [
            b"answer=none",
            b"answer=rare",
            b"answer=",
            b"state=",
            b"do=start",
            b"do=back",
            b"country=RU",
            b"level=self_care",
        ]
    ).map(lambda one: form + b"&" + one)
    return st.one_of(exchanged, cut, doubled, left_out, twice, moved, added)


def test_an_expired_protocol_answers_an_open_form_with_its_table_and_no_outcome(walk: Walk) -> None:
    """On its last day somebody begins, and the next day begins while they answer."""
    year, month, day = map(int, bundled().expires_on.split("-"))
    with time_machine.travel(datetime(year, month, day, 23, 59, tzinfo=UTC), tick=False) as clock:
        walk.start()
        assert walk.asked == "danger"
        clock.shift(120)
        walk.answer("breath")
    assert walk.outcome() == ""
    assert walk.asked == ""
    assert walk.response.status_code == 409
    assert "103" in walk.response.content.decode()


def test_a_withdrawn_protocol_answers_an_open_form_with_the_numbers_alone(walk: Walk) -> None:
    walk.start()
    withdraw(str(bundled_file().id))
    walk.answer("none")
    said = walk.response.content.decode()
    assert walk.response.status_code == 410
    assert (walk.outcome(), walk.page.all("form"), walk.page.all("table")) == ("", [], [])
    assert "103" in said
    assert "no-store" in walk.response["Cache-Control"]
