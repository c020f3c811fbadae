"""The banner over a text that the editors are looking into again."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.canonical.languages import Language
from articles.editions.queries import Shelved
from articles.reader.presenters.standing import Day, day_of


@dataclass(frozen=True)
class CheckView:
    note: str
    since: Day


def check_view(shelved: Shelved) -> CheckView | None:
    """Return the banner of a text under check, None for any other."""
    check: Mapping[str, str] | None = getattr(shelved, "check", None)
    return _banner(check, shelved.language) if check else None


def _banner(check: Mapping[str, str], language: Language) -> CheckView:
    return CheckView(check["note"], day_of(check["started_at"], language))
