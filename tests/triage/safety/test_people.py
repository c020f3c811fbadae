"""People for whom the questions could go wrong in a way of their own. Answers are written from what each hazard says,
and the expected levels from the sources of the protocol, not from its ranks."""

import pytest

from tests.factories.triage import BENIGN, bundled
from triage.engine.deciding import Engine
from triage.engine.protocol import LEVELS, UNSURE


def level(**answers: list[str]) -> str | None:
    return Engine(bundled()).decide({**BENIGN, **answers}).level


def at_least(expected: str, got: str | None) -> bool:
    return got is not None and LEVELS.index(got) >= LEVELS.index(expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"background": ["pregnant"]}, "appointment_weeks"),
        ({"background": ["pregnant"], "where": ["one_leg"]}, "same_day"),
        ({"background": ["pregnant"], "leg": ["unsure"]}, "same_day"),
        ({"background": ["pregnant"], "leg": ["veins"]}, "same_day"),
        ({"background": ["pregnant"], "leg": ["swollen"]}, "same_day"),
        ({"background": ["pregnant"], "general": ["pregnancy_signs"]}, "emergency"),
        # Who has the signs and did not say that she is pregnant.
        ({"general": ["pregnancy_signs"]}, "emergency"),
    ],
)
def test_pregnancy_never_ends_in_self_care_and_its_signs_come_sooner(
    answers: dict[str, list[str]], expected: str
) -> None:
    assert at_least(expected, level(**answers))


@pytest.mark.parametrize("question", [question.id for question in bundled().questions])
def test_whoever_is_not_sure_of_one_thing_never_ends_in_self_care(question: str) -> None:
    assert at_least("appointment_weeks", level(**{question: [UNSURE]}))


def test_whoever_answers_for_another_and_does_not_know_the_danger_signs_is_sent_today() -> None:
    assert at_least("same_day", level(danger=[UNSURE]))


def test_not_knowing_is_a_choice_of_every_question_and_stands_alone() -> None:
    found = {
        question.id: [option.exclusive for option in question.options if option.id == UNSURE]
        for question in bundled().questions
    }
    assert found == {question.id: [True] for question in bundled().questions}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # A seizure of somebody with known epilepsy: the questions know no such person, so they are cautious.
        ({"danger": ["jerks"]}, "emergency"),
        ({"danger": ["loc_past"]}, "same_day"),
        ({"background": ["organs"]}, "appointment_days"),
        ({"background": ["organs"], "strength": ["twitch"]}, "same_day"),
        ({"background": ["diabetes"], "leg": ["sore"]}, "same_day"),
        ({"background": ["vessels"], "leg": ["cold"]}, "emergency"),
        ({"meds": ["statin"], "general": ["muscle_pain"]}, "same_day"),
        ({"meds": ["quinine_bleed"]}, "emergency"),
    ],
)
def test_an_illness_that_somebody_knows_of_never_makes_a_sign_milder(
    answers: dict[str, list[str]], expected: str
) -> None:
    assert at_least(expected, level(**answers))


def test_a_second_complaint_never_hides_the_first() -> None:
    """The worst of all wins: whoever has much to say is not averaged."""
    one = level(leg=["swollen"])
    much = level(
        leg=["swollen", "veins"], trigger=["night", "load"], feel=["root"], impact=["often"], meds=["diuretic"]
    )
    assert (one, much) == ("same_day", "same_day")


def test_answers_may_come_in_any_order() -> None:
    answers = {**BENIGN, "danger": ["loc_past", "jerk_one"], "leg": ["sore"], "background": ["diabetes", "organs"]}
    turned = {question: list(reversed(chosen)) for question, chosen in reversed(answers.items())}
    engine = Engine(bundled())
    assert engine.decide(turned) == engine.decide(answers)
