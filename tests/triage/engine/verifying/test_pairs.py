"""Every answer to every two questions, listed and decided one by one, against the verifier's classes and the engine."""

from collections import Counter
from itertools import combinations

import pytest

from tests.factories.triage import BENIGN, bundled
from tests.triage.engine.verifying.brute_force import WorstWins, proper_answers
from triage.engine.deciding import Engine
from triage.engine.protocol import EMERGENCY
from triage.engine.verifying.collapsing import AnswerClass, Budget, Collapsed
from triage.engine.verifying.counting import per_rank

PROTOCOL = bundled("en")
COLLAPSED = Collapsed(PROTOCOL)
UNANSWERED = AnswerClass(rank=0, met=0, weight=1, example=(), fullest=())


def benign(question: str) -> AnswerClass:
    """The class of the benign answer, counted as that one answer."""
    (option,) = BENIGN[question]
    bit = COLLAPSED.bits.get(f"{question}.{option}", 0)
    return AnswerClass(rank=0, met=bit, weight=1, example=(option,), fullest=(option,))


@pytest.mark.parametrize("rest", ["benign", "unanswered"])
def test_classes_and_engine_agree_with_every_answer_to_every_two_questions(rest: str) -> None:
    decide, engine = WorstWins(PROTOCOL), Engine(PROTOCOL)
    answers = {
        question.id: [frozenset(f"{question.id}.{id}" for id in one) for one in proper_answers(question)]
        for question in PROTOCOL.questions
    }
    compared, wrong = 0, []
    for first, second in combinations(answers, 2):
        others = [id for id in answers if id not in (first, second)]
        held = frozenset(f"{id}.{BENIGN[id][0]}" for id in others) if rest == "benign" else frozenset()
        together = [held | one | other for one in answers[first] for other in answers[second]]
        ranks = [decide(chosen) for chosen in together]
        listed = Counter(ranks)
        classes = {id: [benign(id) if rest == "benign" else UNANSWERED] for id in others}
        counted = per_rank(
            COLLAPSED,
            Budget(),
            classes=classes | {first: COLLAPSED.classes[first], second: COLLAPSED.classes[second]},
        )
        compared += listed.total()
        if [listed[rank] for rank in range(EMERGENCY + 1)] != counted:
            wrong.append((first, second, "counted otherwise"))
        if [engine.rank(chosen) for chosen in together] != ranks:
            wrong.append((first, second, "decided otherwise"))
    assert wrong == []
    assert compared == sum(len(answers[a]) * len(answers[b]) for a, b in combinations(answers, 2))
    assert compared > 200_000
