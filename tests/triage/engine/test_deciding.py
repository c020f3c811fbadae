from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.triage import BENIGN, bundled
from tests.triage.engine.strategies import answers_to, asked, completions, proper, protocols, worst
from triage.engine.answers import AnswersRefusedError
from triage.engine.deciding import Decision, Engine
from triage.engine.protocol import EMERGENCY, LEVELS, SELF_CARE

ENGINE = Engine(bundled())


def level(**answers: list[str]) -> str | None:
    """The level of somebody with nothing wrong but this."""
    return ENGINE.decide({**BENIGN, **answers}).level


# Real examples: the bundled protocol as a person would tell of themselves.


def test_somebody_with_an_ordinary_cramp_at_night_can_manage_alone():
    assert level() == "self_care"


def test_somebody_whose_face_drooped_calls_at_once_and_is_asked_nothing_more():
    assert ENGINE.decide({"danger": ["stroke"]}) == Decision(EMERGENCY, ())


def test_a_seizure_more_than_a_day_ago_is_for_today_once_everything_graver_was_asked():
    assert ENGINE.decide({"danger": ["loc_past"]}).level is None
    assert level(danger=["loc_past"]) == "same_day"


def test_a_clot_in_the_past_matters_only_with_pain_always_in_the_same_leg():
    assert level(background=["clots"]) == "self_care"
    assert level(where=["one_leg"]) == "self_care"
    assert level(background=["clots"], where=["one_leg"]) == "same_day"


def test_tingling_round_the_mouth_after_thyroid_surgery_is_an_emergency():
    assert level(feel=["mouth_hands"]) == "same_day"
    assert level(background=["neck_op"]) == "appointment_days"
    assert level(feel=["mouth_hands"], background=["neck_op"]) == "emergency"


def test_many_mild_troubles_add_up_to_nothing_graver():
    mild = {"leg": ["veins"], "feel": ["root"], "strength": ["tremor"], "background": ["diabetes"], "impact": ["often"]}
    assert level(**mild) == "appointment_weeks"


@pytest.mark.parametrize("question", [question.id for question in bundled().questions])
def test_not_being_sure_of_one_thing_never_ends_in_self_care(question):
    assert level(**{question: ["unsure"]}) not in (None, "self_care")


def test_somebody_who_is_sure_of_nothing_is_seen_today():
    assert ENGINE.decide({question.id: ["unsure"] for question in bundled().questions}).level == "same_day"


def test_self_care_is_not_told_before_the_very_last_needed_answer():
    for question in BENIGN:
        decision = ENGINE.decide({id: answer for id, answer in BENIGN.items() if id != question})

        assert decision == Decision(SELF_CARE, (question,))
        assert decision.level is None


def test_red_flags_are_asked_before_all_else():
    first = ENGINE.decide({}).needed

    assert [ENGINE.questions[id].text for id in first[:2]] == [
        "Есть ли что-то из этого сейчас или было во время судороги?",
        "Осмотрите и потрогайте обе ноги, когда судороги нет. Что из этого есть?",
    ]
    assert first[-3:] == ("duration", "trigger", "impact")
    assert ENGINE.most_questions == len(first) == 12


def test_what_could_only_lead_to_something_milder_is_not_asked_any_more():
    answers = {"danger": ["jerk_one"], "leg": ["none"], "general": ["none"], "feel": ["none"], "strength": ["ok"]}
    # Today already. Only what may still be an emergency is asked: also the half of a rule that is still possible.
    assert ENGINE.decide(answers).needed == ("where", "meds", "exposure")

    answers |= {"where": ["legs"]}
    # Tetanus after a wound needs cramps beyond the legs, so the wound does not matter now.
    assert ENGINE.decide(answers).needed == ("meds",)

    answers |= {"meds": ["none"]}
    assert ENGINE.decide(answers).level == "same_day"


def test_an_interview_ends_and_asks_no_question_twice():
    for answer in ("none", "unsure"):
        answers: dict[str, list[str]] = {}
        asked_for = []
        while question := ENGINE.ask_next(answers):
            asked_for.append(question)
            options = [option.id for option in ENGINE.questions[question].options]
            answers[question] = [answer if answer in options else options[0]]
        assert len(asked_for) == len(set(asked_for)) <= ENGINE.most_questions
        assert ENGINE.decide(answers).final


def test_the_order_of_questions_and_answers_changes_nothing():
    parts = [("leg", ["sore", "veins"]), ("background", ["clots", "diabetes"]), ("where", ["one_leg", "legs"])]
    found = {
        ENGINE.decide({id: list(reversed(answer)) if turned else answer for id, answer in order})
        for order in permutations(parts)
        for turned in (False, True)
    }
    assert len(found) == 1


def test_an_answer_that_cannot_be_read_decides_nothing():
    with pytest.raises(AnswersRefusedError):
        ENGINE.decide({"danger": ["stroke", "none"]})
    with pytest.raises(AnswersRefusedError):
        ENGINE.ask_next({"danger": ["strok"]})


# Properties, for every protocol of good form.


@given(asked(complete=True))
def test_all_questions_answered_is_always_a_result_and_the_worst_of_what_was_read(case):
    protocol, answers = case

    assert Engine(protocol).decide(answers) == Decision(worst(protocol, answers), ())


@given(asked(most_questions=3, most_options=3))
def test_a_result_is_final_exactly_when_no_completion_could_change_it(case):
    protocol, answers = case
    decision = Engine(protocol).decide(answers)
    reached = {worst(protocol, complete) for complete in completions(protocol, answers)}

    assert decision.rank == worst(protocol, answers)
    assert decision.final == (reached == {decision.rank})
    assert decision.level == (LEVELS[decision.rank] if decision.final else None)


@given(asked(most_questions=6, most_options=6), st.data())
def test_a_final_result_stays_whatever_else_is_answered(case, data):
    protocol, answers = case
    engine = Engine(protocol)
    decision = engine.decide(answers)
    more = {**data.draw(answers_to(protocol, complete=True)), **answers}

    assert engine.decide(more).rank >= decision.rank
    if decision.final:
        assert engine.decide(more).rank == decision.rank


@given(asked(most_questions=6), st.data())
def test_one_more_sign_never_makes_the_result_milder(case, data):
    protocol, answers = case
    engine = Engine(protocol)
    free = [
        (question.id, option.id)
        for question in protocol.questions
        if question.kind == "multi" and not _alone(question, answers)
        for option in question.options
        if not option.exclusive and option.id not in answers.get(question.id, [])
    ]
    if free:
        question, option = data.draw(st.sampled_from(free))
        more = {**answers, question: [*answers.get(question, []), option]}
        assert engine.decide(more).rank >= engine.decide(answers).rank


def _alone(question, answers) -> bool:
    return any(option.exclusive and option.id in answers.get(question.id, []) for option in question.options)


@given(asked(), st.data())
def test_answers_in_another_order_are_the_same_answers(case, data):
    protocol, answers = case
    turned = {id: data.draw(st.permutations(answers[id])) for id in data.draw(st.permutations(list(answers)))}

    assert Engine(protocol).decide(turned) == Engine(protocol).decide(answers)


@given(asked(most_questions=6), st.data())
def test_rules_in_another_order_are_the_same_rules(case, data):
    protocol, answers = case
    before = Engine(protocol).decide(answers)
    protocol.rules[:] = data.draw(st.permutations(protocol.rules))

    assert Engine(protocol).decide(answers) == before


@given(protocols(most_questions=6), st.data())
def test_every_interview_ends_with_a_result_and_asks_the_gravest_first(protocol, data):
    engine = Engine(protocol)
    complete = data.draw(answers_to(protocol, complete=True))
    answers: dict[str, list[str]] = {}
    while question := engine.ask_next(answers):
        assert question not in answers
        alone = {one.id: max(option.rank for option in one.options) for one in protocol.questions}
        if any(alone[one] == EMERGENCY for one in engine.decide(answers).needed):
            could = alone[question] == EMERGENCY or any(
                rule.rank == EMERGENCY and any(answer.startswith(f"{question}.") for answer in rule.when)
                for rule in protocol.rules
            )
            assert could
        answers[question] = complete[question]

    assert engine.decide(answers).rank == engine.decide(complete).rank
    assert engine.decide(answers).level == LEVELS[worst(protocol, complete)]


# Whatever a form or a call is bent into, it never reaches less than the same answers given properly.


class Bent(dict):
    pass


def _bent(answers: dict, question: str, data) -> object:
    chosen = answers[question]
    return data.draw(
        st.sampled_from(
            [
                {**answers, question: chosen[0]},
                {**answers, question: tuple(chosen)},
                {**answers, question: dict.fromkeys(chosen, True)},
                {**answers, question: [chosen]},
                {**answers, question: [*chosen, chosen[0]]},
                {**answers, question: [*chosen, "none"]},
                {**answers, question: [*chosen, "unsure"]},
                {**answers, question: ["none", *chosen]},
                {**answers, question: [*chosen, "o3"]},
                {**answers, question: [one.upper() for one in chosen]},
                {**answers, question: [f"{one} " for one in chosen]},
                {**answers, question: [f"{question}.{one}" for one in chosen]},
                {**answers, question: [*chosen[:-1], chosen[-1] + "\x00"]},
                {**answers, question: [*chosen[:-1], None]},
                {**answers, question: [*chosen, False]},
                {**answers, question: []},
                {**answers, question: None},
                {**answers, question.upper(): chosen},
                {**answers, f"{question}\n": chosen},
                {**answers, f"{question}[]": chosen},
                {**answers, "level": ["self_care"]},
                {**answers, "final": True},
                {**answers, 0: chosen},
                {id: answer for id, answer in answers.items() if id != question},
                Bent(answers),
                list(answers.items()),
                [answers],
            ]
        )
    )


@st.composite
def _nearly_benign(draw):
    """Somebody with next to nothing wrong: where a bent answer has most to gain."""
    answers = dict(BENIGN)
    for question in draw(st.lists(st.sampled_from(bundled().questions), max_size=2)):
        answers[question.id] = draw(st.sampled_from(proper(question)))
    return bundled(), answers


@given(asked(complete=True, most_questions=5) | _nearly_benign(), st.data())
def test_answers_bent_out_of_shape_are_refused_or_lead_to_nothing_milder(case, data):
    protocol, answers = case
    engine = Engine(protocol)
    given_properly = engine.decide(answers).rank
    bent = _bent(answers, data.draw(st.sampled_from(list(answers))), data)

    try:
        decision = engine.decide(bent)
    except AnswersRefusedError:
        return
    assert decision.level is None or decision.rank >= given_properly
