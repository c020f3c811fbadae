"""What every page of the triage says of the protocol behind it: how far it may be relied on, which one it is."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from articles.editions.dates import spelled
from articles.reader.presenters.checks import CheckView, check_view
from articles.reader.presenters.frame import Frame, alternates, other_path
from articles.reader.presenters.item import description
from articles.reader.presenters.past_addresses import history_path
from articles.reader.presenters.sections import TRIAGE
from articles.reader.presenters.standing import DatesView, Day, ReviewView, dates_view, review_view
from articles.reader.presenters.taking import verify_address
from triage.live.protocols import LiveProtocol
from triage.live.wording import DEMONSTRATION, NOT_TO_WAIT, UNSIGNED

# So much of a digest tells two protocols apart, and can be read out over a telephone.
_DIGITS = 12


@dataclass(frozen=True)
class Basis:
    """`logic` is the beginning of the digest of what decides, `verify` where anybody sees whether a copy is current.

    `history` and `conditions` are what other kinds of texts have in the same table.
    """

    version: str
    logic: str
    expires_on: Day
    verify: str
    dates: DatesView
    review: ReviewView
    history: str = ""
    conditions: tuple[()] = ()


@dataclass(frozen=True)
class Label:
    """The words over a demonstration."""

    title: str
    text: str


def basis(live: LiveProtocol) -> Basis:
    """Return which protocol this is, who stands for it and until when it holds."""
    shelved, document, language = live.shelved, live.document, live.language
    review = review_view(shelved.envelope.review, language, overdue_since=shelved.overdue_since)
    return Basis(
        version=document.protocol.version,
        logic=document.logic_digest[:_DIGITS],
        expires_on=Day(document.lapses_on, spelled(document.lapses_on, language)),
        verify=verify_address(shelved),
        dates=dates_view(shelved.envelope, language),
        review=review,
        history=history_path(shelved.standing),
    )


def label(live: LiveProtocol) -> Label | None:
    """Return what stands over every page of a demonstration; None where there is none."""
    if live.mode != "demonstration":
        return None
    said = [NOT_TO_WAIT] if live.is_signed else [UNSIGNED, NOT_TO_WAIT]
    return Label(str(DEMONSTRATION), " ".join(map(str, said)))


def warning(live: LiveProtocol) -> SafeString | str:
    """Return the sentences over a protocol that no clinician has checked; empty for a checked one."""
    return review_view(live.shelved.envelope.review, live.language).warning


def check(live: LiveProtocol) -> CheckView | None:
    """Return the banner of a protocol under check, None for any other."""
    return check_view(live.shelved)


def own_frame(live: LiveProtocol) -> Frame:
    """Return the frame of the protocol's own page, which search engines may keep."""
    return Frame(
        language=live.language,
        title=live.document.title,
        description=description(live.document),
        switch=other_path(live.shelved),
        canonical=live.shelved.page_url,
        alternates=alternates(live.shelved),
        section=TRIAGE,
    )


def private_frame(live: LiveProtocol, title: str) -> Frame:
    """Return the frame of a page that is one reader's own: it has no address and is kept by nobody.

    The way to the other language leads to the opening page there: answers stay behind.
    """
    return Frame(language=live.language, title=title, switch=other_path(live.shelved), is_indexed=False, section=TRIAGE)
