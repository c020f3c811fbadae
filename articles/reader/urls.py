"""The reader's addresses. What other parts of the project rely on stands in the contract's table of addresses."""

from django.urls import path, register_converter

from articles.reader import handouts, searching, views
from articles.reader.presenters.sections import SEARCH, SECTIONS
from articles.reader.presenters.taking import HANDED_OUT


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
    path(f"<language:language>/{SEARCH.key}/", searching.search_page, name="search"),
    *(path(f"<language:language>/{key}/", views.section, {"key": key}, name=key) for key in SECTIONS),
    *(
        path(f"<language:language>/{place}/<slug:slug>/", views.item, {"kind": kind}, name=kind)
        for kind, place in ITEMS.items()
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
