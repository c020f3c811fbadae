"""Pages in place of a text: withdrawn, not in this language yet, not found."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext

from articles.canonical.languages import Language, other_language
from articles.editions.anchors import anchor
from articles.editions.dates import spelled
from articles.editions.parts import CareBox
from articles.editions.queries import Shelved, Target
from articles.reader.presenters.blocks import BlockView
from articles.reader.presenters.care import care_view
from articles.reader.presenters.frame import Frame, other_path
from articles.reader.presenters.links import Link
from articles.reader.presenters.sections import HOME, SECTIONS, SECTIONS_OF_KINDS
from articles.reader.presenters.setting import Setting
from articles.reader.presenters.standing import Day
from articles.reader.presenters.translation import READ_OTHER

_SLUG = re.compile(r"(?=.{3,60}$)[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class WithdrawnPage:
    """`replacement` and `other` are ways on: what takes the place of the text, and the text in the other language.

    `care` is what the text said to do in an emergency, None where that may have been wrong.
    """

    frame: Frame
    title: str
    reason: str
    on: Day
    replacement: Target | None
    other: Link | None
    care: BlockView | None = None


@dataclass(frozen=True)
class ElsewherePage:
    """What is published in the other language only."""

    frame: Frame
    other: Link


@dataclass(frozen=True)
class OneLanguagePage:
    """Where both languages were asked for and only one is published; `handout` is the sheet in that one."""

    frame: Frame
    handout: Link


@dataclass(frozen=True)
class NotFoundPage:
    """`sought` are words of the address, to search for; `sections` is what the site has."""

    frame: Frame
    sought: str
    sections: list[Link]


def withdrawn_page(
    shelved: Shelved,
    tombstone: dict[str, Any],
    replacement: Target | None,
    *,
    box: CareBox | None = None,
    twin_stays: bool = True,
) -> WithdrawnPage:
    """Return the page of a withdrawn text: why, since when and the way on.

    `box` is what it said to do in an emergency, if that still holds; without it the page names the numbers to call.
    `twin_stays` is False for a preview of withdrawing both languages: no link leads to a text that is still there now.
    """
    language = shelved.language
    withdrawn_at = tombstone["withdrawn_at"]
    return WithdrawnPage(
        frame=Frame(
            language=language,
            title=gettext("This text was withdrawn"),
            switch=other_path(shelved) if twin_stays else "",
            is_indexed=False,
            section=SECTIONS_OF_KINDS[shelved.standing.kind],
        ),
        # Of what was erased not even the title is left.
        title=shelved.standing.title or gettext("This text was withdrawn"),
        reason=tombstone["reason"],
        on=Day(withdrawn_at.partition("T")[0], spelled(withdrawn_at, language)),
        replacement=replacement,
        other=_other(shelved) if twin_stays and shelved.twin and shelved.twin.is_live else None,
        care=_care(box, language) if box else None,
    )


def elsewhere_page(found: Shelved, language: Language) -> ElsewherePage:
    """Return the page that says that a text is not in this language yet; `found` is the text in the other one."""
    frame = Frame(
        language=language,
        title=gettext("Not in this language yet"),
        switch=found.page_path,
        is_indexed=False,
        section=SECTIONS_OF_KINDS[found.standing.kind],
    )
    return ElsewherePage(frame, Link(str(READ_OTHER[other_language(language)]), found.page_path))


def one_language_page(here: Shelved) -> OneLanguagePage:
    """Return the page that says that a live text has no other language to stand beside it."""
    frame = Frame(
        language=here.language,
        title=gettext("In one language only"),
        switch=other_path(here),
        is_indexed=False,
        section=SECTIONS_OF_KINDS[here.standing.kind],
    )
    return OneLanguagePage(frame, Link(gettext("Print it in this language"), f"{here.page_path}handout/"))


def not_found_page(language: Language, *, sought: str = "") -> NotFoundPage:
    """Return the page of an address that leads nowhere; `sought` is the last part of that address."""
    frame = Frame(
        language=language,
        title=gettext("Page not found"),
        switch=HOME.path(other_language(language)),
        is_indexed=False,
        section=HOME,
    )
    sections = [Link(str(one.whole), one.path(language)) for one in SECTIONS.values() if one.entrance]
    return NotFoundPage(frame, words_of_slug(sought), sections)


def words_of_slug(slug: str) -> str:
    """Return what a slug may have meant, as words to search for; empty for anything that could not be one of ours.

    Letters only: whoever makes up an address must not be able to put a number to call on our page.
    """
    return slug.replace("-", " ") if _SLUG.fullmatch(slug) else ""


def _care(box: CareBox, language: Language) -> BlockView:
    """The box as it stood, without its sources: they are not on this page."""
    view = care_view(msgspec.structs.replace(box, cited=[]), Setting([], language))
    return BlockView("care_box", anchor(box.id), view)


def _other(shelved: Shelved) -> Link:
    return Link(str(READ_OTHER[other_language(shelved.language)]), other_path(shelved))
