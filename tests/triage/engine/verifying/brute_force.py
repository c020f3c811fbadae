"""The long way round: every answer listed, every combination decided on its own. Shares nothing with the verifier."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from triage.engine.protocol import Protocol, Question

Combination = dict[str, list[str]]


def proper_answers(question: Question) -> list[list[str]]:
    """Every answer that somebody may give to a question, option by option as the protocol has them."""
    if question.kind == "single":
        return [[option.id] for option in question.options]
    alone = [[option.id] for option in question.options if option.exclusive]
    others = [option.id for option in question.options if not option.exclusive]
    return alone + [list(some) for size in range(1, len(others) + 1) for some in combinations(others, size)]


def all_combinations(protocol: Protocol) -> Iterator[Combination]:
    ids = [question.id for question in protocol.questions]
    for answers in product(*(proper_answers(question) for question in protocol.questions)):
        yield dict(zip(ids, answers, strict=True))


def chosen(combination: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(f"{question}.{option}" for question, options in combination.items() for option in options)


class WorstWins:
    """The rule of the protocol in its plainest form: the worst of all that was chosen and all that came together."""

    def __init__(self, protocol: Protocol, *, without: str = "") -> None:
        self.ranks = {f"{one.id}.{option.id}": option.rank for one in protocol.questions for option in one.options}
        self.rules = [(rule.rank, frozenset(rule.when)) for rule in protocol.rules if rule.id != without]

    def __call__(self, chosen: frozenset[str]) -> int:
        answers = [self.ranks[answer] for answer in chosen]
        rules = [rank for rank, when in self.rules if when <= chosen]
        return max(answers + rules, default=0)
