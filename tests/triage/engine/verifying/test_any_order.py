"""A partner's program may answer any questions in any order: what is called final is so, and nothing else is.

`ROUNDS` in the environment (make soak) tries it with all questions of the bundled protocol at once: half a million
points that differ. Otherwise with some of them, drawn with a seed.
"""

import os
import random
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from tests.factories.triage import bundled
from triage.engine.deciding import Engine
from triage.engine.protocol import EMERGENCY, Protocol
from triage.engine.verifying.collapsing import Collapsed, order_of
from triage.engine.verifying.counting import Example, State, Steps, answers_of

SOAKING = "ROUNDS" in os.environ
ALL = [question.id for question in bundled().questions]
SOME = [ALL] if SOAKING else [random.Random(seed).sample(ALL, 8) for seed in range(4)]


def only(questions: Sequence[str]) -> Protocol:
    """The bundled protocol without the other questions, and without the rules that ask for them."""
    protocol = bundled()
    return replace(
        protocol,
        questions=[one for one in protocol.questions if one.id in questions],
        rules=[one for one in protocol.rules if {when.partition(".")[0] for when in one.when} <= set(questions)],
        levels=[replace(level, first_aid=[]) for level in protocol.levels],
    )


@pytest.mark.parametrize("questions", SOME, ids="-".join)
def test_a_result_is_final_exactly_when_no_answer_left_could_change_it(questions: list[str]) -> None:
    protocol = only(questions)
    engine, points = Engine(protocol), Points(protocol)
    wrong = []
    for answered, states in points.of.items():
        for state, example in states.items():
            decision, worst = engine.decide(answers_of(example)), points.worst[answered, state]
            if decision.rank != state[0] or decision.final != (worst == state[0]):
                wrong.append((answers_of(example), decision, worst))
    assert wrong == []
    assert len(points.of) == 2 ** len(questions)


class Points:
    """Every set of answered questions (a bit each) with the states that answers lead to, and the worst that each of
    them can still become."""

    def __init__(self, protocol: Protocol) -> None:
        collapsed = Collapsed(protocol)
        self.questions = order_of(collapsed.questions, collapsed.rules)
        self.steps = Steps(collapsed.rules)
        self.answers = {
            id: [(one.rank, self.steps.kept(id, one), one.example) for one in classes]
            for id, classes in collapsed.classes.items()
        }
        self.of: dict[int, dict[State, Example]] = {0: {self.steps.start: ()}}
        everything = 2 ** len(self.questions) - 1
        for answered in range(1, everything + 1):
            self.of[answered] = self._reached(answered)
        self.worst: dict[tuple[int, State], int] = {}
        for answered in range(everything, -1, -1):
            for state in self.of[answered]:
                self.worst[answered, state] = self._worst(answered, state, everything)

    def _complete(self, question: str, answered: int) -> int:
        """The rules that ask something of this question and of no open one."""
        known = [id for place, id in enumerate(self.questions) if answered >> place & 1]
        return self.steps.asking(question) & self.steps.within(known)

    def _reached(self, answered: int) -> dict[State, Example]:
        last = answered.bit_length() - 1
        question = self.questions[last]
        complete = self._complete(question, answered)
        found: dict[State, Example] = {}
        for state, before in self.of[answered ^ (1 << last)].items():
            for rank, kept, example in self.answers[question]:
                found.setdefault(self.steps.after(state, rank, kept, complete), (question, example, before))
        return found

    def _worst(self, answered: int, state: State, everything: int) -> int:
        if state[0] == EMERGENCY or answered == everything:
            return state[0]
        place = next(place for place in range(len(self.questions)) if not answered >> place & 1)
        question, now = self.questions[place], answered | 1 << place
        complete = self._complete(question, now)
        return max(
            self.worst[now, self.steps.after(state, rank, kept, complete)]
            for rank, kept, _example in self.answers[question]
        )
