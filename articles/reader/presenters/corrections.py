"""The corrections log: every line of the journal that put something right or took it away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import Language, other_language
from articles.editions.histories import Event
from articles.editions.shelf import Change, Standing
from articles.editions.times import rfc3339
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.kinds_of_change import kind_of_change, sentence_case
from articles.reader.presenters.links import Link
from articles.reader.presenters.past_addresses import changes_path
from articles.reader.presenters.sections import SECTIONS
from articles.reader.presenters.standing import Day, day_of

# What was done without a new edition; an edition is told by the kind of its change.
DONE: Mapping[str, str | Promise] = {
    "withdrawn": pgettext_lazy("reader", "Withdrawn"),
    "restored": _("Published again, unchanged"),
    "expunged": _("Erased for good"),
}

# Keyed by the language of the other log.
OTHER_LOG = {
    "ru": _("Corrections of the Russian texts are on the Russian page."),
    "en": _("Corrections of the English texts are on the English page."),
}

# People are named by their own pages only: some are only quoted from elsewhere, and this page is in search engines.
NAMELESS: Mapping[str, str | Promise] = {"expert": _("A page about a person")}
GONE = _("A text that was erased")


@dataclass(frozen=True)
class CorrectionView:
    """`address` is empty where there is no page to lead to. `is_grave`: it was a matter of safety."""

    title: str
    address: str
    on: Day
    what: str
    note: str
    is_grave: bool
    changes: Link | None


@dataclass(frozen=True)
class CorrectionsPage:
    """`older` and `newest` are addresses, empty where there is nothing more."""

    frame: Frame
    entries: list[CorrectionView]
    older: str
    newest: str
    other: Link


def corrections_page(
    events: Sequence[Event], standings: Mapping[UUID, Standing], language: Language, *, size: int, is_newest: bool
) -> CorrectionsPage:
    """Return a page of the log. `events` come newest first, one more than `size` if there are older ones.

    Each line has its number for good, so a page that begins below a number shows the same lines whenever it is read.
    """
    section, other = SECTIONS["corrections"], other_language(language)
    description = gettext("What was wrong in our texts, or had to be taken down, and when we put it right.")
    home = section.path(language)
    shown = events[:size]
    return CorrectionsPage(
        frame=section_frame(section, language, description)
        if is_newest
        else Frame(language, str(section.title), section.path(other), is_indexed=False, section=section),
        entries=[_entry(event, standings.get(event.line.item), language) for event in shown],
        older=f"{home}?before={shown[-1].line.sequence}" if len(events) > size else "",
        newest="" if is_newest else home,
        other=Link(str(OTHER_LOG[other]), section.path(other)),
    )


def _entry(event: Event, standing: Standing | None, language: Language) -> CorrectionView:
    line = event.line
    words = kind_of_change(event.edition.envelope) if event.edition else str(DONE[line.event])
    title = standing.title if standing else ""
    name = str(NAMELESS.get(line.kind, title) if title else GONE)
    return CorrectionView(
        title=name,
        address=_address(line, standing) if title else "",
        on=day_of(rfc3339(line.effective_at), language),
        what=sentence_case(words),
        note=line.note,
        is_grave=line.change_class == "safety",
        changes=_changes(event, standing),
    )


def _address(line: Change, standing: Standing | None) -> str:
    """The page of the text, which says itself if it was withdrawn; a term without its entry has no page."""
    if standing is None:
        return ""
    if line.kind in NAMELESS:
        return SECTIONS["people"].path(standing.language) if standing.is_live else ""  # type: ignore[arg-type]
    return standing.page_path if standing.is_live or "#" not in standing.page_path else ""


def _changes(event: Event, standing: Standing | None) -> Link | None:
    """The way to the difference; none for a first or an erased edition, and none to a text that is withdrawn."""
    number = event.edition.number if event.edition and not event.is_erased else 1
    if number == 1 or not (standing and standing.is_live):
        return None
    address = changes_path(standing, number)
    words = gettext("What changed in edition No. %(number)s") % {"number": number}
    return Link(words, address) if address else None
