from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.triage import BENIGN, bundled
from tests.triage.engine.strategies import protocols
from triage.engine.deciding import Engine
from triage.engine.faults import ProtocolFaultyError, can_be_met, faults
from triage.engine.protocol import LEVELS, Protocol, Rule


def changed(change: Callable[[dict], object]) -> Protocol:
    """The bundled protocol with a change to its plain data, checked by nobody, as code could make one."""
    plain = msgspec.to_builtins(bundled())
    change(plain)
    return msgspec.convert(plain, Protocol)


def with_option(**fields: object) -> Protocol:
    """The bundled protocol whose first answer has other fields, of any type."""
    protocol = changed(lambda plain: None)
    question = protocol.questions[0]
    question.options[0] = msgspec.structs.replace(question.options[0], **fields)
    return protocol


def found(protocol: object) -> list[tuple[str, str, str]]:
    return [(fault.code, fault.place, fault.got) for fault in faults(protocol)]


def test_the_bundled_protocol_may_decide():
    assert faults(bundled("ru")) == faults(bundled("en")) == []


def set_when(plain: dict, when: list[str]) -> None:
    plain["rules"][2]["when"] = when


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda one: one.update(questions=[], rules=[]), [
            ("no-questions", "questions", ""),
            *[("unknown-answer", f"levels[0].first_aid[{number}].when[{at}]", answer) for number, at, answer in
              [(0, 0, "danger.loc_now"), (0, 1, "danger.jerks"), (1, 0, "leg.cold"), (1, 1, "leg.tense")]],
        ]),
        (lambda one: one["questions"][11].update(options=[]), [("no-options", "questions[11].options", "impact")]),
        (lambda one: one["questions"].append(one["questions"][11]), [("repeated-id", "questions[12].id", "impact")]),
        (lambda one: one["questions"][11]["options"].append(one["questions"][11]["options"][0]), [
            ("repeated-id", "questions[11].options[3].id", "rare"),
        ]),
        (lambda one: one["questions"][11].update(id="im.pact"), [("not-an-id", "questions[11].id", "im.pact")]),
        (lambda one: one["questions"][11].update(id="impact\n"), [("not-an-id", "questions[11].id", "impact")]),
        (lambda one: one["questions"][11].update(id=""), [("not-an-id", "questions[11].id", "…")]),
        (lambda one: one["questions"][11].update(id="влияние"), [("not-an-id", "questions[11].id", "влияние")]),
        (lambda one: one["questions"][11]["options"][0].update(rank=5), [
            ("not-a-rank", "questions[11].options[0].rank", "5"),
        ]),
        (lambda one: one["questions"][11]["options"][0].update(rank=-1), [
            ("not-a-rank", "questions[11].options[0].rank", "-1"),
        ]),
        (lambda one: one["rules"][0].update(rank=9), [("not-a-rank", "rules[0].rank", "9")]),
        (lambda one: one["rules"][0].update(id="k01"), [("not-an-id", "rules[0].id", "k01")]),
        (lambda one: one["rules"].append(one["rules"][0]), [("repeated-id", "rules[17].id", "K01")]),
        (lambda one: set_when(one, []), [("no-answers", "rules[2].when", "")]),
        (lambda one: set_when(one, ["background.clots", "background.clots"]), [
            ("repeated-answer", "rules[2].when[1]", "background.clots"),
        ]),
        (lambda one: set_when(one, ["background.clots", "where.left_leg"]), [
            ("unknown-answer", "rules[2].when[1]", "where.left_leg"),
        ]),
        (lambda one: set_when(one, ["clots", "where"]), [
            ("unknown-answer", "rules[2].when[0]", "clots"),
            ("unknown-answer", "rules[2].when[1]", "where"),
        ]),
        (lambda one: set_when(one, ["K03", "K01"]), [
            ("names-a-rule", "rules[2].when[0]", "K03"),
            ("names-a-rule", "rules[2].when[1]", "K01"),
        ]),
        (lambda one: set_when(one, [f"meds.x{n}" for n in range(11)]), [("too-many", "rules[2].when", "11")]),
        (lambda one: one["levels"].pop(), [("level-missing", "levels", "self_care")]),
        (lambda one: one["levels"].append(one["levels"][0]), [("repeated-id", "levels[5].id", "emergency")]),
        (lambda one: one["levels"].__setitem__(1, one["levels"][0]), [
            ("repeated-id", "levels[1].id", "emergency"),
            ("level-missing", "levels", "same_day"),
        ]),
        (lambda one: one["levels"][0]["first_aid"][1].update(when=[]), [
            ("no-answers", "levels[0].first_aid[1].when", ""),
        ]),
        (lambda one: one["levels"][1]["first_aid"].append(one["levels"][0]["first_aid"][1]), [
            ("first-aid-not-for-emergencies", "levels[1].first_aid[0]", "same_day"),
        ]),
    ],
)  # fmt: skip
def test_a_protocol_of_bad_form_is_refused_with_the_place_of_every_fault(change, expected):
    protocol = changed(change)

    assert found(protocol) == expected
    with pytest.raises(ProtocolFaultyError) as refusal:
        Engine(protocol)
    assert refusal.value.faults == faults(protocol)
    assert str(refusal.value).startswith(f"{expected[0][1]}: {expected[0][0]}")


class Cunning(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"rank": True}, "questions[0].options[0].rank"),
        ({"rank": "4"}, "questions[0].options[0].rank"),
        ({"rank": 4.0}, "questions[0].options[0].rank"),
        ({"rank": None}, "questions[0].options[0].rank"),
        ({"rank": float("nan")}, "questions[0].options[0].rank"),
        ({"exclusive": 0}, "questions[0].options[0].exclusive"),
        ({"exclusive": "no"}, "questions[0].options[0].exclusive"),
        ({"id": 7}, "questions[0].options[0].id"),
        ({"references": "NHS"}, "questions[0].options[0].references"),
    ],
)
def test_a_value_of_the_wrong_type_is_a_fault(fields, place):
    (fault,) = faults(with_option(**fields))

    assert (fault.code, fault.place) == ("wrong-type", place)


@pytest.mark.parametrize("fields", [{"rank": 10**40}, {"rank": object()}, {"id": Cunning("loc_now")}, {"rank": [4]}])
def test_stranger_values_than_that_are_faults_too(fields):
    (fault,) = faults(with_option(**fields))

    assert fault.code in ("wrong-type", "not-a-rank")


@pytest.mark.parametrize("protocol", [None, {}, [], "protocol", 4, object()])
def test_what_is_no_protocol_at_all_is_a_fault(protocol):
    assert [fault.code for fault in faults(protocol)] == ["wrong-type"]


def test_ten_thousand_questions_are_too_many():
    def many(plain: dict) -> None:
        small = {**plain["questions"][11], "options": plain["questions"][11]["options"][:1]}
        plain["questions"] += [{**small, "id": f"q{number}"} for number in range(10_000)]

    assert ("too-many", "questions", "10012") in found(changed(many))


def test_a_rule_of_a_hundred_thousand_answers_is_told_at_once():
    assert found(changed(lambda plain: set_when(plain, ["background.clots"] * 100_000))) == [
        ("too-many", "rules[2].when", "100000")
    ]


@pytest.mark.parametrize(
    ("when", "possible"),
    [
        (["meds.statin", "meds.diuretic"], True),
        (["meds.statin", "leg.sore"], True),
        (["meds.none"], True),
        (["meds.none", "leg.none"], True),
        (["meds.none", "meds.statin"], False),
        (["duration.short", "duration.unsure"], False),
        (["impact.rare", "impact.often"], False),
    ],
)
def test_a_rule_whose_answers_exclude_each_other_is_met_by_nobody(when, possible):
    questions = {question.id: question for question in bundled().questions}

    assert can_be_met(Rule("K99", 4, when, "", []), questions) is possible


def test_a_rule_that_nobody_can_meet_keeps_no_question_open():
    protocol = changed(lambda plain: set_when(plain, ["duration.short", "duration.unsure", "impact.rare"]))
    graver = changed(lambda plain: plain["rules"][2].update(rank=4, when=["impact.rare", "impact.often"]))

    for one in (protocol, graver):
        answers = {**BENIGN, "leg": ["swollen"]}
        del answers["impact"]
        assert Engine(one).decide(answers).level == "same_day"


@given(protocols())
def test_made_up_protocols_of_good_form_have_no_fault(protocol):
    assert faults(protocol) == []


@given(protocols(), st.data())
def test_a_fault_is_found_wherever_it_is(protocol, data):
    question = data.draw(st.sampled_from(protocol.questions))
    number = data.draw(st.integers(0, len(question.options) - 1))
    wrong = data.draw(st.sampled_from([-1, len(LEVELS), 99]))
    question.options[number] = msgspec.structs.replace(question.options[number], rank=wrong)

    place = f"questions[{protocol.questions.index(question)}].options[{number}].rank"
    assert found(protocol) == [("not-a-rank", place, str(wrong))]
