"""One edition as it stood, marked as old; and what is told in the place of one that cannot be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.editions.document import Document
from articles.editions.envelope import Envelope
from articles.editions.histories import gravest_first
from articles.editions.queries import Shelved, Target
from articles.editions.recalls import Recall
from articles.editions.shelf import Edition
from articles.editions.times import rfc3339
from articles.reader.presenters.blocks import BlockView
from articles.reader.presenters.emergency import with_emergency_numbers
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.history import numbered, past_frame, review_words
from articles.reader.presenters.item import body
from articles.reader.presenters.kinds_of_change import kind_of_change, kinds_of_changes, sentence_case
from articles.reader.presenters.links import Link
from articles.reader.presenters.past_addresses import changes_path, edition_path, history_path
from articles.reader.presenters.setting import Setting
from articles.reader.presenters.sources import SourceView
from articles.reader.presenters.standing import Day, day_of
from articles.reader.presenters.translation import GRAVE

OLD_NUMBERS = _("Telephone numbers in this edition may have changed since. Now call %(emergency)s.")


@dataclass(frozen=True)
class EditionPage:
    """`replaced` is when the next edition came, None while this one is in force; `since` are the kinds of all changes
    after it, in words, and `is_grave` says that somebody could be harmed by not knowing them.
    """

    frame: Frame
    number: str
    title: str
    summary: list[str]
    brief: BlockView | None
    blocks: list[BlockView]
    sources: list[SourceView]
    on: Day
    replaced: Day | None
    since: list[str]
    is_grave: bool
    numbers: SafeString | str
    what: str
    note: str
    review: str
    current: Link
    editions: Link
    changes: Link | None

    @property
    def contents(self) -> list[BlockView]:
        return [block for block in self.blocks if block.kind == "heading"]


@dataclass(frozen=True)
class NoEditionPage:
    """`reason` says why there is nothing to read, `ways` lead on."""

    frame: Frame
    title: str
    reason: str
    on: Day | None
    ways: list[Link] = field(default_factory=list)


def edition_page(
    shelved: Shelved,
    edition: Edition,
    document: Document,
    *,
    later: Sequence[Envelope],
    targets: Mapping[str, Target],
) -> EditionPage:
    """Return the text as it stood. `document` is what may still be shown of it, `later` what came after it."""
    language, envelope = shelved.language, edition.envelope
    setting = Setting(document.sources, language, targets, is_past=bool(later))
    shown: dict[str, Any] = body(msgspec.structs.replace(document, blocks=document.written_out()), setting)
    return EditionPage(
        frame=past_frame(
            shelved, gettext("Edition No. %(number)s: %(title)s") % {"number": edition.number, "title": document.title}
        ),
        number=numbered(edition.number),
        **{name: shown[name] for name in ("title", "summary", "brief", "blocks", "sources")},
        on=day_of(envelope.published_at, language),
        replaced=day_of(later[0].published_at, language) if later else None,
        since=kinds_of_changes(later),
        is_grave=bool(GRAVE.intersection(gravest_first(later))),
        numbers=with_emergency_numbers(str(OLD_NUMBERS), language) if later else "",
        what=sentence_case(kind_of_change(envelope)),
        note=envelope.change.note,
        review=review_words(edition.kind, envelope.review),
        current=Link(gettext("Read the current edition"), shelved.page_path),
        editions=Link(gettext("All editions of this text"), history_path(shelved.standing)),
        changes=_changes(shelved, edition.number),
    )


def unknown_edition_page(shelved: Shelved, number: int) -> NoEditionPage:
    """Return the page of a number that no edition has."""
    last = shelved.standing.edition.number
    return NoEditionPage(
        frame=past_frame(shelved, gettext("Page not found")),
        title=gettext("There is no edition No. %(number)s") % {"number": number},
        reason=gettext("Editions of this text are numbered from 1 to %(last)s.") % {"last": last}
        if last > 1
        else gettext("This text has one edition so far."),
        on=None,
        ways=ways_on(shelved),
    )


def erased_edition_page(shelved: Shelved, number: int, gone: Recall) -> NoEditionPage:
    """Return the page of an edition whose words were erased for good."""
    title = gettext("Edition No. %(number)s was erased") % {"number": number}
    return NoEditionPage(
        frame=past_frame(shelved, title),
        title=title,
        reason=gone.reason(shelved.language),
        on=day_of(rfc3339(gone.withdrawn_at), shelved.language),
        ways=ways_on(shelved),
    )


def ways_on(shelved: Shelved) -> list[Link]:
    """Return where a reader of the past goes from here: the text in force, and all its editions."""
    return [
        Link(gettext("Read the current edition"), shelved.page_path),
        Link(gettext("All editions of this text"), history_path(shelved.standing)),
    ]


def text_link(shelved: Shelved, number: int) -> Link:
    """Return the way to the text of an edition."""
    words = gettext("Text of edition No. %(number)s") % {"number": number}
    return Link(words, edition_path(shelved.standing, number))


def _changes(shelved: Shelved, number: int) -> Link | None:
    """Before the first edition there was nothing that could have changed."""
    if number == 1:
        return None
    words = gettext("What changed in edition No. %(number)s") % {"number": number}
    return Link(words, changes_path(shelved.standing, number))
