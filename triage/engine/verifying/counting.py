"""Going through every combination of answers at once: questions one by one, keeping only what still matters.

After some questions two lots of answers are the same for all that follows when their greatest rank is the same and so
are the rules that can still be met and would still raise it. Such lots are kept as one state with the number of
combinations in it. So nothing is left out and nothing is counted twice, and the numbers add up to the product of the
answers of all questions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from triage.engine.protocol import LEVELS, SELF_CARE
from triage.engine.verifying.collapsing import AnswerClass, Budget, Collapsed, CollapsedRule, order_of

Classes = Mapping[str, Sequence[AnswerClass]]

# Greatest rank so far, and a bit for each rule that may still be met and would raise it.
State = tuple[int, int]

# One answer to each question so far, the last first.
Example = tuple[str, tuple[str, ...], "Example"] | tuple[()]


@dataclass(frozen=True)
class Held:
    """How many combinations lead to a state, and one of them."""

    weight: int
    example: Example


class Steps:
    """What answers to a question do to a state, whatever was answered before."""

    def __init__(self, rules: Sequence[CollapsedRule]) -> None:
        self.rules = rules
        self.above = [
            sum(1 << place for place, rule in enumerate(rules) if rule.rank > rank) for rank in range(len(LEVELS))
        ]
        self.ranked = [
            (rank, mask)
            for rank in sorted({rule.rank for rule in rules}, reverse=True)
            if (mask := sum(1 << place for place, rule in enumerate(rules) if rule.rank == rank))
        ]

    @property
    def start(self) -> State:
        return SELF_CARE, self.above[SELF_CARE]

    def asking(self, question: str) -> int:
        """Return the rules that ask something of a question, as bits."""
        return sum(1 << place for place, rule in enumerate(self.rules) if question in rule.when)

    def within(self, questions: Iterable[str]) -> int:
        """Return the rules that ask nothing of any question but these, as bits."""
        known = set(questions)
        return sum(1 << place for place, rule in enumerate(self.rules) if known.issuperset(rule.when))

    def kept(self, question: str, answer: AnswerClass) -> int:
        """Return the rules that may still be met after an answer, as bits."""
        return sum(
            1 << place
            for place, rule in enumerate(self.rules)
            if (asked := rule.when.get(question, 0)) & answer.met == asked
        )

    def after(self, state: State, rank: int, kept: int, complete: int) -> State:
        """Return the state after an answer; `complete` are the rules that no open question is left for."""
        rank = max(rank, state[0])
        alive = state[1] & kept
        met = alive & complete
        if met:
            for highest, mask in self.ranked:
                if met & mask:
                    rank = max(rank, highest)
                    break
        # What was met asks for no more than the rank, so it is not open any longer either.
        return rank, alive & self.above[rank]


def fold(
    order: Sequence[str],
    classes: Classes,
    rules: Sequence[CollapsedRule],
    budget: Budget,
    *,
    answered: Iterable[str] = (),
    start: State | None = None,
) -> dict[State, Held]:
    """Return the states after every question in `order`, each with the number of combinations that lead there.

    `start` is the state after the questions in `answered`. A rule that asks something of any other question outside
    `order` stays open. Raises TooEntangledError.
    """
    steps = Steps(rules)
    states = {start or steps.start: Held(1, ())}
    known = set(answered)
    for question in order:
        known.add(question)
        complete = steps.asking(question) & steps.within(known)
        # Each rule is looked at for each class, several times as fast as a step.
        budget.spend(len(classes[question]) * (1 + len(rules) // 4))
        answers = _alike(steps, question, classes[question])
        budget.spend(len(states) * len(answers))
        following: dict[State, int] = {}
        examples: dict[State, Example] = {}
        for state, held in states.items():
            for rank, kept, weight, example in answers:
                now = steps.after(state, rank, kept, complete)
                following[now] = following.get(now, 0) + held.weight * weight
                if now not in examples:
                    examples[now] = (question, example, held.example)
        states = {state: Held(weight, examples[state]) for state, weight in following.items()}
    return states


def per_rank(
    collapsed: Collapsed,
    budget: Budget,
    *,
    classes: Classes | None = None,
    rules: Sequence[CollapsedRule] | None = None,
) -> list[int]:
    """Return how many combinations end at each rank, mildest first; among these classes and by these rules only."""
    rules = collapsed.rules if rules is None else rules
    chosen = collapsed.classes if classes is None else classes
    order = order_of(collapsed.questions, rules)
    states = fold(order, chosen, rules, budget)
    counts = [0] * len(LEVELS)
    for (rank, _open), held in states.items():
        counts[rank] += held.weight
    return counts


def total(classes: Classes) -> int:
    """Return how many combinations these classes hold."""
    return prod(sum(one.weight for one in answers) for answers in classes.values())


def answers_of(example: Example) -> dict[str, list[str]]:
    """Return an example as answers that the engine reads."""
    answers: dict[str, list[str]] = {}
    while example:
        question, chosen, example = example
        answers[question] = list(chosen)
    return answers


def _alike(steps: Steps, question: str, answers: Sequence[AnswerClass]) -> list[tuple[int, int, int, tuple[str, ...]]]:
    """Answers of one question that these rules cannot tell apart, as rank, rules kept, weight and an example."""
    found: dict[tuple[int, int], tuple[int, tuple[str, ...]]] = {}
    for one in answers:
        key = (one.rank, steps.kept(question, one))
        weight, example = found.get(key, (0, one.example))
        found[key] = (weight + one.weight, example)
    return [(rank, kept, weight, example) for (rank, kept), (weight, example) in found.items()]
