"""The banner over a text that the editors are looking into again."""

from dataclasses import dataclass

from articles.editions.queries import Shelved
from articles.reader.presenters.standing import Day, day_of


@dataclass(frozen=True)
class CheckView:
    note: str
    since: Day


def check_view(shelved: Shelved) -> CheckView | None:
    """Return the banner of a text under check, None for any other."""
    check = shelved.check
    return CheckView(check["note"], day_of(check["started_at"], shelved.language)) if check else None
