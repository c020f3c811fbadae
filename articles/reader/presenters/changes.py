"""What changed in an edition against the one before: in words, and part by part as a difference."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.editions.blocks import AnyBlock, HeadingBlock
from articles.editions.differences import Notices, PartDifference, differences
from articles.editions.document import Document
from articles.editions.queries import Shelved, Target
from articles.editions.shelf import Edition
from articles.editions.weaving import Run, shortened, words
from articles.reader.presenters.frame import Frame
from articles.reader.presenters.history import past_frame, review_words
from articles.reader.presenters.kinds_of_change import kind_of_change, sentence_case
from articles.reader.presenters.links import Link
from articles.reader.presenters.past import text_link, ways_on
from articles.reader.presenters.standing import Day, day_of
from articles.reader.presenters.translation import part_name

FIELD_NAMES: Mapping[str, str | Promise] = {
    "title": _("the title"),
    "slug": _("the address of the page"),
    "summary": _("the introduction"),
    "topics": _("the topics"),
    "conditions": _("the conditions that the text is about"),
    "sources": _("the list of sources"),
}

CHANGE_NAMES: Mapping[str, str | Promise] = {
    "added": _("added"),
    "removed": _("removed"),
    "changed": _("changed"),
    "moved": _("moved"),
}

# In the place of words that no page shows any more, whichever side of the difference had them.
HIDDEN_WORDS = _("Words of a statement that stood here were withdrawn and are no longer shown.")
SAME_WORDS = _("The words are the same: a link, the number of a source or something that is not text has changed.")


@dataclass(frozen=True)
class PartView:
    """`hint` says what the runs do not show."""

    name: str
    change: str
    runs: list[Run]
    hint: str


@dataclass(frozen=True)
class ChangesPage:
    """`parts` is None where nothing can be compared: before the first edition, or after one that was erased."""

    frame: Frame
    title: str
    heading: str
    on: Day
    what: str
    note: str
    review: str
    is_first: bool
    parts: list[PartView] | None
    ways: list[Link]


def changes_page(
    shelved: Shelved,
    edition: Edition,
    before: Edition | None,
    *,
    notices: Notices,
    targets: Mapping[str, Target],
) -> ChangesPage:
    """Return what changed in an edition; `before` is None for the first one and for an erased predecessor.

    `notices` are told in the place of what was withdrawn since, whichever side had it.
    """
    envelope, number = edition.envelope, edition.number
    heading = gettext("What changed in edition No. %(number)s") % {"number": number}
    title = shelved.standing.title
    return ChangesPage(
        frame=past_frame(shelved, f"{heading}: {title}"),
        title=title,
        heading=heading,
        on=day_of(envelope.published_at, shelved.language),
        what=sentence_case(kind_of_change(envelope)),
        note=envelope.change.note,
        review=review_words(edition.kind, envelope.review),
        is_first=number == 1,
        parts=_parts(before.document, edition.document, notices, targets) if before else None,
        ways=[text_link(shelved, number), *([text_link(shelved, number - 1)] if before else []), *ways_on(shelved)],
    )


def _parts(before: Document, after: Document, notices: Notices, targets: Mapping[str, Target]) -> list[PartView]:
    names = _names(before) | _names(after)
    return [_part(found, names, targets) for found in differences(before, after, notices=notices)]


def _part(found: PartDifference, names: Mapping[str, str], targets: Mapping[str, Target]) -> PartView:
    was, new = found.before, found.after
    if found.part in ("topics", "conditions"):
        was, new = _titles(was, targets), _titles(new, targets)
    name = names.get(found.part) or str(FIELD_NAMES[found.kind])
    return PartView(
        name=sentence_case(name),
        change=str(CHANGE_NAMES[found.change]),
        runs=shortened(words(was, new)),
        hint=str(HIDDEN_WORDS if found.is_masked else SAME_WORDS if was == new and found.change == "changed" else ""),
    )


def _names(document: Document) -> dict[str, str]:
    """Block id to what a reader calls the block: its kind, and the section in which it stands."""
    found: dict[str, str] = {}
    section = ""
    for block in document.written_out():
        if isinstance(block, HeadingBlock):
            section = block.text
        found[block.id] = _name(block, section)
    return found


def _name(block: AnyBlock, section: str) -> str:
    # The heading's own words stand in the difference.
    return gettext("a heading") if isinstance(block, HeadingBlock) else part_name(block, section)


def _titles(ids: str, targets: Mapping[str, Target]) -> str:
    """The titles of items that are live; of others a reader learns nothing."""
    return "\n".join(targets[one].title for one in ids.split("\n") if one in targets)
