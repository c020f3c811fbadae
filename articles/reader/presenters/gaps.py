"""The warning over a text that lacks a change for safety of its other language."""

from dataclasses import dataclass

from articles.canonical.languages import Language, other_language
from articles.editions.queries import Shelved
from articles.editions.times import rfc3339
from articles.editions.wording import SAFETY_GAP
from articles.reader.presenters.emergency import with_emergency_numbers
from articles.reader.presenters.links import Link
from articles.reader.presenters.standing import Day, day_of
from articles.reader.presenters.translation import READ_OTHER


@dataclass(frozen=True)
class GapView:
    """`sentence` is what partners must show too; `other` leads to the text that has the change."""

    sentence: str
    since: Day
    other: Link
    language: Language


def gap_view(shelved: Shelved) -> GapView | None:
    """Return the warning of a live text, None where it lacks nothing for safety."""
    if shelved.gap_since is None or shelved.twin is None or not shelved.twin.is_live:
        return None
    other = other_language(shelved.language)
    return GapView(
        sentence=with_emergency_numbers(str(SAFETY_GAP[other]), shelved.language),
        since=day_of(rfc3339(shelved.gap_since), shelved.language),
        other=Link(str(READ_OTHER[other]), shelved.twin.page_path),
        language=other,
    )
