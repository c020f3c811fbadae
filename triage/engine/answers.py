"""Answers as they arrive: anything at all, until they were read. What was read is known and free of contradiction.

Nothing is repaired and nothing is left out: an answer that is dropped in silence could hide a symptom.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from triage.engine.protocol import Question

Answers = Mapping[str, list[str]]

Code = Literal[
    "not-an-object", "unknown-question", "not-a-list", "nothing-chosen", "not-an-id", "unknown-option", "chosen-twice",
    "one-only", "not-beside-others",
]  # fmt: skip


@dataclass(frozen=True)
class AnswerProblem:
    """What is wrong with an answer. `place` is `question` or `question[number]`; `got` is what stood there."""

    code: Code
    place: str
    got: str


class AnswersRefusedError(ValueError):
    """Raised for answers that decide nothing; `problems` is everything that is wrong with them."""

    def __init__(self, problems: list[AnswerProblem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.code}" for problem in problems))
        self.problems = problems


# What somebody sent may be of any length; a message repeats only so much of it.
_SHOWN = 60


def read(given: object, questions: Mapping[str, Question]) -> Answers:
    """Return the answers; raise AnswersRefusedError with every problem and its place."""
    if not isinstance(given, Mapping):
        raise AnswersRefusedError([AnswerProblem("not-an-object", "", _shown(given))])
    problems: list[AnswerProblem] = []
    for place, chosen in given.items():
        question = questions.get(place) if isinstance(place, str) else None
        if question is None:
            problems.append(AnswerProblem("unknown-question", _shown(place), ""))
        else:
            problems += _of_question(question, chosen)
    if problems:
        raise AnswersRefusedError(problems)
    return given


def _of_question(question: Question, chosen: object) -> list[AnswerProblem]:
    place = question.id
    if not isinstance(chosen, list):
        return [AnswerProblem("not-a-list", place, _shown(chosen))]
    if not chosen:
        return [AnswerProblem("nothing-chosen", place, "")]
    options = {option.id: option for option in question.options}
    found = [
        AnswerProblem("unknown-option" if isinstance(one, str) else "not-an-id", f"{place}[{number}]", _shown(one))
        for number, one in enumerate(chosen)
        if not isinstance(one, str) or one not in options
    ]
    if found:
        return found
    if len(set(chosen)) < len(chosen):
        twice = next(one for number, one in enumerate(chosen) if one in chosen[:number])
        return [AnswerProblem("chosen-twice", place, twice)]
    if len(chosen) > 1:
        if question.kind == "single":
            return [AnswerProblem("one-only", place, ", ".join(chosen)[:_SHOWN])]
        if alone := next((one for one in chosen if options[one].exclusive), ""):
            return [AnswerProblem("not-beside-others", place, alone)]
    return []


def _shown(value: object) -> str:
    try:
        words = value if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):
        # A number of thousands of digits, or lists within lists without end.
        return type(value).__name__
    return words[:_SHOWN]
