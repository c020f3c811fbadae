"""The history of one text: every edition, and what else happened to it, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.editions.envelope import Review
from articles.editions.histories import Event
from articles.editions.queries import Shelved
from articles.editions.times import rfc3339
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.item import REVIEWED_KINDS
from articles.reader.presenters.kinds_of_change import kind_of_change, sentence_case
from articles.reader.presenters.links import Link
from articles.reader.presenters.past_addresses import changes_path, edition_path, other_history_path
from articles.reader.presenters.sections import SECTIONS_OF_KINDS
from articles.reader.presenters.standing import Day, day_of

# What happened to a text without a new edition; an edition is named by its number.
HAPPENED: Mapping[str, str | Promise] = {
    "withdrawn": pgettext_lazy("reader", "Withdrawn"),
    "restored": _("Published again, unchanged"),
    "check_started": _("We began to check this text"),
    "check_ended": _("The check is finished"),
}


@dataclass(frozen=True)
class EntryView:
    """`what` is the kind of change in words, `note` what readers were told; both links are None for what can no longer
    be read, and for anything but an edition.
    """

    title: str
    on: Day
    is_current: bool
    what: str
    note: str
    review: str
    text: Link | None
    changes: Link | None


@dataclass(frozen=True)
class HistoryPage:
    frame: Frame
    title: str
    current: Link
    entries: list[EntryView]


def history_page(shelved: Shelved, events: Iterable[Event]) -> HistoryPage:
    """Return the history of a live text; `events` come newest first."""
    title = shelved.standing.title
    return HistoryPage(
        frame=past_frame(shelved, gettext("All editions of “%(title)s”") % {"title": title}),
        title=title,
        current=Link(title, shelved.page_path),
        entries=[_entry(event, shelved) for event in events],
    )


def past_frame(shelved: Shelved, title: str) -> Frame:
    """Return the frame of a page about the past of a text: closed to search engines, which are to find what is live.

    Editions are numbered in each language by themselves, so the way to the other language leads to its history.
    """
    return Frame(
        language=shelved.language,
        title=title,
        switch=other_history_path(shelved),
        is_indexed=False,
        section=SECTIONS_OF_KINDS[shelved.standing.kind],
    )


def numbered(number: int) -> str:
    """Return an edition's name."""
    return gettext("Edition No. %(number)s") % {"number": number}


def review_words(kind: str, review: Review) -> str:
    """Return whether a clinician had checked an edition; empty for texts that nobody has to check."""
    if kind not in REVIEWED_KINDS:
        return ""
    if review.state != "reviewed":
        return gettext("No clinician had checked this edition.")
    names = ", ".join(one.name for one in review.by)
    return gettext("Checked by a clinician: %(names)s.") % {"names": names}


def _entry(event: Event, shelved: Shelved) -> EntryView:
    if event.edition is None:
        return _happened(event, shelved)
    envelope, standing = event.edition.envelope, shelved.standing
    number = envelope.number
    at = {"number": number}
    text = Link(gettext("Text of edition No. %(number)s") % at, edition_path(standing, number))
    changes = Link(gettext("What changed in edition No. %(number)s") % at, changes_path(standing, number))
    return EntryView(
        title=numbered(number),
        on=day_of(envelope.published_at, shelved.language),
        is_current=number == standing.edition.number,
        what=sentence_case(kind_of_change(envelope)),
        note=gettext("The words of this edition were erased for good, as the law requires.")
        if event.is_erased
        else envelope.change.note,
        review="" if event.is_erased else review_words(standing.kind, envelope.review),
        text=None if event.is_erased else text,
        changes=None if event.is_erased or number == 1 else changes,
    )


def _happened(event: Event, shelved: Shelved) -> EntryView:
    line = event.line
    erased = gettext("Edition No. %(number)s was erased") % {"number": line.edition}
    return EntryView(
        title=str(HAPPENED.get(line.event, erased)),
        on=day_of(rfc3339(line.effective_at), shelved.language),
        is_current=False,
        what="",
        note=line.note,
        review="",
        text=None,
        changes=None,
    )
