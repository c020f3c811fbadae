"""The reader's addresses. What other parts of the project rely on stands in the contract's table of addresses."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from articles.reader import feeds, handouts, pages, partners, past, record, searching, sitemaps, views
from articles.reader.presenters.past_addresses import KINDS_WITH_HISTORY
from articles.reader.presenters.sections import SEARCH
from articles.reader.presenters.taking import HANDED_OUT


class LanguageConverter:
    regex = "ru|en"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class NumberConverter(LanguageConverter):
    """A number as we write it: it stays text until it is known that the database can hold it."""

    regex = "[1-9][0-9]{0,9}"


class PartConverter(IntConverter):
    """A part of the sitemap. With more noughts in front it is another address, and of those there is no end."""

    regex = "0|[1-9][0-9]{0,9}"


register_converter(LanguageConverter, "language")
register_converter(PartConverter, "part")
register_converter(NumberConverter, "number")

app_name = "reader"

# Where the items of each kind are; all terms stand on the page of the glossary.
ITEMS = {"article": "articles", "faq": "faq", "expert": "people", "topic": "topics", "page": "about"}

# Below the address of an item.
PAST = {
    "editions/": ("history", past.history),
    "editions/<number:number>/": ("edition", past.edition),
    "editions/<number:number>/changes/": ("changes", past.changes),
}

# Sections that answer a question have views of their own.
ASKED = {"corrections": record.corrections, "verify": record.verify, "partners": partners.partners}

urlpatterns = [
    path("", views.home, name="home"),
    path("<language:language>/", views.language_home, name="language-home"),
    path("<language:language>/feed.atom", feeds.atom_feed, name="atom"),
    path("<language:language>/feed.json", feeds.json_feed_of, name="json-feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemaps/<part:part>.xml", sitemaps.sitemap, name="sitemap-part"),
    *(path(f"<language:language>/{key}/", views.section, {"key": key}, name=key) for key in pages.SECTION_PAGES),
    *(path(f"<language:language>/{key}/", view, name=key) for key, view in ASKED.items()),
    path(f"<language:language>/{SEARCH.key}/", searching.search_page, name="search"),
    *(
        path(f"<language:language>/{place}/<slug:slug>/", views.item, {"kind": kind}, name=kind)
        for kind, place in ITEMS.items()
    ),
    *(
        path(f"<language:language>/{place}/<slug:slug>/{below}", view, {"kind": kind}, name=f"{kind}-{name}")
        for kind, place in ITEMS.items()
        if kind in KINDS_WITH_HISTORY
        for below, (name, view) in PAST.items()
    ),
    *(
        path(f"<language:language>/{ITEMS[kind]}/<slug:slug>/{tail}", view, {"kind": kind}, name=f"{kind}-{name}")
        for kind in HANDED_OUT
        for name, tail, view in (
            ("handout", "handout/", handouts.handout),
            ("handout-both", "handout/both/", handouts.handout_both),
        )
    ),
]
