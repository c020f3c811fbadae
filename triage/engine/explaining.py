"""Explaining: which answers and rules led to a result, what to do at once, and what would make it graver."""

from dataclasses import dataclass
from itertools import groupby

from triage.engine.answers import Answers, read
from triage.engine.deciding import Chosen, Engine, chosen_in
from triage.engine.protocol import SELF_CARE, UNSURE, FirstAid, Level, Option, Question, Rule


@dataclass(frozen=True)
class Reason:
    """An answer that was given, or a combination of answers that was met, with the rank that it asks for."""

    rank: int
    question: Question | None = None
    option: Option | None = None
    rule: Rule | None = None

    @property
    def text(self) -> str:
        held = self.option or self.rule
        return held.text if held else ""

    @property
    def references(self) -> list[str]:
        held = self.option or self.rule
        return held.references if held else []


@dataclass(frozen=True)
class Change:
    """An answer that was not given, and the graver rank that it would lead to if it became true.

    `because` is what would ask for that rank then and does not now: the answer itself, or rules that it completes.
    """

    rank: int
    question: Question
    option: Option
    level: Level
    because: list[Reason]


@dataclass(frozen=True)
class Explanation:
    """`reasons` led to the result; `besides` asked for something milder and could not change it; both are in the order
    of the protocol, answers before rules. `would_change`, decided anew for each answer that was not given, is gravest
    first, then in the order of the protocol.
    """

    level: Level
    reasons: list[Reason]
    besides: list[Reason]
    first_aid: list[FirstAid]
    would_change: list[Change]

    def by_level(self) -> list[tuple[Level, list[Change]]]:
        """Return what would change the result under each level that it would lead to, gravest first."""
        return [(level, list(changes)) for level, changes in groupby(self.would_change, lambda change: change.level)]


class UndecidedError(ValueError):
    """Raised while an answer could still change the result: there is nothing to explain before it is final."""


def explain(engine: Engine, given: object) -> Explanation:
    """Return why these answers lead where they lead; raise AnswersRefusedError for what is not a proper answer, and
    UndecidedError for too few of them."""
    answers = read(given, engine.questions)
    decision = engine.decision(answers)
    if not decision.final:
        raise UndecidedError("an answer could still change the result")
    level = engine.protocol.level(decision.rank)
    chosen = chosen_in(answers)
    found = _found(engine, chosen)
    return Explanation(
        level=level,
        reasons=[reason for reason in found if reason.rank == decision.rank],
        besides=[reason for reason in found if reason.rank < decision.rank],
        first_aid=[aid for aid in level.first_aid if chosen.intersection(aid.when)],
        would_change=_changes(engine, answers, decision.rank, found),
    )


def _found(engine: Engine, chosen: Chosen) -> list[Reason]:
    """Every answer given and every rule met that asks for more than self-care."""
    given = [
        Reason(option.rank, question=question, option=option)
        for question in engine.protocol.questions
        for option in question.options
        if f"{question.id}.{option.id}" in chosen
    ]
    met = [Reason(rule.rank, rule=rule) for rule in engine.protocol.rules if chosen.issuperset(rule.when)]
    return [reason for reason in [*given, *met] if reason.rank > SELF_CARE]


def _changes(engine: Engine, answers: Answers, rank: int, found: list[Reason]) -> list[Change]:
    """Not being sure is no sign that could appear later, so it changes nothing here."""
    changes = []
    for question in engine.protocol.questions:
        now = answers.get(question.id, [])
        for option in question.options:
            if option.id in now or option.id == UNSURE:
                continue
            then = chosen_in({**answers, question.id: _with(question, now, option)})
            graver = engine.rank(then)
            if graver > rank:
                because = [reason for reason in _found(engine, then) if reason.rank == graver and reason not in found]
                changes.append(Change(graver, question, option, engine.protocol.level(graver), because))
    return sorted(changes, key=lambda change: -change.rank)


def _with(question: Question, now: list[str], option: Option) -> list[str]:
    """The answers to a question once this option holds too: what cannot stand beside it goes."""
    if option.exclusive or question.kind == "single":
        return [option.id]
    kept = [one.id for one in question.options if one.id in now and not one.exclusive]
    return [*kept, option.id]
