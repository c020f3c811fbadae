"""The bundled protocol as a whole, and what a faulty protocol or a faulty engine is told."""

import random
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest
from msgspec.structs import replace

from articles.canonical.languages import LANGUAGES, Language
from tests.factories.small_protocols import SOURCE, changed, small
from tests.factories.triage import bundled, bundled_file
from tests.triage.engine.verifying.brute_force import WorstWins, chosen, proper_answers
from triage.engine.answers import Answers
from triage.engine.deciding import Chosen, Decision, Engine
from triage.engine.protocol import EMERGENCY, LEVELS, SELF_CARE, Protocol
from triage.engine.verifying.collapsing import MOST_STEPS, Budget, Collapsed, answer_count
from triage.engine.verifying.counting import per_rank
from triage.engine.verifying.verification import Verification, verify

KNOWN = {str(source.id) for source in bundled_file().references.values()}
BUNDLED = {language: bundled(language) for language in LANGUAGES}


@cache
def verified() -> Verification:
    return verify(BUNDLED, KNOWN)


def codes(protocols: dict[Language, Protocol], **options: object) -> set[tuple[str, str]]:
    return {(one.code, one.id) for one in verify(protocols, {SOURCE}, **options).findings}  # type: ignore[arg-type]


def test_nothing_is_wrong_with_the_bundled_protocol() -> None:
    verification = verified()
    assert verification.findings == ()
    assert verification.sound


def test_every_combination_of_the_bundled_protocol_is_counted_once() -> None:
    counts = verified().counts
    assert counts is not None
    total = 1
    for question in bundled().questions:
        total *= len(proper_answers(question))
    assert counts.total == total > 10**17
    assert sum(counts.per_level.values()) == total
    assert list(counts.per_level) == list(LEVELS)
    assert all(number > 0 for number in counts.per_level.values())
    assert sum(counts.asked.values()) == total
    assert (counts.fewest_questions, counts.most_questions) == (1, len(bundled().questions))


def test_every_rule_of_the_bundled_protocol_raises_what_nothing_else_raises() -> None:
    uses = verified().rules
    assert [use.rule for use in uses] == [rule.id for rule in bundled().rules]
    assert all(use.met >= use.decisive >= use.alone > 0 for use in uses)


def test_the_bundled_protocol_takes_an_eighth_of_the_work_that_is_allowed() -> None:
    """A page that an editor saves waits for it: half a second, where all that is allowed takes a few."""
    assert verify(BUNDLED, KNOWN, steps=MOST_STEPS // 8) == verified()


def test_the_same_protocol_gives_the_same_verification() -> None:
    assert verify(BUNDLED, KNOWN) == verified()


@pytest.mark.parametrize("gravest", range(SELF_CARE, EMERGENCY + 1))
def test_whole_combinations_drawn_at_random_end_where_they_must(gravest: int) -> None:
    """Among answers up to a rank, because nearly all combinations hold a red flag."""
    protocol, draw = bundled(), random.Random(gravest)
    engine, decide = Engine(protocol), WorstWins(protocol)
    answers = {
        question.id: [one for one in proper_answers(question) if decide(chosen({question.id: one})) <= gravest]
        for question in protocol.questions
    }
    for _ in range(1000):
        combination = {id: draw.choice(some) for id, some in answers.items()}
        decision = engine.decide(combination)
        assert decision.final
        assert decision.level == LEVELS[decide(chosen(combination))]


@pytest.mark.parametrize("gravest", range(SELF_CARE, EMERGENCY))
def test_what_is_left_open_when_a_result_is_final_changes_nothing(gravest: int) -> None:
    """Not only on the ways that the engine would ask: after any answers to any of the questions."""
    protocol, draw = bundled(), random.Random(gravest)
    engine, decide = Engine(protocol), WorstWins(protocol)
    answers = {question.id: proper_answers(question) for question in protocol.questions}
    mild = {
        id: [one for one in some if decide(chosen({id: one})) <= gravest] for id, some in answers.items()
    }  # fmt: skip
    final = 0
    for _ in range(600):
        given = {id: draw.choice(some) for id, some in mild.items() if draw.random() < 0.9}
        decision = engine.decide(given)
        if not decision.final:
            continue
        final += 1
        for _ in range(10):
            rest = {id: draw.choice(some) for id, some in answers.items() if id not in given}
            assert decide(chosen(given | rest)) == decision.rank
    assert final > 0


def test_the_numbers_of_answers_are_those_of_the_classes() -> None:
    collapsed = Collapsed(bundled())
    for question in bundled().questions:
        number = sum(one.weight for one in collapsed.classes[question.id])
        assert number == answer_count(question) == len(proper_answers(question))
    assert sum(per_rank(collapsed, Budget())) == collapsed.total
    assert collapsed.different > 10**9


def test_a_missing_language_and_a_differing_one_are_found() -> None:
    both = small({"a": {"x": 4, "unsure": "1!"}})
    other = small({"a": {"x": 3, "unsure": "1!"}})
    assert codes({"ru": both["ru"]}) == {("language-missing", "")}
    assert codes({"ru": both["ru"], "en": other["en"]}) == {("languages-differ", "")}
    assert codes({"ru": both["ru"], "en": replace(both["en"], version="1.0.1")}) == {("languages-differ", "")}
    assert verify({}, set()).counts is None
    assert not verify({}, set()).sound


def test_a_protocol_that_the_engine_refuses_is_counted_by_nobody() -> None:
    both = small({"a": {"x": 4, "unsure": "1!"}}, [(4, "a.y")])
    verification = verify(both, {SOURCE})
    assert [(one.code, one.part, one.id) for one in verification.findings] == [("unknown-answer", "rule", "K1")]
    assert verification.counts is None
    assert verification.self_care == ()


def test_values_of_the_wrong_type_are_found_and_break_nothing() -> None:
    both = changed(small({"a": {"x": 4, "unsure": "1!"}}), rules="none", danger=None)
    assert codes(both) == {("wrong-type", "")}


def test_a_question_without_not_sure_and_a_harmless_one_are_found() -> None:
    both = small({"a": {"x": 4, "y": 0}, "b": {"x": 0, "unsure": "0!"}, "c": {"x": 1, "unsure": 2}})
    assert codes(both) == {
        ("unsure-missing", "a"), ("unsure-harmless", "b.unsure"), ("unsure-in-self-care", "b") ,
        ("unsure-beside-others", "c.unsure"),
    } - {("unsure-in-self-care", "b")}  # fmt: skip


def test_whoever_is_not_sure_is_found_in_self_care() -> None:
    verification = verify(
        small({"a": {"x": 4, "y": 0, "z": 0, "unsure": "1!"}, "b": {"x": 0, "unsure": "0!"}}), {SOURCE}
    )
    (found,) = [one for one in verification.findings if one.code == "unsure-in-self-care"]
    # y, z or both, with «not sure» in b.
    assert (found.id, found.params) == ("b", (("combinations", "3"),))


def test_forty_questions_in_a_chain_of_rules_take_a_quarter_of_the_work_that_is_allowed() -> None:
    questions = {f"q{number}": {"x": 1, "y": 0, "none": "0!", "unsure": "2!"} for number in range(40)}
    rules = [(3, f"{one}.x {other}.y") for one, other in pairwise(questions)]
    verification = verify(small(questions, rules), {SOURCE}, steps=MOST_STEPS // 4)
    assert verification.counts is not None
    assert verification.counts.total == 5**40
    assert {one.code for one in verification.findings} <= {"self-care-too-long"}


def test_rules_that_tie_everything_to_everything_are_refused_and_never_hang() -> None:
    questions = {f"q{number}": {f"o{at}": 0 for at in range(39)} | {"unsure": "1!"} for number in range(40)}
    ids = list(questions)
    rules = [
        (3, " ".join(f"{ids[(number * 7 + k * 11) % 40]}.o{(number + k) % 39}" for k in range(10)))
        for number in range(100)
    ]
    verification = verify(small(questions, rules), {SOURCE}, steps=MOST_STEPS // 1000)
    assert [(one.code, one.part) for one in verification.findings] == [("too-entangled", "protocol")]
    assert verification.counts is None
    assert not verification.sound


def test_the_work_is_bounded_by_what_is_asked_for() -> None:
    assert [one.code for one in verify(BUNDLED, KNOWN, steps=1000).findings] == ["too-entangled"]


def test_a_question_with_forty_answers_that_rules_ask_for_is_refused() -> None:
    questions = {"a": {f"o{at}": 0 for at in range(39)} | {"unsure": "1!"}, "b": {"x": 1, "unsure": "1!"}}
    verification = verify(small(questions, [(3, f"a.o{at} b.x") for at in range(39)]), {SOURCE})
    assert [one.code for one in verification.findings] == ["too-entangled"]


def test_a_list_of_self_care_that_nobody_could_sign_is_found() -> None:
    questions = {"a": {f"o{at}": 0 for at in range(9)} | {"unsure": "1!"}, "b": {"x": 1, "none": "0!", "unsure": "1!"}}
    verification = verify(small(questions, [(3, f"a.o{at} b.x") for at in range(9)]), {SOURCE})
    (found,) = verification.findings
    assert (found.code, found.params) == ("self-care-too-long", (("combinations", "511"),))
    assert verification.counts is not None
    assert verification.self_care == ()


class _Averaging(Engine):
    """Lets harmless answers outvote a red flag."""

    def rank(self, chosen: Chosen) -> int:
        ranks = [self._ranks[one] for one in chosen]
        return sum(ranks) // len(ranks) if ranks else SELF_CARE


class _Forgetful(Engine):
    """Reads no rules."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(replace(protocol, rules=[]))


class _Hasty(Engine):
    """Asks one question too few."""

    def decision(self, answers: Answers) -> Decision:
        right = super().decision(answers)
        return Decision(right.rank, right.needed[:-1])


class _Endless(Engine):
    """Asks for more, whatever was answered."""

    def decision(self, answers: Answers) -> Decision:
        right = super().decision(answers)
        return right if right.rank == EMERGENCY else Decision(right.rank, (next(iter(self.questions)),))


class _Careless(Engine):
    """Takes «not sure» for nothing at all."""

    def rank(self, chosen: Chosen) -> int:
        return super().rank(frozenset(one for one in chosen if not one.endswith(".unsure")))


@pytest.mark.parametrize(
    ("engine", "expected"),
    [
        (_Averaging, {"red-flag-outvoted", "engine-disagrees", "milder-for-more"}),
        (_Forgetful, {"engine-disagrees"}),
        (_Hasty, {"stops-early"}),
        (_Endless, {"not-total"}),
        (_Careless, {"unsure-in-self-care", "engine-disagrees"}),
    ],
)
def test_an_engine_that_decides_wrongly_is_found_out(engine: Callable[[Protocol], Engine], expected: set[str]) -> None:
    verification = verify(BUNDLED, KNOWN, engine=engine)
    assert {one.code for one in verification.findings} >= expected
    assert not verification.sound


def test_a_sign_that_stands_alone_is_found() -> None:
    both = small({"a": {"x": "3!", "y": 4, "none": "0!", "unsure": "1!"}})
    assert codes(both) == {("sign-stands-alone", "a.x")}


def test_in_a_question_with_one_answer_every_sign_stands_alone_and_needs_the_reason() -> None:
    both = small({"a": {"x": 3, "y": 0, "unsure": "1!"}}, single=["a"])
    assert codes(both) == set()
    silent = {
        language: replace(protocol, questions=[replace(protocol.questions[0], exclusive_because=" ")])
        for language, protocol in both.items()
    }
    found = verify(silent, {SOURCE}).findings
    assert [(one.code, one.id, one.language) for one in found] == [
        ("single-without-reason", "a", "ru"), ("single-without-reason", "a", "en"),
    ]  # fmt: skip


def test_first_aid_for_an_answer_of_another_level_is_found() -> None:
    both = small({"a": {"x": 4, "y": 3, "unsure": "1!"}}, first_aid=["a.x", "a.y"])
    (found,) = verify(both, {SOURCE}).findings
    assert (found.code, found.id, found.params) == ("first-aid-elsewhere", "emergency[0]", (("answer", "a.y"),))
