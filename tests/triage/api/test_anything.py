"""Whatever is sent to be decided on: the engine's own answer or a refusal, never a fault, never a lower level."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories.triage import BENIGN, bundled, shelve_protocol
from tests.services.examples import examples
from tests.triage.api.conftest import Asker
from triage.engine.deciding import Engine
from triage.engine.protocol import LEVELS

# The fixture's database is only read from, so examples do not disturb each other.
anything = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(60)
)

ENGINE = Engine(bundled("en"))


@pytest.fixture
def live(decide: Asker, demonstration: None) -> Asker:
    """A partner of a live protocol, which examples only read."""
    shelve_protocol()
    return decide


def proper(question: Any) -> st.SearchStrategy[list[str]]:
    """Answers to a question that somebody could give."""
    alone = [[option.id] for option in question.options]
    if question.kind == "single":
        return st.sampled_from(alone)
    free = [option.id for option in question.options if not option.exclusive]
    return st.one_of(st.sampled_from(alone), st.lists(st.sampled_from(free), min_size=1, max_size=4, unique=True))


PROPER = st.fixed_dictionaries({}, optional={one.id: proper(one) for one in bundled("en").questions})
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
IDS = st.sampled_from(
    [*BENIGN, *(option.id for one in bundled("en").questions for option in one.options), "language", "answers"]
)


def rank(answer: dict[str, Any]) -> int:
    return LEVELS.index(answer["level"])


@anything
@given(answers=PROPER)
@example(answers={})
@example(answers=dict(BENIGN))
def test_proper_answers_are_decided_as_the_engine_decides(live: Asker, answers: dict[str, list[str]]) -> None:
    expected = ENGINE.decide(answers)
    answer = live(answers)
    assert (answer["level"], answer["final"], answer["at_most"]) == (
        expected.level,
        expected.final,
        len(expected.needed),
    )
    assert answer["next"] == (expected.needed[0] if expected.needed else None)


def spoilt(draw: Any, answers: dict[str, Any]) -> Any:
    """These answers with something wrong in them, as a broken or hostile program would send them."""
    question = draw(st.sampled_from(sorted(BENIGN)))
    given_now = answers.get(question, [])
    wrong = draw(
        st.sampled_from(
            [
                {**answers, question: draw(JSON_VALUES)},
                {**answers, question: [*given_now, draw(JSON_VALUES)]},
                {**answers, question: [*given_now, draw(IDS)]},
                {**answers, question: [*given_now, *given_now, "none"]},
                {**answers, draw(st.text(max_size=12)): ["none"]},
                {**answers, question: {"0": "none"}},
                {**answers, question: [given_now]},
                list(answers.items()),
                json.dumps(answers),
            ]
        )
    )
    return wrong


@anything
@given(data=st.data(), answers=PROPER)
def test_spoilt_answers_never_reach_a_lower_level_than_the_proper_ones(
    live: Asker, data: Any, answers: dict[str, list[str]]
) -> None:
    wrong = spoilt(data.draw, answers)
    response = live.send(json.dumps({"language": "en", "answers": wrong}))
    assert response.status_code in {200, 400}
    if response.status_code == 200:
        # It became a proper set of answers by chance: then it says what these answers say.
        answer = json.loads(response.content)
        assert answer["level"] == ENGINE.decide(wrong).level
        kept = isinstance(wrong, dict) and all(
            set(chosen) <= set(wrong.get(one, [])) for one, chosen in answers.items()
        )
        if answer["final"] and kept:
            assert rank(answer) >= ENGINE.decide(answers).rank


@anything
@given(answers=PROPER, question=st.sampled_from(sorted(BENIGN)))
def test_a_question_given_twice_in_one_object_is_never_decided(
    live: Asker, answers: dict[str, list[str]], question: str
) -> None:
    members = [*answers.items(), (question, ["none"]), (question, ["unsure"])]
    text = ",".join(f"{json.dumps(name)}:{json.dumps(chosen)}" for name, chosen in members)
    live.send(f'{{"language":"en","answers":{{{text}}}}}', 400)


@anything
@given(answers=PROPER, more=PROPER)
def test_nothing_that_is_answered_later_changes_what_was_final(
    live: Asker, answers: dict[str, list[str]], more: dict[str, list[str]]
) -> None:
    before = live(answers)
    after = live({**more, **answers})
    if before["final"]:
        assert after["final"]
        assert rank(after) == rank(before)
    if before["level"] == "emergency":
        assert after["level"] == "emergency"


@anything
@given(body=JSON_VALUES)
def test_any_json(live: Asker, body: Any) -> None:
    assert live.send(json.dumps(body)).status_code == 400


@anything
@given(language=JSON_VALUES, edition=JSON_VALUES, country=JSON_VALUES, answers=JSON_VALUES)
def test_any_members(live: Asker, language: Any, edition: Any, country: Any, answers: Any) -> None:
    for members in ({"language": language}, {"edition": edition}, {"country": country}, {"answers": answers}):
        body = {"language": "en", "answers": {"danger": ["breath"]}} | members
        response = live.send(json.dumps(body))
        assert response.status_code in {200, 400, 409}
        if response.status_code == 200:
            assert json.loads(response.content)["level"] in {"emergency", None}


@anything
@given(content=st.binary(max_size=200))
@example(content=b"\xef\xbb\xbf{}")
@example(content=b'{"language":"en","answers":{"danger":["breath"]}}\x00')
def test_any_bytes(live: Asker, content: bytes) -> None:
    assert live.send(content or b" ").status_code == 400
