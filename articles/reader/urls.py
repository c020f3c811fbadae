"""The reader's addresses. What other parts of the project rely on stands in the contract's table of addresses."""

from django.urls import path, register_converter

from articles.reader import feeds, sitemaps, views
from articles.reader.presenters.sections import SECTIONS


class LanguageConverter:
    regex = "ru|en"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "language")

app_name = "reader"

# Where the items of each kind are; all terms stand on the page of the glossary.
ITEMS = {"article": "articles", "faq": "faq", "expert": "people", "topic": "topics", "page": "about"}

urlpatterns = [
    path("", views.home, name="home"),
    path("<language:language>/", views.language_home, name="language-home"),
    path("<language:language>/feed.atom", feeds.atom_feed, name="atom"),
    path("<language:language>/feed.json", feeds.json_feed_of, name="json-feed"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemaps/<int:part>.xml", sitemaps.sitemap, name="sitemap-part"),
    *(path(f"<language:language>/{key}/", views.section, {"key": key}, name=key) for key in SECTIONS),
    *(
        path(f"<language:language>/{place}/<slug:slug>/", views.item, {"kind": kind}, name=kind)
        for kind, place in ITEMS.items()
    ),
]
