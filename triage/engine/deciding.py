"""Deciding: the worst of every answer given and every combination met, and what must still be asked.

In the terms of DMN: one table, hit policy COLLECT with MAX. There are no scores and no order of rules, so nothing that
somebody answers can make the result milder.
"""

from dataclasses import dataclass
from functools import cached_property

from triage.engine.answers import Answers, read
from triage.engine.protocol import EMERGENCY, LEVELS, Protocol, Question

Chosen = frozenset[str]


@dataclass(frozen=True)
class Decision:
    """`rank` is the worst found so far. It is the result only when it is `final`: nothing that is still unanswered
    could change it. `needed` are the questions that could, in the order in which they should be asked."""

    rank: int
    needed: tuple[str, ...]

    @property
    def final(self) -> bool:
        return not self.needed

    @property
    def level(self) -> str | None:
        """The level, None as long as an answer could still change it."""
        return LEVELS[self.rank] if self.final else None


@dataclass(frozen=True)
class _Combination:
    rank: int
    when: Chosen
    questions: frozenset[str]


class Engine:
    """A protocol made ready for deciding. It keeps nothing of what it is asked."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self.questions: dict[str, Question] = {question.id: question for question in protocol.questions}
        self._ranks = {
            f"{question.id}.{option.id}": option.rank for question in protocol.questions for option in question.options
        }
        self._worst = {question.id: max(one.rank for one in question.options) for question in protocol.questions}
        self._combinations = [
            _Combination(rule.rank, frozenset(rule.when), frozenset(one.partition(".")[0] for one in rule.when))
            for rule in protocol.rules
        ]

    def decide(self, given: object) -> Decision:
        """Return how soon help is needed after these answers (question id to a list of option ids).

        Raises AnswersRefusedError, with every problem and its place, for anything that is not a proper answer.
        """
        return self.decision(read(given, self.questions))

    def ask_next(self, given: object) -> str | None:
        """Return the id of the question to ask next, None when no answer could change the result any more.

        Questions that may still lead to the gravest result come first, so red flags are asked before all else.
        """
        needed = self.decide(given).needed
        return needed[0] if needed else None

    def decision(self, answers: Answers) -> Decision:
        """Return the same for answers that were read already."""
        chosen = chosen_in(answers)
        rank = self._rank(chosen)
        return Decision(rank, () if rank == EMERGENCY else self._needed(answers, chosen, rank))

    @cached_property
    def most_questions(self) -> int:
        """How many questions anybody is asked at most."""
        return len(self.decision({}).needed)

    def _rank(self, chosen: Chosen) -> int:
        ranks = self._ranks
        rank = max((ranks[one] for one in chosen), default=0)
        for combination in self._combinations:
            if combination.rank > rank and combination.when <= chosen:
                rank = combination.rank
        return rank

    def _needed(self, answers: Answers, chosen: Chosen, rank: int) -> tuple[str, ...]:
        """The open questions that could still raise the rank: by an answer alone, or by a combination whose other
        answers were given or are open too."""
        reach = {id: worst for id, worst in self._worst.items() if id not in answers}
        for combination in self._combinations:
            if combination.rank <= rank:
                continue
            missing = {one.partition(".")[0] for one in combination.when - chosen}
            if all(question in reach for question in missing):
                for question in missing:
                    reach[question] = max(reach[question], combination.rank)
        # Sorting is stable: questions of equal reach stay in the order of the protocol.
        return tuple(sorted((id for id, most in reach.items() if most > rank), key=lambda id: -reach[id]))


def chosen_in(answers: Answers) -> Chosen:
    """Return every chosen answer as `question.option`."""
    return frozenset(f"{question}.{option}" for question, options in answers.items() for option in options)
