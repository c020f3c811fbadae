import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.triage import BENIGN, bundled
from tests.triage.engine.strategies import asked
from triage.engine.answers import AnswerProblem, AnswersRefusedError, read

QUESTIONS = {question.id: question for question in bundled().questions}


class Deceitful(dict):
    """Says nothing when it is looked through, and something else when it is asked."""

    def items(self):
        return iter(())


class Loud(str):
    """A string that is equal to nothing, not even to itself."""

    __slots__ = ()

    def __eq__(self, other):
        return False

    __hash__ = str.__hash__


def refused(answers: object) -> list[AnswerProblem]:
    with pytest.raises(AnswersRefusedError) as refusal:
        read(answers, QUESTIONS)
    return refusal.value.problems


def test_answers_come_back_in_the_order_of_the_protocol():
    given = {"leg": ["veins", "sore"], "danger": ["none"]}

    assert list(read(given, QUESTIONS).items()) == [("danger", ["none"]), ("leg", ["sore", "veins"])]


def test_what_was_read_stays_as_it_was_whatever_happens_to_what_was_sent():
    sent = {"danger": ["none"]}
    answers = read(sent, QUESTIONS)

    sent["danger"].append("stroke")

    assert answers == {"danger": ["none"]}


def test_nothing_at_all_is_a_proper_answer_to_nothing():
    assert read({}, QUESTIONS) == {}


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        (None, [("not-an-object", "", "None")]),
        ([], [("not-an-object", "", "list")]),
        ("danger", [("not-an-object", "", "danger")]),
        (Deceitful(danger=["stroke"]), [("not-an-object", "", "Deceitful")]),
        (MappingProxyType({"danger": ["none"]}), [("not-an-object", "", "mappingproxy")]),
        ({"dangr": ["none"]}, [("unknown-question", "dangr", "")]),
        ({"DANGER": ["none"]}, [("unknown-question", "DANGER", "")]),
        ({"danger ": ["none"]}, [("unknown-question", "danger", "")]),
        ({"": ["none"]}, [("unknown-question", "…", "")]),
        ({1: ["none"]}, [("unknown-question", "1", "")]),
        ({True: ["none"]}, [("unknown-question", "True", "")]),
        ({None: ["none"]}, [("unknown-question", "None", "")]),
        ({Loud("danger"): ["none"]}, [("unknown-question", "Loud", "")]),
        ({"danger": "none"}, [("not-a-list", "danger", "none")]),
        ({"danger": ("none",)}, [("not-a-list", "danger", "tuple")]),
        ({"danger": {"none": True}}, [("not-a-list", "danger", "dict")]),
        ({"danger": None}, [("not-a-list", "danger", "None")]),
        ({"danger": []}, [("nothing-chosen", "danger", "")]),
        ({"danger": [True]}, [("not-an-id", "danger[0]", "True")]),
        ({"danger": ["stroke", 7]}, [("not-an-id", "danger[1]", "7")]),
        ({"danger": [float("nan")]}, [("not-an-id", "danger[0]", "nan")]),
        ({"danger": [10**5000]}, [("not-an-id", "danger[0]", "int")]),
        ({"danger": [["stroke"]]}, [("not-an-id", "danger[0]", "list")]),
        ({"danger": [{"stroke": {}}]}, [("not-an-id", "danger[0]", "dict")]),
        ({"danger": [Loud("none")]}, [("not-an-id", "danger[0]", "Loud")]),
        ({"danger": ["None"]}, [("unknown-option", "danger[0]", "None")]),
        ({"danger": ["none\n"]}, [("unknown-option", "danger[0]", "none")]),
        ({"danger": ["danger.none"]}, [("unknown-option", "danger[0]", "danger.none")]),
        ({"danger": ["nоne"]}, [("unknown-option", "danger[0]", "nоne")]),  # A Cyrillic о.
        ({"danger": ["stroke", "stroke"]}, [("chosen-twice", "danger[1]", "stroke")]),
        ({"impact": ["rare", "often"]}, [("one-only", "impact", "rare, often")]),
        ({"danger": ["stroke", "none"]}, [("not-beside-others", "danger", "none")]),
        ({"danger": ["unsure", "stroke"]}, [("not-beside-others", "danger", "unsure")]),
        ({"danger": ["none", "unsure"]}, [("not-beside-others", "danger", "none")]),
    ],
)  # fmt: skip
def test_what_is_no_proper_answer_is_refused_with_its_place(answers, problems):
    assert refused(answers) == [AnswerProblem(*problem) for problem in problems]


def test_every_problem_is_told_at_once():
    answers = {"danger": ["strok", "none", 1], "leg": [], "foo": ["bar"], "impact": ["rare", "often"]}

    assert [(problem.code, problem.place) for problem in refused(answers)] == [
        ("unknown-option", "danger[0]"),
        ("not-an-id", "danger[2]"),
        ("nothing-chosen", "leg"),
        ("unknown-question", "foo"),
        ("one-only", "impact"),
    ]


def test_of_a_flood_of_problems_fifty_are_told():
    assert len(refused({f"q{number}": [] for number in range(100_000)})) == 50
    assert len(refused({"danger": [0] * 100_000})) == 50
    assert len(refused({"danger": ["none"] * 100_000})) == 50


@pytest.mark.parametrize("answer", ["\ud800", "a\x00b", "\u202enone", "none" * 1_000_000])
def test_what_is_shown_of_an_answer_is_short_and_can_be_written(answer):
    for problem in [*refused({"danger": [answer]}), *refused({answer: ["none"]}), *refused({"danger": answer})]:
        shown = problem.place + problem.got

        assert len(shown) < 80
        assert json.dumps(shown, ensure_ascii=False).encode().decode().count("\\u") == 0
        assert not set(shown) & set("\ud800\x00\u202e")


def test_the_words_of_a_refusal_name_no_answer():
    with pytest.raises(AnswersRefusedError) as refusal:
        read({"danger": ["loc_now", "none"], "у меня судороги": ["да"], "leg": ["cold", "cold"]}, QUESTIONS)

    assert str(refusal.value) == "not-beside-others, unknown-question, chosen-twice"


_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([*QUESTIONS, "none", "unsure"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.sampled_from([*QUESTIONS]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_anything)
def test_anything_is_either_read_or_refused(value):
    problems = []
    try:
        answers = read(value, QUESTIONS)
    except AnswersRefusedError as refusal:
        answers, problems = None, refusal.problems

    assert bool(problems) == (answers is None)
    assert json.dumps([[problem.place, problem.got] for problem in problems], ensure_ascii=False).encode()
    if answers is not None:
        assert answers == {id: sorted(chosen, key=_place(id)) for id, chosen in value.items()}


def _place(id: str):
    return [option.id for option in QUESTIONS[id].options].index


@given(asked())
def test_proper_answers_lose_nothing_by_being_read(case):
    protocol, answers = case
    found = read(answers, {question.id: question for question in protocol.questions})

    assert {id: set(chosen) for id, chosen in found.items()} == {id: set(chosen) for id, chosen in answers.items()}
    assert read(dict(found), {question.id: question for question in protocol.questions}) == found


def test_the_answers_of_the_tests_are_proper():
    assert read(dict(BENIGN), QUESTIONS) == BENIGN
