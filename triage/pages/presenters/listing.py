"""The section of the triage: every protocol that is live in a language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.queries import Shelved
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.listing import Entry, entry
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.sections import TRIAGE


@dataclass(frozen=True)
class ProtocolsPage:
    frame: Frame
    entries: list[Entry]


def protocols_page(held: Iterable[Shelved], language: Language) -> ProtocolsPage:
    """Return the page; it is there also while nothing is live, for the address is written down."""
    description = gettext("Signs to look for, and how soon to get help with each: for adults, not a diagnosis.")
    entries = sorted((entry(one) for one in held), key=lambda one: alphabetical(one.title))
    return ProtocolsPage(section_frame(TRIAGE, language, description), entries)
