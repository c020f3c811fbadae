"""From one page of the questions to the next: which question comes, or the outcome. Values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from triage.engine.answers import AnswerProblem, AnswersRefusedError
from triage.engine.deciding import Engine
from triage.engine.explaining import Explanation, explain
from triage.engine.protocol import EMERGENCY, Question
from triage.pages.progress import Progress

# What somebody can do on our page; everything else was never in a form of ours.
MENDABLE = frozenset({"nothing-chosen", "not-beside-others"})


class NoSuchStepError(LookupError):
    """Raised for a step that no page of ours offers from where somebody is."""


@dataclass(frozen=True)
class Asking:
    """A question to be shown. It is the `number`-th, and nobody in this place is asked more than `most`.

    `chosen` is what was ticked: the answer given before, or, beside a `problem`, what was sent just now.
    """

    progress: Progress
    question: Question
    number: int
    most: int
    chosen: list[str]
    problem: AnswerProblem | None = None


@dataclass(frozen=True)
class Outcome:
    progress: Progress
    explanation: Explanation


Step = Asking | Outcome


def go_on(engine: Engine, progress: Progress) -> Step:
    """Return what comes after the question that `progress` stands at, or the first one.

    Whoever went back meets every question again that they had answered; whoever changes one answer from the outcome
    only meets questions that have become necessary by it. An emergency is told at once.
    """
    decision = engine.decision(progress.answers)
    if decision.rank == EMERGENCY:
        return _outcome(engine, progress)
    answered = list(progress.answers)
    if progress.asked in progress.answers and not progress.changes:
        after = answered[answered.index(progress.asked) + 1 :]
        if after:
            return _asking(engine, progress, after[0])
    if decision.final:
        return _outcome(engine, progress)
    return _asking(engine, replace(progress, changes=False), decision.needed[0])


def answer(engine: Engine, progress: Progress, chosen: list[str]) -> Step:
    """Return what comes after this answer: the same question, with what is wrong, if it is one that can be mended.

    Raises AnswersRefusedError for an answer that no page of ours offers, NoSuchStepError where nothing was asked.
    """
    if progress.asked not in engine.questions:
        raise NoSuchStepError
    answers = {**progress.answers, progress.asked: chosen}
    try:
        engine.decide(answers)
    except AnswersRefusedError as refused:
        problem = refused.problems[0]
        if problem.code not in MENDABLE or problem.place != progress.asked:
            raise
        return _asking(engine, progress, progress.asked, chosen=chosen, problem=problem)
    return go_on(engine, replace(progress, answers=answers))


def back(engine: Engine, progress: Progress) -> Step:
    """Return the question before this one with its answer, or, where one is being changed, the outcome as it was.

    Raises NoSuchStepError at the first question.
    """
    if progress.changes:
        return go_on(engine, progress)
    answered = list(progress.answers)
    before = answered[: answered.index(progress.asked)] if progress.asked in answered else answered
    if not before:
        raise NoSuchStepError
    return _asking(engine, progress, before[-1])


def change(engine: Engine, progress: Progress, question: str) -> Step:
    """Return a question that was answered, to be changed; raise NoSuchStepError for any other."""
    if progress.asked or question not in progress.answers:
        raise NoSuchStepError
    return _asking(engine, replace(progress, changes=True), question)


def _asking(
    engine: Engine,
    progress: Progress,
    question: str,
    *,
    chosen: list[str] | None = None,
    problem: AnswerProblem | None = None,
) -> Asking:
    others: Mapping[str, list[str]] = {id: given for id, given in progress.answers.items() if id != question}
    answered = list(progress.answers)
    number = answered.index(question) if question in answered else len(answered)
    # Without this answer: a milder one may make more questions necessary.
    most = {question, *others, *engine.decision(others).needed}
    return Asking(
        progress=replace(progress, asked=question),
        question=engine.questions[question],
        number=number + 1,
        most=len(most),
        chosen=progress.answers.get(question, []) if chosen is None else chosen,
        problem=problem,
    )


def _outcome(engine: Engine, progress: Progress) -> Outcome:
    return Outcome(replace(progress, asked="", changes=False), explain(engine, progress.answers))
