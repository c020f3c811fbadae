"""What surrounds every page: title, language link, addresses for search engines, numbers to call."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.safestring import SafeString

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.editions.kinds import kind
from articles.editions.queries import Shelved
from articles.reader.presenters.emergency import emergency_numbers

# The names that the languages have for themselves; the link to a page stands in the language of that page.
LANGUAGE_NAMES: dict[Language, str] = {"ru": "Русский", "en": "English"}


@dataclass(frozen=True)
class Alternate:
    hreflang: str
    url: str


@dataclass(frozen=True)
class Frame:
    """`switch` is the same page's address in the other language; a page that is not there says so itself.

    `canonical` and `alternates` are whole addresses of what is published; both are empty where nothing is.
    """

    language: Language
    title: str
    switch: str
    description: str = ""
    canonical: str = ""
    alternates: Sequence[Alternate] = field(default=())
    is_indexed: bool = True
    is_draft: bool = False

    @property
    def other(self) -> Language:
        return other_language(self.language)

    @property
    def other_name(self) -> str:
        return LANGUAGE_NAMES[self.other]

    @property
    def home(self) -> str:
        return list_path(self.language)

    @property
    def contact(self) -> str:
        """Where to report an error; empty where nobody has set it yet."""
        return settings.CONTACT_EMAIL

    @property
    def emergency(self) -> SafeString:
        return emergency_numbers(self.language)


def list_path(language: Language) -> str:
    """Return the address of the list of articles."""
    return f"/{language}/articles/"


def other_path(shelved: Shelved) -> str:
    """Return where the other language of an item is, or the address that says that it is not there."""
    if shelved.twin:
        return Shelved(shelved.twin, shelved.standing).page_path
    return kind(shelved.standing.kind).page_path(language=other_language(shelved.language), slug=shelved.standing.slug)


def alternates(shelved: Shelved) -> list[Alternate]:
    """Return the languages in which the item is live; none where there is only one."""
    if not (shelved.twin and shelved.twin.is_live):
        return []
    urls = {shelved.language: shelved.page_url, shelved.twin.language: Shelved(shelved.twin, shelved.standing).page_url}
    # Russian is the default language of the site.
    return [Alternate(code, urls[code]) for code in LANGUAGES] + [Alternate("x-default", urls["ru"])]
