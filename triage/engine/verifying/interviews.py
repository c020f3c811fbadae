"""Every way through the questions, as the engine asks them: does stopping early ever change a result?

Lots of answers are taken together when the same questions were answered and they mean the same for the rest. At each
such point the engine says what to ask next. Where it stops, everything that might still have been answered is gone
through, and must lead to the same result.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.engine.deciding import Engine
from triage.engine.verifying.collapsing import Budget, Collapsed, order_of
from triage.engine.verifying.counting import Held, State, Steps, answers_of, fold, total
from triage.engine.verifying.findings import Finding, finding

# The questions that were answered, as a set, and what the answers mean for the rest.
_Point = tuple[frozenset[str], State]


@dataclass(frozen=True)
class Interviews:
    """`asked` is, for each number of questions, how many combinations are decided after just so many.

    `stops` counts the points at which asking ends, each gone through to every end; `findings` are those that end too
    soon.
    """

    asked: Mapping[int, int]
    stops: int
    findings: list[Finding]

    @property
    def shortest(self) -> int:
        return min(self.asked)

    @property
    def longest(self) -> int:
        return max(self.asked)


def interviews(collapsed: Collapsed, engine: Engine, budget: Budget) -> Interviews:
    """Return what was found on every way. Raises TooEntangledError."""
    steps = Steps(collapsed.rules)
    points: dict[_Point, Held] = {(frozenset(), steps.start): Held(1, ())}
    asked: dict[int, int] = {}
    stops = 0
    changed: dict[str, int] = {}
    for number in range(len(collapsed.questions) + 1):
        following: dict[_Point, Held] = {}
        for (answered, state), held in points.items():
            budget.spend(2 * collapsed.cost_of_deciding)
            answers = answers_of(held.example)
            question = engine.ask_next(answers)
            if question is not None and question not in answered:
                _answer(following, collapsed, steps, answered, state, held, question, budget)
                continue
            stops += 1
            left = {id: classes for id, classes in collapsed.classes.items() if id not in answered}
            asked[number] = asked.get(number, 0) + held.weight * total(left)
            decided = engine.decide(answers).rank
            otherwise = _otherwise(collapsed, answered, state, decided, budget)
            if otherwise:
                last = held.example[0] if held.example else ""
                changed[last] = changed.get(last, 0) + held.weight * otherwise
        points = following
    findings = [
        finding("stops-early", "question" if last else "protocol", last, combinations=many)
        for last, many in changed.items()
    ]
    return Interviews(dict(sorted(asked.items())), stops, findings)


def _answer(
    following: dict[_Point, Held],
    collapsed: Collapsed,
    steps: Steps,
    answered: frozenset[str],
    state: State,
    held: Held,
    question: str,
    budget: Budget,
) -> None:
    """Put every answer to the question where it leads."""
    now = answered | {question}
    complete = steps.asking(question) & steps.within(now)
    classes = collapsed.classes[question]
    budget.spend(len(classes) * (2 + len(collapsed.rules) // 4))
    for one in classes:
        point = now, steps.after(state, one.rank, steps.kept(question, one), complete)
        before = following.get(point)
        weight = held.weight * one.weight
        if before is None:
            following[point] = Held(weight, (question, one.example, held.example))
        else:
            following[point] = Held(before.weight + weight, before.example)


def _otherwise(collapsed: Collapsed, answered: frozenset[str], state: State, decided: int, budget: Budget) -> int:
    """How many ways to answer the rest would lead to another result than what was decided."""
    left = order_of([id for id in collapsed.questions if id not in answered], collapsed.rules)
    ends = fold(left, collapsed.classes, collapsed.rules, budget, answered=answered, start=state)
    return sum(held.weight for (rank, _open), held in ends.items() if rank != decided)
