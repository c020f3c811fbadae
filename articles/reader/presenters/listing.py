"""The list of articles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from articles.canonical.languages import Language, other_language
from articles.editions.dates import spelled
from articles.editions.queries import Shelved
from articles.reader.presenters.frame import Alternate, Frame, list_path
from articles.reader.presenters.standing import Day


@dataclass(frozen=True)
class Entry:
    title: str
    summary: str
    path: str
    is_reviewed: bool
    is_changed: bool
    changed: Day


@dataclass(frozen=True)
class ListPage:
    frame: Frame
    entries: list[Entry]


def list_page(items: Iterable[Shelved], language: Language) -> ListPage:
    """Return the list in the order of titles."""
    entries = [_entry(item, language) for item in items]
    return ListPage(
        frame=Frame(
            language=language,
            title=gettext("Articles"),
            description=gettext("Articles about health with their sources, in Russian and English."),
            switch=list_path(other_language(language)),
            canonical=settings.SITE_URL + list_path(language),
            alternates=[
                Alternate("ru", settings.SITE_URL + list_path("ru")),
                Alternate("en", settings.SITE_URL + list_path("en")),
                Alternate("x-default", settings.SITE_URL + list_path("ru")),
            ],
        ),
        # ё is sorted as е, as in any Russian list.
        entries=sorted(entries, key=lambda entry: entry.title.casefold().replace("ё", "е")),
    )


def _entry(item: Shelved, language: Language) -> Entry:
    envelope = item.envelope
    changed = envelope.content_changed_at
    return Entry(
        title=item.document.title,
        summary=item.document.summary,
        path=item.page_path,
        is_reviewed=envelope.review.state == "reviewed",
        is_changed=changed != envelope.first_published_at,
        changed=Day(changed.partition("T")[0], spelled(changed, language)),
    )
