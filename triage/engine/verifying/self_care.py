"""Every combination of answers that ends in self-care, as rows that a clinician can read and sign.

A row names for each question the answers that mean the same there: some that were all given, and some of which any
selection may stand beside them. Rows never overlap, and together they are every such combination and no other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from articles.canonical import canonical_json
from triage.engine.protocol import SELF_CARE, Protocol, Question

# More than anybody would read before signing.
MOST_ROWS = 500
# Rows are found by going through questions one by one; rules may end many ways that looked open.
_MOST_WAYS = 200_000


class TooManyRowsError(Exception):
    """Raised for a protocol whose self-care list nobody could sign."""


@dataclass(frozen=True)
class Choice:
    """Answers to one question that have the same effect on everything.

    Either one of `alone`, by itself; or all of `all_of` together with any selection of `any_of`, at least one in all.
    """

    question: str
    alone: tuple[str, ...]
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many answers these are."""
        beside = 2 ** len(self.any_of) - (not self.all_of)
        return len(self.alone) + beside

    def answers(self) -> Iterator[tuple[str, ...]]:
        """Yield each of the answers, as option ids."""
        for one in self.alone:
            yield (one,)
        for size in range(0 if self.all_of else 1, len(self.any_of) + 1):
            for more in combinations(self.any_of, size):
                yield (*self.all_of, *more)


@dataclass(frozen=True)
class SelfCareRow:
    """One row to sign. `key` is a digest of what it names, so it stays the same for as long as that does."""

    key: str
    choices: tuple[Choice, ...]
    count: int

    def combinations(self) -> Iterator[dict[str, list[str]]]:
        """Yield every single combination of the row, as answers that the engine reads."""
        for chosen in product(*(tuple(choice.answers()) for choice in self.choices)):
            yield {choice.question: list(one) for choice, one in zip(self.choices, chosen, strict=True)}


def self_care_rows(protocol: Protocol) -> tuple[SelfCareRow, ...]:
    """Return the rows in the order of the protocol's questions and answers.

    Raises TooManyRowsError beyond MOST_ROWS. Questions and rules must be sound: rules name answers that there are.
    """
    asked_for = {answer for rule in protocol.rules for answer in rule.when}
    raising = [frozenset(rule.when) for rule in protocol.rules if rule.rank > SELF_CARE]
    choices = [_choices(question, asked_for) for question in protocol.questions]
    rows = []
    for found in _ways(choices, raising):
        rows.append(SelfCareRow(_key(found), found, prod(choice.count for choice in found)))
        if len(rows) > MOST_ROWS:
            raise TooManyRowsError
    return tuple(rows)


def self_care_combinations(rows: Sequence[SelfCareRow]) -> Iterator[dict[str, list[str]]]:
    """Yield every single combination that ends in self-care, row by row."""
    for row in rows:
        yield from row.combinations()


def self_care_digest(rows: Sequence[SelfCareRow]) -> str:
    """Return SHA-256 of the whole list, whatever the order of its rows."""
    return canonical_json.digest(sorted(row.key for row in rows))


def _choices(question: Question, asked_for: set[str]) -> list[Choice]:
    """The answers to a question that raise nothing by themselves, grouped by what rules ask for."""
    harmless = [option for option in question.options if option.rank == SELF_CARE]
    single = question.kind == "single"
    ruled = {option.id for option in harmless if f"{question.id}.{option.id}" in asked_for}
    beside = [option.id for option in harmless if not (single or option.exclusive)]
    plain = tuple(id for id in beside if id not in ruled)
    alone = [option.id for option in harmless if single or option.exclusive]
    # What no rule asks for is one group, whether it stands alone or not.
    free = tuple(id for id in alone if id not in ruled)
    groups = [Choice(question.id, free, (), plain)] if free or plain else []
    groups += [Choice(question.id, (id,), (), ()) for id in alone if id in ruled]
    marked = [id for id in beside if id in ruled]
    if 2 ** len(marked) > _MOST_WAYS:
        raise TooManyRowsError
    for size in range(1, len(marked) + 1):
        groups += [Choice(question.id, (), held, plain) for held in combinations(marked, size)]
    return groups


def _ways(choices: list[list[Choice]], raising: list[frozenset[str]]) -> Iterator[tuple[Choice, ...]]:
    """Every way through the questions on which no rule that raises is met."""
    steps = 0

    def onward(place: int, taken: tuple[Choice, ...], chosen: frozenset[str]) -> Iterator[tuple[Choice, ...]]:
        nonlocal steps
        steps += 1
        if steps > _MOST_WAYS:
            raise TooManyRowsError
        if place == len(choices):
            yield taken
            return
        for choice in choices[place]:
            # Of a group of answers none is asked for by a rule, unless the group is that one answer.
            certain = choice.all_of or (choice.alone if not choice.any_of and len(choice.alone) == 1 else ())
            now = chosen | {f"{choice.question}.{id}" for id in certain}
            if not any(rule <= now for rule in raising):
                yield from onward(place + 1, (*taken, choice), now)

    return onward(0, (), frozenset())


def _key(choices: Sequence[Choice]) -> str:
    named: Mapping[str, object] = {
        choice.question: {
            "alone": sorted(choice.alone), "all_of": sorted(choice.all_of), "any_of": sorted(choice.any_of)
        }
        for choice in choices
    }  # fmt: skip
    return canonical_json.digest(named)
