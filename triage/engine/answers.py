"""Answers as they arrive: anything at all, until they were read. What was read is known and free of contradiction.

Nothing is repaired and nothing is left out: an answer that is dropped in silence could hide a symptom. Types must be
exact, because a dict or a string of somebody's own making may say one thing when it is checked and another later.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from articles.canonical.text import shown
from triage.engine.protocol import Question

Answers = Mapping[str, list[str]]

Code = Literal[
    "not-an-object", "unknown-question", "not-a-list", "nothing-chosen", "not-an-id", "unknown-option", "chosen-twice",
    "one-only", "not-beside-others",
]  # fmt: skip

# What somebody sent may be of any length: a message repeats only so much of it, and so many problems say enough.
_SHOWN = 60
_MOST_PROBLEMS = 50


@dataclass(frozen=True)
class AnswerProblem:
    """What is wrong with an answer. `place` is `question` or `question[number]`; `got` is what stood there, short and
    without characters that could not be written down again."""

    code: Code
    place: str
    got: str


class AnswersRefusedError(ValueError):
    """Raised for answers that decide nothing; `problems` is what is wrong with them, all of it up to fifty.

    The message names codes alone, so what somebody answered cannot reach a log through it.
    """

    def __init__(self, problems: list[AnswerProblem]) -> None:
        super().__init__(", ".join(dict.fromkeys(problem.code for problem in problems)))
        self.problems = problems


def read(given: object, questions: Mapping[str, Question]) -> Answers:
    """Return the answers anew, in the order of the protocol, so that the same answers are the same value.

    Raises AnswersRefusedError for anything that is not a dict of question ids to lists of option ids.
    """
    if type(given) is not dict:
        raise AnswersRefusedError([AnswerProblem("not-an-object", "", _shown(given))])
    if problems := list(islice(_problems(given, questions), _MOST_PROBLEMS)):
        raise AnswersRefusedError(problems)
    return {
        id: [option.id for option in question.options if option.id in given[id]]
        for id, question in questions.items()
        if id in given
    }


def _problems(given: dict[object, object], questions: Mapping[str, Question]) -> Iterator[AnswerProblem]:
    for place, chosen in given.items():
        question = questions.get(place) if type(place) is str else None
        if question is None:
            yield AnswerProblem("unknown-question", _shown(place), "")
        elif type(chosen) is not list:
            yield AnswerProblem("not-a-list", question.id, _shown(chosen))
        else:
            yield from _of_question(question, chosen)


def _of_question(question: Question, chosen: list[object]) -> Iterator[AnswerProblem]:
    """Problems of single answers first; only answers that are all known can contradict each other."""
    options = [option.id for option in question.options]
    seen: set[object] = set()
    sound = True
    for number, one in enumerate(chosen):
        if type(one) is str and one in options and one not in seen:
            seen.add(one)
            continue
        code: Code = "not-an-id" if type(one) is not str else "chosen-twice" if one in seen else "unknown-option"
        sound = False
        yield AnswerProblem(code, f"{question.id}[{number}]", _shown(one))
    if not chosen:
        yield AnswerProblem("nothing-chosen", question.id, "")
    elif sound and len(chosen) > 1:
        if question.kind == "single":
            yield AnswerProblem("one-only", question.id, shown(", ".join(map(str, chosen)), _SHOWN))
        elif alone := next((one.id for one in question.options if one.exclusive and one.id in seen), ""):
            yield AnswerProblem("not-beside-others", question.id, alone)


def _shown(value: object) -> str:
    """Text and small plain values as they are; of everything else only what it is, however large or deep."""
    if type(value) is str:
        return shown(value, _SHOWN)
    if value is None or type(value) in (bool, float) or (type(value) is int and value.bit_length() < 64):
        return repr(value)
    return type(value).__name__
