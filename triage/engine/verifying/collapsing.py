"""Answers that no result can tell apart, taken together and counted.

An answer to a question (a set of its options) enters into a decision in two ways only: by the greatest rank among its
options, and by which of them a rule asks for. Answers alike in both are one class. Its weight is the number of answers
in it, counted option by option and never by listing them: an option that may stand beside others doubles what is there,
with it and without it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from triage.engine.protocol import Protocol, Question

# What two cores do in a few seconds. A protocol beyond it is refused, and never verified by halves.
MOST_CLASSES = 2_000
MOST_STEPS = 4_000_000


class TooEntangledError(Exception):
    """Raised when rules tie so many questions together that going through every combination would take too long."""


class Budget:
    """How many steps of work are left; shared by everything that one verification does."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Raise TooEntangledError once nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise TooEntangledError


@dataclass(frozen=True)
class AnswerClass:
    """Answers to one question that differ in nothing that decides. `met` holds a bit for each option that a rule asks
    for, `weight` says how many answers there are, `example` is one of the shortest and `fullest` the longest."""

    rank: int
    met: int
    weight: int
    example: tuple[str, ...]
    fullest: tuple[str, ...]


@dataclass(frozen=True)
class CollapsedRule:
    """`when` is what the rule asks of each question, as bits of `AnswerClass.met`."""

    id: str
    rank: int
    when: Mapping[str, int]


class Collapsed:
    """A protocol in classes of answers. Its ids must be sound: rules name answers that there are.

    Raises TooEntangledError for a question with too many classes.
    """

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        asked_for = sorted({answer for rule in protocol.rules for answer in rule.when})
        self.bits: Mapping[str, int] = {answer: 1 << place for place, answer in enumerate(asked_for)}
        self.questions: tuple[str, ...] = tuple(question.id for question in protocol.questions)
        self.classes: dict[str, tuple[AnswerClass, ...]] = {
            question.id: tuple(_classes(question, self.bits)) for question in protocol.questions
        }
        self.rules = tuple(
            CollapsedRule(rule.id, rule.rank, _per_question(rule.when, self.bits)) for rule in protocol.rules
        )

    @property
    def cost_of_deciding(self) -> int:
        """As how many steps one decision of the engine counts: it looks at every question and every rule."""
        return 2 * len(self.questions) + len(self.rules)

    @property
    def total(self) -> int:
        """How many combinations of answers there are."""
        return prod(sum(one.weight for one in classes) for classes in self.classes.values())

    @property
    def different(self) -> int:
        """How many combinations there are when answers of one class count once."""
        return prod(len(classes) for classes in self.classes.values())


def answer_count(question: Question) -> int:
    """Return how many proper answers a question has."""
    if question.kind == "single":
        return len(question.options)
    alone = sum(option.exclusive for option in question.options)
    return alone + 2 ** (len(question.options) - alone) - 1


def order_of(questions: Iterable[str], rules: Iterable[CollapsedRule]) -> list[str]:
    """Return the questions in an order that keeps few rules open at a time: always the one that leaves fewest."""
    left, order = list(questions), []
    ties = [set(rule.when) for rule in rules if len(rule.when) > 1]
    done: set[str] = set()

    def open_after(question: str) -> int:
        now = done | {question}
        return sum(1 for tie in ties if tie & now and not tie <= now)

    while left:
        # Of equals the first, so the order is the same every time.
        chosen = min(left, key=open_after)
        order.append(chosen)
        done.add(chosen)
        left.remove(chosen)
    return order


def _per_question(when: Iterable[str], bits: Mapping[str, int]) -> dict[str, int]:
    asked: dict[str, int] = {}
    for answer in when:
        question = answer.partition(".")[0]
        asked[question] = asked.get(question, 0) | bits[answer]
    return asked


# What is known of a class while it is counted: weight, a short answer, the longest.
_Counted = tuple[int, tuple[str, ...], tuple[str, ...]]


def _classes(question: Question, bits: Mapping[str, int]) -> list[AnswerClass]:
    found: dict[tuple[int, int], _Counted] = {}
    alone = [one for one in question.options if question.kind == "single" or one.exclusive]
    beside = [one for one in question.options if not (question.kind == "single" or one.exclusive)]
    # Nothing chosen yet, which is no answer by itself: it has no rank.
    sets: dict[tuple[int, int], _Counted] = {(-1, 0): (1, (), ())}
    for option in beside:
        bit = bits.get(f"{question.id}.{option.id}", 0)
        for (rank, met), (weight, short, long) in list(sets.items()):
            _add(sets, (max(rank, option.rank), met | bit), weight, (*short, option.id), (*long, option.id))
        if len(sets) > MOST_CLASSES:
            raise TooEntangledError
    del sets[(-1, 0)]
    for key, counted in sets.items():
        _add(found, key, *counted)
    for option in alone:
        key = (option.rank, bits.get(f"{question.id}.{option.id}", 0))
        _add(found, key, 1, (option.id,), (option.id,))
    return [AnswerClass(rank, met, *counted) for (rank, met), counted in sorted(found.items())]


def _add(
    into: dict[tuple[int, int], _Counted],
    key: tuple[int, int],
    weight: int,
    short: tuple[str, ...],
    long: tuple[str, ...],
) -> None:
    before, shortest, longest = into.get(key, (0, short, long))
    into[key] = (before + weight, min(shortest, short, key=len), max(longest, long, key=len))
