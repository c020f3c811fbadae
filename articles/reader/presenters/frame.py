"""What surrounds every page: title, sections, language link, addresses for search engines, numbers to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import override

from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.editions.kinds import kind
from articles.editions.queries import Shelved
from articles.reader.presenters.emergency import emergency_numbers
from articles.reader.presenters.links import Link
from articles.reader.presenters.sections import HOME, SECTIONS, SECTIONS_OF_KINDS, Section

# The names that the languages have for themselves; the link to a page stands in the language of that page.
LANGUAGE_NAMES: dict[Language, str] = {"ru": "Русский", "en": "English"}

# Language and country as programs that show previews name them; English here is British.
LOCALES: dict[Language, str] = {"ru": "ru_RU", "en": "en_GB"}


@dataclass(frozen=True)
class Alternate:
    hreflang: str
    url: str


@dataclass(frozen=True)
class Entrance:
    """A section in the header; `current` is the value of `aria-current`: page, true or nothing."""

    words: str
    address: str
    current: str


@dataclass(frozen=True)
class Frame:
    """`switch` is the same page's address in the other language; a page that is not there says so itself.

    `canonical` and `alternates` are whole addresses of what is published; both are empty where nothing is.
    `section` is where the page belongs, `is_section` says that it is the section's own page. `preview` is what the page
    is to a program that shows a preview of it (`og:type`).
    """

    language: Language
    title: str
    switch: str
    description: str = ""
    canonical: str = ""
    alternates: Sequence[Alternate] = field(default=())
    is_indexed: bool = True
    is_draft: bool = False
    section: Section = SECTIONS["articles"]
    is_section: bool = False
    preview: str = "website"

    @property
    def is_told(self) -> bool:
        """Whether search engines and previews are told of the page: it is published and may be kept."""
        return bool(self.canonical) and self.is_indexed

    @property
    def locale(self) -> str:
        return LOCALES[self.language]

    @property
    def other_locale(self) -> str:
        """Empty where the page is not published in the other language."""
        return LOCALES[self.other] if self.alternates else ""

    @property
    def other(self) -> Language:
        return other_language(self.language)

    @property
    def other_name(self) -> str:
        return LANGUAGE_NAMES[self.other]

    @property
    def home(self) -> str:
        return HOME.path(self.language)

    @property
    def search(self) -> str:
        """Where a search form leads."""
        return f"{self.home}search/"

    @property
    def corrections(self) -> str:
        return f"{self.home}corrections/"

    @property
    def verify(self) -> str:
        """Where a reader learns whether a copy is still current."""
        return f"{self.home}verify/"

    @property
    def partners(self) -> str:
        """Where somebody who wants to show our texts learns how."""
        return SECTIONS["partners"].path(self.language)

    @property
    def feed(self) -> str:
        return f"{self.home}feed.atom"

    @property
    def json_feed(self) -> str:
        return f"{self.home}feed.json"

    @property
    def entrances(self) -> Sequence[Entrance]:
        return _entrances(self.language, self.section.key, self.is_section)

    @property
    def back(self) -> Link:
        """The section that a page belongs to."""
        return Link(str(self.section.title), self.section.path(self.language))

    @property
    def whole(self) -> Link:
        """The same, where a reader looked for something that is not there."""
        return Link(str(self.section.whole), self.section.path(self.language))

    @property
    def sources(self) -> str:
        return SECTIONS["sources"].path(self.language)

    @property
    def about(self) -> str:
        return SECTIONS["about"].path(self.language)

    @property
    def contact(self) -> str:
        """Where to report an error; empty where nobody has set it yet."""
        return settings.CONTACT_EMAIL

    @property
    def operator(self) -> str:
        """Name and address of whoever runs the site; empty where nobody has set it yet."""
        return settings.OPERATOR[self.language]

    @property
    def emergency(self) -> SafeString:
        return emergency_numbers(self.language)


@cache
def _entrances(language: Language, section: str, is_section: bool) -> Sequence[Entrance]:
    """The sections in the header of a page that belongs to one of them: the same on every such page."""
    here = "page" if is_section else "true"
    with override(language):
        return tuple(
            Entrance(str(one.entrance), one.path(language), here if one.key == section else "")
            for one in SECTIONS.values()
            if one.entrance
        )


def section_frame(section: Section, language: Language, description: str, *, is_indexed: bool = True) -> Frame:
    """Return the frame of a section's own page, which is there in both languages whatever is published."""
    addresses = {code: settings.SITE_URL + section.path(code) for code in LANGUAGES}
    return Frame(
        language=language,
        title=str(section.title),
        description=description,
        switch=section.path(other_language(language)),
        canonical=addresses[language],
        alternates=alternates_of(addresses),
        is_indexed=is_indexed,
        section=section,
        is_section=True,
    )


def later_frame(section: Section, language: Language) -> Frame:
    """Return the frame of a later page of a section's list: the other language has another list there."""
    switch = section.path(other_language(language))
    return Frame(language, str(section.title), switch, is_indexed=False, section=section)


def home_frame(language: Language, description: str) -> Frame:
    """Return the frame of the home page."""
    return replace(section_frame(HOME, language, description), alternates=home_alternates())


def other_path(shelved: Shelved) -> str:
    """Return where the other language of an item is, or the address that says that it is not there.

    What was erased for good has no address left: the way leads to its section.
    """
    twin = shelved.twin or shelved.standing
    language = other_language(shelved.language)
    if not twin.slug:
        return SECTIONS_OF_KINDS[twin.kind].path(language)
    return kind(twin.kind).page_path(language=language, slug=twin.slug)


def alternates(shelved: Shelved) -> list[Alternate]:
    """Return the languages in which the item is live; none where there is only one."""
    if not (shelved.twin and shelved.twin.is_live):
        return []
    twin = Shelved(shelved.twin, shelved.standing)
    return alternates_of({shelved.language: shelved.page_url, twin.language: twin.page_url})


def home_alternates() -> list[Alternate]:
    """Return the home pages; whose language we do not know yet is led on from the root."""
    addresses = {code: settings.SITE_URL + HOME.path(code) for code in LANGUAGES}
    return alternates_of(addresses, default=f"{settings.SITE_URL}/")


def alternates_of(addresses: Mapping[Language, str], *, default: str = "") -> list[Alternate]:
    """Return a page's addresses in both languages, and the one for readers of any other language: `default`, if that is
    empty the Russian one, for Russian is the default language of the site."""
    default = default or addresses["ru"]
    return [Alternate(code, addresses[code]) for code in LANGUAGES] + [Alternate("x-default", default)]
