"""What the answers lead to: what to do, why, what would change it, and all of it on paper for a doctor."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.editions.care import in_words
from articles.editions.queries import Target
from articles.reader.presenters.care import RANKS
from articles.reader.presenters.citing import Citing
from articles.reader.presenters.emergency import linked
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.links import Link
from articles.reader.presenters.passages import paragraphs
from articles.reader.presenters.sections import TRIAGE
from articles.reader.presenters.sources import SourceView, source_views
from triage.engine.explaining import Change, Explanation, Reason
from triage.engine.protocol import EMERGENCY, UNSURE, Option, Question
from triage.live.protocols import LiveProtocol
from triage.pages.presenters.basis import Basis, Label, basis, label, private_frame
from triage.pages.presenters.calling import advice, calls
from triage.pages.presenters.signs import Aid, Sign, Signs, Speaker, level_line
from triage.pages.progress import Progress, signed
from triage.pages.steps import Outcome


@dataclass(frozen=True)
class ReasonView:
    """`question` is the question that was answered so; empty for a combination of answers."""

    text: SafeString
    question: str
    is_unsure: bool
    marks: list[SafeString]


@dataclass(frozen=True)
class Graver:
    """What would lead to a graver level: `title` is what would have to be done then."""

    rank: int
    level: str
    title: SafeString
    groups: list[Signs]


@dataclass(frozen=True)
class Answer:
    """A question and what was answered; `id` is the question's."""

    id: str
    question: str
    given: list[str]


@dataclass(frozen=True)
class OutcomePage:
    """`actions` is what can be done at once, the first of them the most important. `worse` is what would turn it into
    an emergency, None for what is one already; `changes` what would make it more urgent than it is, gravest first."""

    frame: Frame
    label: Label | None
    title: str
    rank: int
    level: str
    heading: SafeString
    emergency: SafeString
    advice: list[SafeString]
    marks: list[SafeString]
    actions: list[Link]
    first_aid: list[Aid]
    reasons: list[ReasonView]
    worse: Graver | None
    changes: list[Graver]
    answers: list[Answer]
    reading: list[Link]
    table: str
    sources: list[SourceView]
    basis: Basis
    state: str

    @property
    def is_emergency(self) -> bool:
        return self.rank == RANKS["emergency"]


def outcome_page(live: LiveProtocol, step: Outcome, reading: Iterable[Target]) -> OutcomePage:
    """Return the page of an outcome; `reading` are texts that lead to the protocol."""
    document, progress, explanation = live.document, step.progress, step.explanation
    to_call = calls(document, progress.country, live.language)
    level = explanation.level
    cited = [level.references, *(aid.references for aid in explanation.first_aid)]
    cited += [reason.references for reason in explanation.reasons]
    used = set().union(*cited)
    sources = [one for one in document.sources if one.id in used]
    citing = Citing(sources)
    speaker = Speaker(document.protocol, to_call, citing)
    rank = RANKS[level.id]
    links = [Link(one.title, one.path) for one in reading]
    # In the order of the page: the sources tell which marks lead to them.
    marks = speaker.marks(level.references, rank=rank)
    first_aid = [speaker.aid(one, rank=rank) for one in explanation.first_aid]
    reasons = [_reason(one, speaker) for one in explanation.reasons]
    changes = _changes(explanation, speaker)
    return OutcomePage(
        # What came out is not in the title: lists of windows and of what was read show titles to whoever looks.
        frame=private_frame(live, gettext("Result: %(title)s") % {"title": TRIAGE.title}),
        label=label(live),
        title=document.title,
        rank=rank,
        level=level_line(level),
        heading=speaker.said(level.title),
        emergency=linked(to_call),
        advice=[speaker.said(one) for one in paragraphs(level.text)],
        marks=marks,
        actions=_actions(live, progress, level.rank, links),
        first_aid=first_aid,
        reasons=reasons,
        worse=next((one for one in changes if one.rank == RANKS["emergency"]), None),
        changes=[one for one in changes if one.rank != RANKS["emergency"]],
        answers=_answers(live, progress),
        reading=links,
        table=live.shelved.page_path,
        sources=source_views(sources, live.language, citing),
        basis=basis(live),
        state=signed(progress),
    )


def _reason(reason: Reason, speaker: Speaker) -> ReasonView:
    return ReasonView(
        text=speaker.said(reason.text),
        question=speaker.plain(reason.question.text) if reason.question else "",
        is_unsure=bool(reason.option and reason.option.id == UNSURE),
        marks=speaker.marks(reason.references),
    )


def _changes(explanation: Explanation, speaker: Speaker) -> list[Graver]:
    """By level, gravest first, and there by question."""
    found = []
    for level, changes in explanation.by_level():
        by_question: dict[str, list[Change]] = {}
        for change in changes:
            by_question.setdefault(change.question.id, []).append(change)
        groups = [
            # The table has these signs with their sources; here they only remind, also on paper.
            Signs(speaker.plain(held[0].question.text), [_sign(one, speaker) for one in held])
            for held in by_question.values()
        ]
        found.append(Graver(RANKS[level.id], level_line(level), speaker.said(level.title), groups))
    return found


def _sign(change: Change, speaker: Speaker) -> Sign:
    """A sign, and where it is graver only together with what was answered, the rule that says so."""
    alone = any(reason.option for reason in change.because)
    rules = [] if alone else [speaker.said(reason.text) for reason in change.because]
    return Sign(speaker.said(change.option.text), [], rules)


def _actions(live: LiveProtocol, progress: Progress, rank: int, reading: list[Link]) -> list[Link]:
    """Nothing is booked here, so nothing promises it: numbers to call, the answers to take along, what to read."""
    if rank == EMERGENCY:
        # Without a country a button stands for one of several: it says where its number works.
        return [
            Link(gettext("Call %(number)s") % {"number": in_words([call])}, f"tel:{call.number}")
            for call in calls(live.document, progress.country, live.language)
        ]
    answers = Link(gettext("What to tell the doctor: your answers"), "#answers")
    if rank == 0:
        return [*reading[:1], Link(gettext("When you would need a doctor after all"), "#changes")]
    helplines = [one.number for one in advice(live.document, progress.country)] if rank == EMERGENCY - 1 else []
    called = [Link(gettext("Call %(number)s for advice") % {"number": one}, f"tel:{one}") for one in helplines]
    return [*called, answers]


def _answers(live: LiveProtocol, progress: Progress) -> list[Answer]:
    questions = live.engine.questions
    return [Answer(id, questions[id].text, _given(questions[id], given)) for id, given in progress.answers.items()]


def _given(question: Question, given: list[str]) -> list[str]:
    options: dict[str, Option] = {option.id: option for option in question.options}
    return [options[one].text for one in given]
