"""The sections of the site: their addresses, their names, and which of them the header shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.canonical.languages import Language


@dataclass(frozen=True)
class Section:
    """`whole` is the way to the section from a page where a reader has lost the way; `entrance` its word in the header,
    empty if it has none there.
    """

    key: str
    title: str | Promise
    whole: str | Promise
    entrance: str | Promise = ""

    def path(self, language: Language) -> str:
        return f"/{language}/{self.key}/"


@dataclass(frozen=True)
class Home(Section):
    """What stands above all sections: its address is the language alone."""

    def path(self, language: Language) -> str:
        return f"/{language}/"


HOME = Home("", _("Health in plain words"), _("Home page"))

SECTIONS: Mapping[str, Section] = {
    one.key: one
    for one in (
        Section("articles", _("Articles"), _("All articles"), _("Articles")),
        Section("faq", _("Questions and answers"), _("All questions"), pgettext_lazy("header", "Questions")),
        Section("people", _("People"), _("All people"), _("People")),
        Section("glossary", _("Glossary"), _("The whole glossary"), _("Glossary")),
        Section("sources", _("All sources"), _("All sources")),
        Section("about", _("About the site"), _("About the site")),
        Section("corrections", _("Corrections"), _("All corrections")),
        Section("verify", _("Is your copy still current?"), _("Check a copy")),
        Section("partners", _("Become a partner"), _("Become a partner")),
    )
}

# Not among the sections: it lists nothing by itself, so no list of addresses names it and no search engine keeps it.
SEARCH = Section("search", _("Search"), _("Search"))

# Not among the sections either: it has something to show only while a protocol is live.
TRIAGE = Section("triage", _("When to get help"), _("When to get help"))

# Where an item of a kind belongs: what its page leads back to.
SECTIONS_OF_KINDS: Mapping[str, Section] = {
    "article": SECTIONS["articles"],
    "topic": SECTIONS["articles"],
    "faq": SECTIONS["faq"],
    "expert": SECTIONS["people"],
    "term": SECTIONS["glossary"],
    "page": SECTIONS["about"],
    "protocol": TRIAGE,
}
