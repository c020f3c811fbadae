"""Whatever way somebody takes through the pages, forward, back or by changes: what counts is what they gave."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.factories.triage import BENIGN, bundled
from triage.engine.answers import AnswersRefusedError
from triage.engine.deciding import Engine
from triage.engine.protocol import EMERGENCY, LEVELS, UNSURE
from triage.pages import steps
from triage.pages.progress import Progress
from triage.pages.steps import Asking, NoSuchStepError, Outcome

ENGINE = Engine(bundled())
BEGUN = Progress(protocol="p", language="ru", words="w", country="RU", begun=0)

MOVES = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 2**10 - 1)),
    st.tuples(st.just("benign"), st.just(0)),
    st.tuples(st.just("back"), st.just(0)),
    st.tuples(st.just("change"), st.integers(0, 11)),
)


def begun() -> Asking:
    step = steps.go_on(ENGINE, BEGUN)
    assert isinstance(step, Asking)
    return step


def answered(step: steps.Step, *options: str) -> steps.Step:
    return steps.answer(ENGINE, step.progress, list(options))


def moved(step: steps.Step, move: tuple[str, int]) -> steps.Step:
    kind, number = move
    if kind == "change":
        asked = list(step.progress.answers)
        return steps.change(ENGINE, step.progress, asked[number % len(asked)] if asked else "")
    if kind == "back":
        return steps.back(ENGINE, step.progress)
    if isinstance(step, Outcome):
        raise NoSuchStepError
    ids = [option.id for option in step.question.options]
    chosen = BENIGN[step.question.id] if kind == "benign" else [id for bit, id in enumerate(ids) if number >> bit & 1]
    return steps.answer(ENGINE, step.progress, chosen)


@given(st.lists(MOVES, max_size=60))
def test_no_way_through_the_pages_leads_to_another_outcome_than_the_answers_that_stand_there(
    moves: list[tuple[str, int]],
) -> None:
    step: steps.Step = begun()
    given_last: dict[str, list[str]] = {}
    for move in moves:
        before = step
        try:
            step = moved(step, move)
        except (NoSuchStepError, AnswersRefusedError):
            continue
        if isinstance(before, Asking) and step.progress.answers != before.progress.answers:
            given_last[before.question.id] = step.progress.answers[before.question.id]
        # Nothing is forgotten and nothing is added but what was sent last to each question.
        assert step.progress.answers == given_last
        decision = ENGINE.decide(given_last)
        if isinstance(step, Outcome):
            assert decision.final
            assert LEVELS.index(step.explanation.level.id) == decision.rank
            assert step.progress.asked == ""
        else:
            assert step.number <= step.most <= len(ENGINE.questions)


@given(st.data())
def test_whoever_only_goes_forward_is_asked_what_the_engine_asks_and_never_more_than_was_said(data: Any) -> None:
    step: steps.Step = begun()
    asked: dict[str, list[str]] = {}
    promised = ENGINE.most_questions
    while isinstance(step, Asking):
        assert step.question.id == ENGINE.ask_next(asked)
        assert step.number == len(asked) + 1
        assert step.most <= promised
        promised = step.most
        options = [option.id for option in step.question.options]
        asked[step.question.id] = [data.draw(st.sampled_from(options))]
        step = steps.answer(ENGINE, step.progress, asked[step.question.id])
    assert len(asked) <= promised
    assert step.explanation.level.id == ENGINE.decide(asked).level


def test_an_answer_that_only_a_forged_form_can_hold_is_refused() -> None:
    for chosen in (["nothing"], ["none", "none"], ["loc_now", "loc_now"]):
        with pytest.raises(AnswersRefusedError):
            answered(begun(), *chosen)
    impact = replace(begun().progress, asked="impact")
    with pytest.raises(AnswersRefusedError):
        steps.answer(ENGINE, impact, ["rare", "often"])


@pytest.mark.parametrize(("chosen", "code"), [([], "nothing-chosen"), (["breath", UNSURE], "not-beside-others")])
def test_what_a_person_can_do_wrong_is_said_and_the_answers_stay_as_they_were(chosen: list[str], code: str) -> None:
    step = answered(begun(), *chosen)
    assert isinstance(step, Asking)
    assert step.problem is not None
    assert step.problem.code == code
    assert (step.chosen, step.progress.answers) == (chosen, {})


def test_an_emergency_ends_the_questions() -> None:
    step = answered(begun(), "breath")
    assert isinstance(step, Outcome)
    assert LEVELS.index(step.explanation.level.id) == EMERGENCY


def test_there_is_nothing_before_the_first_question() -> None:
    with pytest.raises(NoSuchStepError):
        steps.back(ENGINE, begun().progress)


def test_only_what_was_answered_can_be_changed_and_only_from_the_outcome() -> None:
    outcome = answered(begun(), "breath")
    for progress, question in ((begun().progress, "danger"), (outcome.progress, "leg"), (outcome.progress, "")):
        with pytest.raises(NoSuchStepError):
            steps.change(ENGINE, progress, question)
