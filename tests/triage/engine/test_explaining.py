import pytest
from hypothesis import given

from tests.factories.triage import BENIGN, bundled
from tests.triage.engine.strategies import asked
from triage.engine.answers import AnswersRefusedError
from triage.engine.deciding import Engine
from triage.engine.explaining import Explanation, UndecidedError, explain
from triage.engine.protocol import LEVELS, SELF_CARE, UNSURE

ENGINE = Engine(bundled("en"))


def explained(**answers: list[str]) -> Explanation:
    """The explanation for somebody with nothing wrong but this."""
    return explain(ENGINE, {**BENIGN, **answers})


def test_what_led_to_the_result_stands_apart_from_what_could_not_change_it():
    found = explained(leg=["sore", "veins"], background=["diabetes"], impact=["often"])

    assert found.level.id == "same_day"
    assert [reason.text for reason in found.reasons] == ["Diabetes and a non-healing foot sore"]
    assert [reason.text for reason in found.besides] == [
        "A sore or wound on the foot or leg that does not heal",
        "Bulging veins; both ankles swell by evening",
        "Diabetes",
        "Weekly or more, or getting worse",
    ]


def test_every_reason_of_the_bundled_protocol_names_its_sources():
    for question in ENGINE.protocol.questions:
        for option in question.options:
            found = explained(**{question.id: [option.id]})
            assert all(reason.references for reason in [*found.reasons, *found.besides])


def test_self_care_has_no_reason_against_it():
    found = explained()

    assert found.level.id == "self_care"
    assert found.reasons == found.besides == found.first_aid == []


def test_before_the_result_is_final_there_is_nothing_to_explain():
    with pytest.raises(UndecidedError):
        explain(ENGINE, {"danger": ["none"], "leg": ["sore"]})
    with pytest.raises(UndecidedError):
        explain(ENGINE, {id: answer for id, answer in BENIGN.items() if id != "impact"})
    with pytest.raises(UndecidedError):
        explain(ENGINE, {})


def test_a_result_that_no_open_question_could_change_is_explained():
    answers = {**BENIGN, "danger": ["jerk_one"]}
    for question in ("duration", "trigger", "impact", "exposure", "background"):
        del answers[question]
    found = explain(ENGINE, answers)

    assert found.level.id == "same_day"
    assert [reason.text for reason in found.reasons] == ["One arm or leg jerked rhythmically by itself"]
    assert {level.id for level, _ in found.by_level()} == {"emergency"}
    assert {change.question.id for change in found.would_change} <= set(answers)


def test_an_emergency_is_explained_at_once_and_says_what_to_do_until_help_comes():
    found = explain(ENGINE, {"danger": ["jerks", "loc_past"]})

    assert found.level.id == "emergency"
    assert [reason.option.id for reason in found.reasons if reason.option] == ["jerks"]
    assert [reason.option.id for reason in found.besides if reason.option] == ["loc_past"]
    assert [aid.text for aid in found.first_aid] == [
        "During a seizure: move hazards away, cushion the head, do not restrain, put nothing in the mouth, time it, "
        "then turn the person on their side."
    ]
    assert found.would_change == []


def test_first_aid_is_said_for_the_answers_that_were_given_and_no_others():
    assert explain(ENGINE, {"danger": ["stroke"]}).first_aid == []
    assert [aid.when for aid in explain(ENGINE, {"danger": ["jerks"], "leg": ["cold"]}).first_aid] == [
        ["danger.loc_now", "danger.jerks"],
        ["leg.cold", "leg.tense"],
    ]


def test_every_answer_with_first_aid_is_an_emergency_by_itself():
    (level,) = [level for level in ENGINE.protocol.levels if level.first_aid]
    for answer in {answer for aid in level.first_aid for answer in aid.when}:
        question, option = answer.split(".")
        assert explain(ENGINE, {question: [option]}).first_aid


def test_what_would_change_the_result_is_told_gravest_first_then_in_the_order_of_the_questions():
    groups = explained(background=["clots"], leg=["swollen"]).by_level()

    assert [level.id for level, _ in groups] == ["emergency"]
    assert [f"{change.question.id}.{change.option.id}" for change in groups[0][1]][:3] == [
        "danger.loc_now",
        "danger.jerks",
        "danger.breath",
    ]
    assert [(level.id, len(changes)) for level, changes in explained().by_level()] == [
        ("emergency", 15),
        ("same_day", 13),
        ("appointment_days", 12),
        ("appointment_weeks", 7),
    ]


def test_a_change_names_the_rule_that_it_would_complete():
    changes = explained(background=["clots"]).would_change
    (one,) = [change for change in changes if change.option.id == "one_leg"]

    assert (one.rank, one.level.id) == (3, "same_day")
    assert [reason.text for reason in one.because] == ["Clot risk and always the same leg"]


def test_not_being_sure_is_no_sign_that_could_appear():
    assert [change for change in explained().would_change if change.option.id == UNSURE] == []


def test_a_sign_that_appears_takes_the_place_of_not_being_sure():
    changes = explained(strength=["unsure"]).would_change

    assert [change.level.id for change in changes if change.option.id == "sudden"] == ["emergency"]


def test_what_cannot_be_read_is_not_explained():
    with pytest.raises(AnswersRefusedError):
        explain(ENGINE, {"danger": ["none", "jerks"]})


@given(asked(most_questions=4))
def test_an_explanation_says_what_the_decision_says(case):
    protocol, answers = case
    engine = Engine(protocol)
    decision = engine.decide(answers)
    if not decision.final:
        with pytest.raises(UndecidedError):
            explain(engine, answers)
        return
    found = explain(engine, answers)

    assert found.level.id == decision.level
    assert {reason.rank for reason in found.reasons} == ({decision.rank} - {SELF_CARE})
    assert all(SELF_CARE < reason.rank < decision.rank for reason in found.besides)
    if found.first_aid:
        assert decision.level == "emergency"


@given(asked(complete=True, most_questions=4))
def test_everything_that_would_change_the_result_does_so_and_nothing_is_left_out(case):
    protocol, answers = case
    engine = Engine(protocol)
    rank = engine.decide(answers).rank
    told = {(change.question.id, change.option.id): change for change in explain(engine, answers).would_change}

    assert [change.rank for change in told.values()] == sorted((one.rank for one in told.values()), reverse=True)
    for question in protocol.questions:
        for option in question.options:
            now = answers[question.id]
            if option.id in now or option.id == UNSURE:
                continue
            alone = option.exclusive or question.kind == "single"
            exclusive = {one.id for one in question.options if one.exclusive}
            then = [option.id] if alone else [*(one for one in now if one not in exclusive), option.id]
            expected = engine.decide({**answers, question.id: then}).rank
            change = told.get((question.id, option.id))
            assert (change.rank if change else None) == (expected if expected > rank else None)
            if change:
                assert change.level.id == LEVELS[expected]
                assert change.because
                assert {reason.rank for reason in change.because} == {expected}
