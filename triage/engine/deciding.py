"""Deciding: the worst of every answer given and every combination met, and what must still be asked.

In the terms of DMN: one table, hit policy COLLECT with MAX. There are no scores and no order of rules, so nothing that
somebody answers can make the result milder.
"""

from dataclasses import dataclass
from functools import cached_property

from triage.engine.answers import Answers, read
from triage.engine.faults import ProtocolFaultyError, can_be_met, faults
from triage.engine.protocol import EMERGENCY, LEVELS, SELF_CARE, Protocol, Question

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


class Engine:
    """A protocol made ready for deciding. It keeps nothing of what it is asked.

    Raises ProtocolFaultyError for a protocol by which nobody may be asked (`faults`).
    """

    def __init__(self, protocol: Protocol) -> None:
        if found := faults(protocol):
            raise ProtocolFaultyError(found)
        self.protocol = protocol
        self.questions: dict[str, Question] = {question.id: question for question in protocol.questions}
        options = [(question.id, option) for question in protocol.questions for option in question.options]
        self._ranks = {f"{question}.{option.id}": option.rank for question, option in options}
        self._worst = {question.id: max(one.rank for one in question.options) for question in protocol.questions}
        # Each answer of a rule with its question.
        self._combinations = [
            (rule.rank, frozenset(rule.when), [(answer, answer.partition(".")[0]) for answer in rule.when])
            for rule in protocol.rules
            if can_be_met(rule, self.questions)
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
        return next(iter(self.decide(given).needed), None)

    def decision(self, answers: Answers) -> Decision:
        """Return the same for answers that were read already (`answers.read`)."""
        chosen = chosen_in(answers)
        rank = self.rank(chosen)
        return Decision(rank, () if rank == EMERGENCY else self._needed(answers, chosen, rank))

    def rank(self, chosen: Chosen) -> int:
        """Return the worst rank of these answers (`question.option`) and of every combination that they meet."""
        rank = max([self._ranks[one] for one in chosen], default=SELF_CARE)
        for more, when, _ in self._combinations:
            if more > rank and when <= chosen:
                rank = more
        return rank

    @cached_property
    def most_questions(self) -> int:
        """How many questions anybody is asked at most."""
        return len(self.decision({}).needed)

    def _needed(self, answers: Answers, chosen: Chosen, rank: int) -> tuple[str, ...]:
        """The open questions that could still raise the rank: by an answer alone, or by a combination whose other
        answers were given or are open too."""
        reach = {id: worst for id, worst in self._worst.items() if id not in answers}
        if not reach:
            return ()
        for more, _, when in self._combinations:
            if more > rank:
                missing = [question for answer, question in when if answer not in chosen]
                if answers.keys().isdisjoint(missing):
                    reach |= {question: max(reach[question], more) for question in missing}
        # Sorting is stable: questions of equal reach stay in the order of the protocol.
        return tuple(sorted((id for id, most in reach.items() if most > rank), key=lambda id: -reach[id]))


def chosen_in(answers: Answers) -> Chosen:
    """Return every chosen answer as `question.option`."""
    return frozenset(f"{question}.{option}" for question, options in answers.items() for option in options)
