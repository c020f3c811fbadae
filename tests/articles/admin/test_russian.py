"""An editor who works in Russian meets no English word, on any page of the desk."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.db.models import F, Model
from django.test import Client

from articles.canonical.languages import LANGUAGES
from articles.content.aggregates import AGGREGATES, ROWS, plain_fields
from articles.content.blocks import KeyPointsBlock, StepsBlock
from articles.content.experts import Expert
from articles.content.fields import RichTextField
from articles.content.sources import Source
from articles.content.texts import Article
from articles.publishing.publish import Decision, Terms, publish
from tests.factories.desk import NOON
from tests.factories.triage_desk import small_file

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
    "Enter",
    "Word",
    "JSON",
    # Who admitted the partner of the tests.
    "admits-partners",
}
# Ids of a protocol's questions and answers are the same in every language, and so is its address in tests.
_IDS = {id for one in small_file().questions for id in (one.id, *(option.id for option in one.options))}
ALLOWED |= {written for id in _IDS for written in (id, f"{id}:")} | {small_file().slug.ru}
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
            # The value of an input is its label; that of a button is only what it sends.
            is_labelled = tag == "input" and at.get("type") in ("submit", "button")
            names = (*_SHOWN, "value") if is_labelled else _SHOWN
            for name in names:
                self._collect(at.get(name, ""))
        foreign = (
            at.get("lang") == "en" or tag in ("script", "style", "code") or "hidden" in at.get("class", "").split()
        )
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
        self.words |= set(_LATIN.findall(re.sub(r"\S+@\S+|<[^>]*>|\{[^}]*\}|\S*/\S*|\d+[._]\S*", " ", text))) - ALLOWED


def english_on(html: str) -> set[str]:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return reader.words


def _say_in_russian(model: type[Model]) -> None:
    """Give every English column the words of the Russian one; addresses stay, they are Latin in both."""
    pairs = {
        f"{name}_en": F(f"{name}_ru")
        for name, columns, translated in plain_fields(model)
        if translated and name != "slug" and not isinstance(columns[0], RichTextField)
    }
    rich = {
        f"{name}_{language}": "<ul><li><p>Слова.</p></li></ul>" if model is KeyPointsBlock else "<p>Слова.</p>"
        for name, columns, _translated in plain_fields(model)
        if isinstance(columns[0], RichTextField) and model is not StepsBlock
        for language in LANGUAGES
    }
    if pairs or rich:
        model._default_manager.update(**pairs, **rich)
    if model is StepsBlock:
        model._default_manager.update(text_en=F("text_ru"))


@pytest.fixture
def russian_desk(client: Client, every_address: dict[str, str], editor: User, administrator: User) -> Client:
    """All content is Russian, so that a Latin word can only be the interface's; some of it is live and has drifted."""
    for model in [*AGGREGATES.values(), *(row for rows in ROWS.values() for row in rows.models)]:
        _say_in_russian(model)
    Source.objects.update(title="Обзор судорог", publisher="Вестник", authors="Петров, А.", language="ru", container="")
    article = Article.objects.get()
    both = {"ru": Terms(), "en": Terms()}
    publish("article", article.pk, both, decision=Decision("Врача пока нет."), by=editor, at=NOON)
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
        if name in SITE:
            continue
        answer = russian_desk.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[name] = english_on(answer.content.decode())

    assert len(found) > 70
    assert {name: words for name, words in found.items() if words} == {}
