"""Small protocols of every kind: what the verifier counts is what comes out when every combination is tried."""

import os
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.canonical.languages import Language
from tests.factories.small_protocols import SOURCE, small
from tests.triage.engine.verifying.brute_force import WorstWins, all_combinations, chosen
from triage.engine.deciding import Engine
from triage.engine.protocol import EMERGENCY, LEVELS, SELF_CARE, UNSURE, Protocol
from triage.engine.verifying.findings import Finding
from triage.engine.verifying.self_care import self_care_combinations
from triage.engine.verifying.verification import Verification, verify

Both = dict[Language, Protocol]

# Each example is gone through by the verifier and the long way round; make soak has more of them.
MANY = 600 if "ROUNDS" in os.environ else 50

RANKS = st.integers(SELF_CARE, EMERGENCY)
OPTIONS = ["x", "y", "z", "none", UNSURE]


@st.composite
def protocols(draw: st.DrawFn) -> Both:
    """Up to three questions; any ranks, anything alone or not, rules within a question and against each other."""
    questions = {}
    for id in ["a", "b", "c"][: draw(st.integers(1, 3))]:
        options = draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=4, unique=True))
        questions[id] = {one: f"{draw(RANKS)}{draw(st.sampled_from(['', '', '!']))}" for one in options}
    answers = [f"{id}.{option}" for id, options in questions.items() for option in options]
    whens = st.lists(st.sampled_from(answers), min_size=1, max_size=3, unique=True)
    rules = [(draw(RANKS), " ".join(draw(whens))) for _ in range(draw(st.integers(0, 4)))]
    single = draw(st.lists(st.sampled_from(sorted(questions)), max_size=1))
    return small(questions, rules, single=single)


def found(verification: Verification, code: str) -> set[str]:
    return {one.id for one in verification.findings if one.code == code}


@settings(max_examples=MANY)
@given(both=protocols())
def test_counts_are_those_of_every_combination_tried(both: Both) -> None:
    protocol = both["en"]
    decide, combinations = WorstWins(protocol), list(all_combinations(protocol))
    verification = verify(both, {SOURCE})
    counts = verification.counts
    assert counts is not None
    ranks = Counter(decide(chosen(one)) for one in combinations)
    assert counts.total == len(combinations)
    assert dict(counts.per_level) == {level: ranks[rank] for rank, level in enumerate(LEVELS)}
    listed = Counter(chosen(one) for one in self_care_combinations(verification.self_care))
    assert listed == Counter(chosen(one) for one in combinations if decide(chosen(one)) == SELF_CARE)
    assert sum(row.count for row in verification.self_care) == counts.self_care == listed.total()


@settings(max_examples=MANY)
@given(both=protocols())
def test_rules_are_useful_where_trying_every_combination_says_so(both: Both) -> None:
    protocol = both["en"]
    decide, combinations = WorstWins(protocol), [chosen(one) for one in all_combinations(protocol)]
    verification = verify(both, {SOURCE})
    for rule, use in zip(protocol.rules, verification.rules, strict=True):
        without = WorstWins(protocol, without=rule.id)
        met = [one for one in combinations if one.issuperset(rule.when)]
        assert use.met == len(met)
        assert use.decisive == sum(decide(one) == rule.rank > SELF_CARE for one in met)
        assert use.alone == sum(without(one) < decide(one) for one in combinations)
        assert (rule.id in found(verification, "rule-dead")) == (use.decisive == 0)
        redundant = all(without(one) == decide(one) for one in combinations)
        assert (rule.id in found(verification, "rule-dead") | found(verification, "rule-redundant")) == redundant


@settings(max_examples=MANY)
@given(both=protocols())
def test_asking_ends_where_every_way_through_the_questions_ends(both: Both) -> None:
    """Somebody is asked one question after the other; what is left open can change nothing."""
    protocol = both["en"]
    engine, decide = Engine(protocol), WorstWins(protocol)
    asked: Counter[int] = Counter()
    for combination in all_combinations(protocol):
        given: dict[str, list[str]] = {}
        while (question := engine.ask_next(given)) is not None:
            given[question] = combination[question]
        asked[len(given)] += 1
        assert engine.decide(given).level == LEVELS[decide(chosen(combination))]
    verification = verify(both, {SOURCE})
    assert verification.counts is not None
    assert dict(verification.counts.asked) == dict(asked)
    assert found(verification, "stops-early") == set()


@settings(max_examples=MANY)
@given(both=protocols())
def test_whoever_is_not_sure_ends_in_self_care_only_where_it_is_said(both: Both) -> None:
    protocol = both["en"]
    decide = WorstWins(protocol)
    careless: Counter[str] = Counter()
    for combination in all_combinations(protocol):
        if decide(chosen(combination)) == SELF_CARE:
            careless.update(question for question, options in combination.items() if options == [UNSURE])
    said = [one for one in verify(both, {SOURCE}).findings if one.code == "unsure-in-self-care"]
    assert {one.id: int(dict(one.params)["combinations"]) for one in said} == dict(careless)


def test_the_engine_never_breaks_what_it_promises_in_any_of_them() -> None:
    """The promises are the engine's own: none depends on the protocol."""
    broken = {"not-total", "engine-disagrees", "red-flag-outvoted", "milder-for-more", "stops-early"}

    @settings(max_examples=MANY)
    @given(both=protocols())
    def every(both: Both) -> None:
        assert [one for one in verify(both, {SOURCE}).findings if one.code in broken] == []

    every()


@pytest.mark.parametrize(
    ("both", "expected"),
    [
        (small({"a": {"x": 4, "none": "0!", "unsure": "1!"}}), []),
        (
            small({"a": {"x": 4, "none": "0!", "unsure": "1!"}}, [(3, "a.none a.unsure")]),
            # `none` may be chosen alone only, and a rule makes a sign of it.
            [("sign-stands-alone", "a.none"), ("rule-dead", "K1")],
        ),
        (
            small({"a": {"x": 3, "unsure": "1!"}, "b": {"y": 1, "unsure": "1!"}}, [(2, "a.x b.y")]),
            [("rule-dead", "K1")],
        ),
        (
            small({"a": {"x": 3, "unsure": "1!"}, "b": {"y": 1, "unsure": "1!"}}, [(3, "a.x b.y")]),
            [("rule-redundant", "K1")],
        ),
        (
            small({"a": {"x": 0, "unsure": "1!"}, "b": {"y": 0, "unsure": "1!"}}, [(3, "a.x b.y"), (3, "a.x b.y")]),
            [("rule-redundant", "K1"), ("rule-redundant", "K2")],
        ),
        (
            # A chain: with a.x and b.y the milder rule is always outdone, and c.z changes nothing any more.
            small(
                {"a": {"x": 1, "unsure": "1!"}, "b": {"y": 1, "unsure": "1!"}, "c": {"z": 1, "unsure": "1!"}},
                [(3, "a.x b.y"), (2, "a.x b.y c.z")],
            ),
            [("rule-dead", "K2")],
        ),
        (
            small({"a": {"x": 1, "unsure": "1!"}, "b": {"y": 1, "unsure": "1!"}}, [(0, "a.x b.y")]),
            [("rule-dead", "K1")],
        ),
    ],
    ids=[
        "one question",
        "contradiction",
        "milder than an answer",
        "as an answer",
        "twice",
        "outdone",
        "raises nothing",
    ],
)
def test_ugly_protocols_are_told_apart(both: Both, expected: list[tuple[str, str]]) -> None:
    assert [(one.code, one.id) for one in verify(both, {SOURCE}).findings] == expected


def test_findings_are_values_that_can_be_compared_and_kept_in_sets() -> None:
    assert len({Finding("rule-dead", "rule", "K1"), Finding("rule-dead", "rule", "K1")}) == 1
