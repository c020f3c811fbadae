"""How far this page is behind the other language, in words and with links to what differs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.canonical.languages import other_language
from articles.editions.anchors import anchor
from articles.editions.blocks import AnyBlock, HeadingBlock
from articles.editions.document import Document
from articles.editions.queries import Shelved
from articles.editions.translations import PartState
from articles.editions.wording import CHANGE_CLASSES
from articles.reader.presenters.links import Link

# Keyed by the other language. Each sentence is read in one language only, and names the other.
BEHIND = {
    "ru": _("This page has not yet followed the Russian one."),
    "en": _("This page has not yet followed the English one."),
}
AHEAD = {
    "ru": _("The Russian page has not yet followed the latest changes of this one."),
    "en": _("The English page has not yet followed the latest changes of this one."),
}
READ_OTHER = {"ru": _("Read the page in Russian"), "en": _("Read the page in English")}
MISSING_HERE = {
    "ru": _("On the Russian page only:"),
    "en": _("On the English page only:"),
}

PART_NAMES = {
    "text": _("a passage"),
    "key_points": _("the key points"),
    "steps": _("steps"),
    "note": _("a note"),
    "quote": _("a quote"),
    "care_box": _("a box on when to get help"),
    "accounts": _("accounts side by side"),
    "evidence_table": _("a table on what studies show"),
    "table": _("a table"),
    "figure": _("a picture"),
    "related": _("related questions"),
}

# A reader may be harmed by not knowing these.
GRAVE = frozenset({"safety", "advice"})


@dataclass(frozen=True)
class TranslationView:
    """What to say about the other language. `lacks` is the worst kind of change that this page has not followed."""

    sentence: str
    lacks: str
    is_grave: bool
    behind: list[Link]
    missing_title: str
    missing: list[Link]
    other: Link | None


def translation_view(shelved: Shelved) -> TranslationView | None:
    """Return the notice of a page; None where both say the same or the other language is not live."""
    twin = shelved.twin
    if twin is None or not twin.is_live or shelved.translation.state == "in_step":
        return None
    other = other_language(shelved.language)
    translation = shelved.translation
    if translation.state != "behind":
        return TranslationView(str(AHEAD[other]), "", False, [], "", [], None)
    address = Shelved(twin, shelved.standing).page_path
    here, there = shelved.document, twin.edition.document
    return TranslationView(
        sentence=str(BEHIND[other]),
        lacks=str(CHANGE_CLASSES[translation.lacks]) if translation.lacks else "",
        is_grave=translation.lacks in GRAVE,
        behind=_behind(_ids("behind", translation.parts), here),
        missing_title=str(MISSING_HERE[other]),
        missing=_missing(_ids("missing", translation.parts), there, here, address),
        other=Link(str(READ_OTHER[other]), address),
    )


def _ids(state: str, parts: Iterable[PartState]) -> set[str]:
    return {part.id for part in parts if part.state == state}


def _behind(parts: set[str], here: Document) -> list[Link]:
    """Name the parts of this page that the other one has overtaken, by the sections they stand in."""
    links = [Link(gettext("the title and the introduction"), "#main")] if "head" in parts else []
    section = ""
    for block in here.blocks:
        if isinstance(block, HeadingBlock):
            section = block.text
        if block.id in parts:
            links.append(Link(part_name(block, section), f"#{anchor(block.id)}"))
    return links


def _missing(parts: set[str], there: Document, here: Document, address: str) -> list[Link]:
    """Name what only the other page has, by the sections of *this* page: never in the other language's words.

    A section that is missing as a whole is one entry.
    """
    titles = {block.id: block.text for block in here.blocks if isinstance(block, HeadingBlock)}
    links: list[Link] = []
    section, is_inside_missing = "", False
    for block in there.blocks:
        if isinstance(block, HeadingBlock):
            is_inside_missing = block.id in parts
            if not is_inside_missing:
                section = titles.get(block.id, "")
        if block.id in parts and (isinstance(block, HeadingBlock) or not is_inside_missing):
            words = _after(section) if isinstance(block, HeadingBlock) else part_name(block, section)
            links.append(Link(words, f"{address}#{anchor(block.id)}"))
    return links


def part_name(block: AnyBlock, section: str) -> str:
    """Return what a reader calls a block: its kind, and the section in which it stands."""
    if isinstance(block, HeadingBlock):
        return gettext("the heading “%(section)s”") % {"section": block.text}
    name = str(PART_NAMES[block.kind])
    return gettext("%(part)s in the section “%(section)s”") % {"part": name, "section": section} if section else name


def _after(section: str) -> str:
    return gettext("a section after “%(section)s”") % {"section": section} if section else gettext("a section")
