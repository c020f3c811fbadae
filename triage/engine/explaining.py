"""Explaining: which answers and rules led to a result, what to do at once, and what would make it graver."""

from dataclasses import dataclass

from triage.engine.answers import Answers
from triage.engine.deciding import Engine, chosen_in
from triage.engine.protocol import UNSURE, FirstAid, Level, Option, Question, Rule


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
    """An answer that was not given, and the graver rank that it would lead to if it became true."""

    rank: int
    question: Question
    option: Option


@dataclass(frozen=True)
class Explanation:
    """`reasons` led to the result; `besides` asked for something milder and could not change it.

    `would_change` is computed by deciding anew for each answer that was not given, gravest first.
    """

    level: Level
    reasons: list[Reason]
    besides: list[Reason]
    first_aid: list[FirstAid]
    would_change: list[Change]


def explain(engine: Engine, answers: Answers) -> Explanation:
    """Return why these answers lead where they lead. They must have been read (`answers.read`)."""
    rank = engine.decision(answers).rank
    chosen = chosen_in(answers)
    found = [*_answers(engine, answers), *_rules(engine, chosen)]
    level = engine.protocol.level(rank)
    return Explanation(
        level=level,
        reasons=[reason for reason in found if reason.rank == rank and rank > 0],
        besides=[reason for reason in found if 0 < reason.rank < rank],
        first_aid=[aid for aid in level.first_aid if chosen.intersection(aid.when)],
        would_change=sorted(_changes(engine, answers, rank), key=lambda change: -change.rank),
    )


def _answers(engine: Engine, answers: Answers) -> list[Reason]:
    return [
        Reason(option.rank, question=question, option=option)
        for question in engine.protocol.questions
        for option in question.options
        if option.id in answers.get(question.id, ())
    ]


def _rules(engine: Engine, chosen: frozenset[str]) -> list[Reason]:
    return [Reason(rule.rank, rule=rule) for rule in engine.protocol.rules if chosen.issuperset(rule.when)]


def _changes(engine: Engine, answers: Answers, rank: int) -> list[Change]:
    """Not being sure is no sign that could appear later, so it changes nothing here."""
    changes = []
    for question in engine.protocol.questions:
        now = answers.get(question.id, [])
        for option in question.options:
            if option.id in now or option.id == UNSURE:
                continue
            graver = engine.decision({**answers, question.id: _with(question, now, option)}).rank
            if graver > rank:
                changes.append(Change(graver, question, option))
    return changes


def _with(question: Question, now: list[str], option: Option) -> list[str]:
    """The answers to a question once this option holds too: what cannot stand beside it goes."""
    if option.exclusive or question.kind == "single":
        return [option.id]
    kept = [one.id for one in question.options if one.id in now and not one.exclusive]
    return [*kept, option.id]
