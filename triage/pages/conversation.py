"""What follows from a form: the next question, the outcome, or a page that says why not. Nothing of it is kept."""

from datetime import datetime

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from articles.answers import headers, limits
from articles.answers.forms import MalformedFormError
from articles.canonical.languages import Language
from articles.editions.queries import Shelved
from articles.reader import pages
from articles.reader.rendering import Page, rendered
from triage.engine.answers import AnswersRefusedError
from triage.live.protocols import LiveProtocol
from triage.live.surroundings import texts_that_lead_to
from triage.pages import progress as kept
from triage.pages import steps
from triage.pages.forms import Sent, read_form
from triage.pages.presenters.asking import question_page
from triage.pages.presenters.calling import is_country
from triage.pages.presenters.opening import opening_page
from triage.pages.presenters.outcome import outcome_page
from triage.pages.presenters.refusals import refusal_page
from triage.pages.progress import OutOfDateError, Progress, TamperedError

LIMIT = "questions"

# What comes from no form of ours. None of it is told apart: whoever tries learns nothing.
_MALFORMED = (MalformedFormError, TamperedError, steps.NoSuchStepError, AnswersRefusedError)


class QuestionsFailedError(RuntimeError):
    """Raised in place of a fault of ours while answers are at hand; it names the kind of the fault alone."""


class _WordsChangedError(ValueError):
    """Raised for progress through another edition."""


def reply(request: HttpRequest, here: Shelved, *, at: datetime) -> HttpResponse:
    """Return what follows from the form that was sent at this moment."""
    use = limits.use(LIMIT, request)
    try:
        response = _reply(request, LiveProtocol(here, at.date()), at=at, is_too_often=use.is_exceeded)
    except DatabaseError:
        raise
    except Exception as fault:
        # The words of a fault may be somebody's answers, and a log would keep them. Where it happened stays.
        raise QuestionsFailedError(type(fault).__name__).with_traceback(fault.__traceback__) from None
    return limits.apply(response, use)


def told(response: HttpResponse, *, language: Language) -> HttpResponse:
    """Return the response as one that nobody keeps."""
    return headers.apply(response, "told", language=language)


def _reply(request: HttpRequest, live: LiveProtocol, *, at: datetime, is_too_often: bool) -> HttpResponse:
    try:
        sent = read_form(request)
    except MalformedFormError:
        return _refused(live, "too_often" if is_too_often else "malformed")
    if is_too_often:
        return _refused(live, "too_often", sent)
    if not live.may_decide:
        return _page("opening", opening_page(live), status=409)
    try:
        step = _step(live, sent, at=at)
    except OutOfDateError:
        return _refused(live, "out_of_date")
    except _WordsChangedError:
        return _refused(live, "changed")
    except _MALFORMED:
        return _refused(live, "malformed")
    if isinstance(step, steps.Asking):
        return _page("question", question_page(live, step))
    reading = texts_that_lead_to(live.shelved.item, live.language)
    return _page("outcome", outcome_page(live, step, reading))


def _step(live: LiveProtocol, sent: Sent, *, at: datetime) -> steps.Step:
    if sent.action == "start":
        return steps.go_on(live.engine, _begun(live, sent.country, at=at))
    progress = kept.read(sent.state, at=at)
    if (progress.protocol, progress.language) != (live.shelved.item, live.language):
        raise TamperedError
    if progress.words != live.shelved.standing.edition.content_digest:
        raise _WordsChangedError
    # The signature says that these answers are ours; that they are still answers, only the engine can.
    live.engine.decide(progress.answers)
    if progress.asked and progress.asked not in live.engine.questions:
        raise TamperedError
    if sent.action == "next":
        return steps.answer(live.engine, progress, sent.answers)
    if sent.action == "back":
        return steps.back(live.engine, progress)
    return steps.change(live.engine, progress, sent.question)


def _begun(live: LiveProtocol, country: str, *, at: datetime) -> Progress:
    if not is_country(live.document, country):
        raise MalformedFormError("not a country of the protocol")
    return Progress(
        protocol=live.shelved.item,
        language=live.language,
        words=live.shelved.standing.edition.content_digest,
        country=country,
        begun=int(at.timestamp()),
    )


def _refused(live: LiveProtocol, code: str, sent: Sent | None = None) -> HttpResponse:
    page = refusal_page(live, code, fields=sent.fields if sent else ())
    return _page("refused", page, status=page.status)


def _page(template: str, page: Page, *, status: int = 200) -> HttpResponse:
    html = rendered(f"triage/{template}.html", page, about=pages.about(page.frame.language))
    return HttpResponse(html, status=status)
