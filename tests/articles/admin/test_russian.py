"""An editor who works in Russian meets no English word, on any page of the desk."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.content.blocks import HeadingBlock, TextBlock
from articles.content.experts import Expert
from articles.content.organisations import Organisation
from articles.content.pictures import Picture
from articles.content.quotes import Quote
from articles.content.sources import Source
from articles.content.texts import Article
from articles.publishing.publish import Decision, Terms, publish
from tests.factories.desk import NOON

pytestmark = pytest.mark.django_db

# Names of identifiers and languages, and examples of what is typed in Latin letters.
ALLOWED = {
    "English",
    "DOI",
    "PMID",
    "Allen",
    "American",
    "Family",
    "Physician",
    "leg-cramps",
    "xyz",
    "DOI:",
    "PMID:",
    "Alt",
    *("JPEG", "PNG", "WebP", "AVIF", "GIF", "Creative", "Commons", "BY-SA"),
}
# Pages of the site in a frame of the desk.
SITE = {"preview_page", "withdrawn_page"}
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}:?")
_SHOWN = ("title", "aria-label", "placeholder", "alt")
# What has no end tag, and so no inside.
_VOID = {"input", "link", "meta", "br", "img", "hr", "path", "source", "col"}


class _Words(HTMLParser):
    """Collects what a person reads or hears, without what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.silent: list[str] = []
        self.words: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if not self.silent:
            names = (*_SHOWN, "value") if at.get("type") in ("submit", "button") else _SHOWN
            for name in names:
                self._collect(at.get(name, ""))
        foreign = at.get("lang") == "en" or tag in ("script", "style") or "hidden" in at.get("class", "").split()
        if (self.silent or foreign) and tag not in _VOID:
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag in self.silent:
            while self.silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._collect(data)

    def _collect(self, text: str) -> None:
        self.words |= set(_LATIN.findall(re.sub(r"\S+@\S+|<[^>]*>|\S*/\S*|\d+[._]\S*", " ", text))) - ALLOWED


def english_on(html: str) -> set[str]:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return reader.words


@pytest.fixture
def russian_desk(client: Client, every_address: dict[str, str], editor: User, administrator: User) -> Client:
    """All content is Russian, so that a Latin word can only be the interface's; some of it is live and has drifted."""
    Source.objects.update(title="Обзор судорог", publisher="Вестник", authors="Петров, А.", language="ru", container="")
    Article.objects.update(title_en="Статья", summary_en="О чём.")
    HeadingBlock.objects.update(text_en="Раздел")
    TextBlock.objects.update(text_ru="<p>Слова.</p>", text_en="<p>Слова.</p>")
    Quote.objects.update(text_en="Слова.", verdict_note_en="Пояснение.")
    Expert.objects.update(name_en="Анна", specialty_en="невролог", post_en="врач")
    Organisation.objects.update(name_en="Клиника")
    Picture.objects.update(alt_en="Мышца", caption_en="Подпись")
    both = {"ru": Terms(), "en": Terms()}
    publish("article", Article.objects.get().pk, both, decision=Decision("Врача пока нет."), by=editor, at=NOON)
    Expert.objects.update(post_ru="заведующая")
    client.force_login(administrator)
    client.cookies["django_language"] = "ru"
    return client


def test_the_collector_finds_words_where_people_meet_them() -> None:
    page = (
        '<p>Русское слово</p><p lang="en">Other</p><a title="Hidden hint">да</a><br><b>Heading</b><style>main</style>'
    )

    assert english_on(page) == {"Hidden", "hint", "Heading"}


def test_no_page_of_the_desk_has_an_english_word(russian_desk: Client, every_address: dict[str, str]) -> None:
    found = {}
    for name, address in every_address.items():
        answer = russian_desk.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and name not in SITE:
            found[name] = english_on(answer.content.decode())

    assert len(found) > 25
    assert {name: words for name, words in found.items() if words} == {}
