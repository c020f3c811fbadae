"""One question on a page of its own, with the numbers to call always in sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.reader.presenters.emergency import linked
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.sections import TRIAGE
from triage.engine.answers import AnswerProblem
from triage.engine.protocol import Option, Question
from triage.live.protocols import LiveProtocol
from triage.pages.presenters.basis import Label, label, private_frame
from triage.pages.presenters.calling import calls, spoken
from triage.pages.progress import signed
from triage.pages.steps import Asking

_TITLES: Mapping[str, str | Promise] = {
    "nothing-chosen": _("You have not chosen an answer"),
    "not-beside-others": _("These answers contradict each other"),
}


@dataclass(frozen=True)
class Choice:
    """`opens` says that from here on answers exclude the ones before, or may stand together again."""

    anchor: str
    value: str
    text: SafeString
    is_chosen: bool
    opens: bool


@dataclass(frozen=True)
class Fault:
    title: str
    text: str


@dataclass(frozen=True)
class QuestionPage:
    """`state` is the signed progress. `start` is where the way back leads from the first question; empty at others."""

    frame: Frame
    label: Label | None
    emergency: SafeString
    danger: SafeString
    text: str
    number: int
    most: int
    is_single: bool
    choices: list[Choice]
    fault: Fault | None
    state: str
    start: str
    is_change: bool


def question_page(live: LiveProtocol, step: Asking) -> QuestionPage:
    """Return the page of a question."""
    progress, question = step.progress, step.question
    to_call = calls(live.document, progress.country, live.language)
    fault = _fault(step.problem, question) if step.problem else None
    title = gettext("Question %(number)s: %(text)s") % {"number": step.number, "text": TRIAGE.title}
    return QuestionPage(
        frame=private_frame(live, gettext("Error: %(title)s") % {"title": title} if fault else title),
        label=label(live),
        emergency=linked(to_call),
        danger=spoken(live.document.protocol.danger, to_call),
        text=question.text,
        number=step.number,
        most=step.most,
        is_single=question.kind == "single",
        choices=[
            Choice(
                anchor=f"a{place}",
                value=option.id,
                text=spoken(option.text, to_call),
                is_chosen=option.id in step.chosen,
                opens=place > 1 and option.exclusive != question.options[place - 2].exclusive,
            )
            for place, option in enumerate(question.options, start=1)
        ],
        fault=fault,
        state=signed(progress),
        start=live.shelved.page_path if step.number == 1 and not progress.changes else "",
        is_change=progress.changes,
    )


def _fault(problem: AnswerProblem, question: Question) -> Fault:
    if problem.code == "nothing-chosen":
        text = gettext("Choose an answer. If you are not sure, say so: that is an answer too.")
    else:
        alone = _option(question.options, problem.got)
        text = gettext(
            "You cannot choose “%(answer)s” together with other answers. If any of the others is true, keep it and"
            " clear “%(answer)s”."
        ) % {"answer": alone.text}
    return Fault(str(_TITLES[problem.code]), text)


def _option(options: Sequence[Option], id: str) -> Option:
    return next(option for option in options if option.id == id)
