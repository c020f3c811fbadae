"""The people of the site: who takes part, and, apart from them, whose words we report from elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.canonical.languages import Language
from articles.editions.queries import Shelved
from articles.reader.presenters.frame import Frame, section_frame
from articles.reader.presenters.ordering import alphabetical
from articles.reader.presenters.quotes import SpeakerView, speaker_view
from articles.reader.presenters.sections import SECTIONS


@dataclass(frozen=True)
class PeoplePage:
    frame: Frame
    participants: list[SpeakerView]
    quoted: list[SpeakerView]


def people_page(items: Iterable[Shelved], language: Language) -> PeoplePage:
    """Return both groups; search engines are not given the names of people who are only quoted."""
    ordered = sorted(items, key=lambda item: alphabetical(item.document.title))
    shown = [(item.document.person, item.page_path) for item in ordered]  # type: ignore[attr-defined]
    quoted = [speaker_view(person, language, path) for person, path in shown if person.part == "quoted"]
    return PeoplePage(
        frame=section_frame(
            SECTIONS["people"],
            language,
            gettext("Who takes part in the site, and whose words we report from elsewhere."),
            is_indexed=not quoted,
        ),
        participants=[speaker_view(person, language, path) for person, path in shown if person.part != "quoted"],
        quoted=quoted,
    )
