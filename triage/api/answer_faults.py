"""What the engine found wrong with answers, as a partner's program and its author can act on it."""

from collections.abc import Mapping

from django.utils.translation import gettext

from articles.api.v1.body import MOST_ERRORS, Fault, fault, near
from triage.engine.answers import AnswerProblem
from triage.engine.protocol import Question


def answer_faults(problems: list[AnswerProblem], questions: Mapping[str, Question]) -> list[Fault]:
    """Return each problem with its place in what was sent and what to do about it."""
    return [_fault(problem, questions) for problem in problems[:MOST_ERRORS]]


def _fault(problem: AnswerProblem, questions: Mapping[str, Question]) -> Fault:
    path = _path(problem)
    question = questions.get(str(path[0])) if path else None
    return fault("invalid-answers", problem.code, ["answers", *path], *_words(problem, question, questions))


def _path(problem: AnswerProblem) -> list[str | int]:
    if problem.code == "not-an-object":
        return []
    if problem.code in {"not-an-id", "unknown-option", "chosen-twice"} and problem.place.endswith("]"):
        question, _, number = problem.place[:-1].rpartition("[")
        return [question, int(number)]
    return [problem.place]


def _words(problem: AnswerProblem, question: Question | None, questions: Mapping[str, Question]) -> tuple[str, str]:
    """What is wrong, and what to do."""
    options = [option.id for option in question.options] if question else []
    match problem.code:
        case "not-an-object":
            return (
                gettext("The answers are no object."),
                gettext("Give an object: the id of each answered question with a list of ids of options."),
            )
        case "unknown-question":
            return gettext("This edition has no such question."), near(problem.place, questions)
        case "not-a-list":
            return (
                gettext("The answer to this question is no list."),
                gettext("Give a list of ids of options, for a single answer too."),
            )
        case "nothing-chosen":
            return (
                gettext("Nothing is chosen."),
                gettext("Leave the question out until it is answered. Known here: %s.") % ", ".join(options),
            )
        case "not-an-id":
            return gettext("This is no id of an option."), gettext("Known here: %s.") % ", ".join(options)
        case "unknown-option":
            return gettext("This question has no such option."), near(problem.got, options)
        case "chosen-twice":
            return gettext("The same option is chosen twice."), gettext("Give every option once.")
        case "one-only":
            return (
                gettext("Several options are chosen, and this question takes one."),
                gettext("Ask which of them it is; do not choose for anybody."),
            )
        case "not-beside-others":
            return (
                gettext("The option “%s” is chosen beside others.") % problem.got,
                gettext("Either it holds or they do. Ask again; do not drop either for anybody."),
            )
