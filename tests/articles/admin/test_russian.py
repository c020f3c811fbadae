"""Who works in Russian meets no English word on any page of the desk, and who works in English no Russian one."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import F, Model, Value
from django.test import Client

from articles.admin.press.home_tiles import TILES
from articles.canonical.languages import LANGUAGES, Language, other_language
from articles.content.aggregates import AGGREGATES, ROWS, plain_fields
from articles.content.blocks import KeyPointsBlock, StepsBlock
from articles.content.care import CareBox
from articles.content.experts import Expert
from articles.content.fields import RichTextField
from articles.content.sources import Source
from articles.content.texts import Article
from articles.publishing import workflow
from articles.publishing.publish import Decision, Terms, publish
from tests.factories.desk import NOON, an_article
from tests.factories.reviews import a_reviewer
from tests.factories.triage_desk import small_file

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

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
    # Who admitted the partner of the tests, and who signs for a reviewer.
    "admits-partners",
    "anna",
    *("UTC", "API", "QR-", "https", "localhost"),
    # The name of a command.
    *("manage", "run", "jobs"),
}
# Ids of a protocol's questions and answers are the same in every language, and so is its address in tests.
_IDS = {id for one in small_file().questions for id in (one.id, *(option.id for option in one.options))}
ALLOWED |= {written for id in _IDS for written in (id, f"{id}:")} | {small_file().slug.ru}
# Pages of the site in a frame of the desk.
SITE = {"preview_page", "withdrawn_page"}
# What people and partners of the tests are called, and what they have written.
ALLOWED_IN_ENGLISH = {
    *("Анна", "Мария", "Орлова", "Белова", "Редакция", "Клиника", "Больница"),
    *("Статья", "сайте", "тромбоз"),
}
_FOREIGN: dict[Language, re.Pattern[str]] = {
    "ru": re.compile(r"[A-Za-z][A-Za-z'’-]{2,}:?"),
    "en": re.compile(r"[А-ЯЁа-яё][а-яё]{2,}"),
}
_SHOWN = ("title", "aria-label", "placeholder", "alt")
# What has no end tag, and so no inside.
_VOID = {"input", "link", "meta", "br", "img", "hr", "path", "source", "col"}


class _Words(HTMLParser):
    """Collects what a person reads or hears, without what is marked as another language."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.other, self.foreign = other_language(language), _FOREIGN[language]
        self.allowed = ALLOWED if language == "ru" else ALLOWED_IN_ENGLISH
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
            at.get("lang") == self.other
            or tag in ("script", "style", "code")
            or "hidden" in at.get("class", "").split()
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
        self.words |= (
            set(self.foreign.findall(re.sub(r"\S+@\S+|<[^>]*>|\{[^}]*\}|\S*/\S*|\d+[._]\S*", " ", text))) - self.allowed
        )


def foreign_on(html: str, language: Language) -> set[str]:
    """The words of the other language on a page of the desk in this one."""
    reader = _Words(language)
    reader.feed(html)
    reader.close()
    return reader.words


def _say_in(language: Language, model: type[Model]) -> None:
    """Give every column of the other language the words of this one; addresses stay, they are Latin in both."""
    fields = [(name, columns[0]) for name, columns, translated in plain_fields(model) if translated]
    pairs = {
        f"{name}_{other_language(language)}": F(f"{name}_{language}")
        for name, column in fields
        if name != "slug" and not isinstance(column, RichTextField)
    }
    words = {"ru": "Слова.", "en": "Words."}[language]
    text = f"<ul><li><p>{words}</p></li></ul>" if model is KeyPointsBlock else f"<p>{words}</p>"
    rich = {
        f"{name}_{code}": text
        for name, column in fields
        if isinstance(column, RichTextField) and model is not StepsBlock
        for code in LANGUAGES
    }
    if model is CareBox:
        # Publishing asks for an action and “if” in each language; the shortest words are not looked at.
        del pairs[f"title_{other_language(language)}"]
        pairs |= {"title_ru": Value("Да {emergency}, если"), "title_en": Value("Go {emergency} if")}
    if pairs or rich:
        model._default_manager.update(**pairs, **rich)
    if model is StepsBlock:
        model._default_manager.update(**{f"text_{other_language(language)}": F(f"text_{language}")})


def _under_way(title: str, editor: User) -> None:
    """One text is with a reviewer in one language and was returned in the other."""
    article = an_article()
    Article.objects.filter(pk=article.pk).update(title_ru=title, title_en=title, summary_ru=title, summary_en=title)
    for language in LANGUAGES:
        workflow.submit("article", article.pk, language, by=editor, at=NOON)
    workflow.send_back("article", article.pk, "en", note=title, by=a_reviewer(), at=NOON)


# What the content says in each language.
_SAID: dict[Language, dict[str, str]] = {
    "ru": {
        "title": "Обзор судорог", "publisher": "Вестник", "authors": "Петров, А.", "reason": "Врача пока нет.",
        "post": "заведующая", "article": "Мозоль",
    },
    "en": {
        "title": "A review", "publisher": "Herald", "authors": "Smith, A.", "reason": "No reviewer yet.",
        "post": "head of a ward", "article": "A blister",
    },
}  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Language:
    return request.param


@pytest.fixture
def desk_of_one_language(
    client: Client, every_address: dict[str, str], editor: User, administrator: User, spoken: Language
) -> Client:
    """All content is in one language, so that a word of the other can only be the interface's.

    Some of it is live and has drifted, some is on its way.
    """
    said = _SAID[spoken]
    for model in [*AGGREGATES.values(), *(row for rows in ROWS.values() for row in rows.models)]:
        _say_in(spoken, model)
    article = Article.objects.get()
    _under_way(said["article"], editor)
    Source.objects.update(
        title=said["title"], publisher=said["publisher"], authors=said["authors"], language=spoken, container=""
    )
    both = {"ru": Terms(), "en": Terms()}
    publish("article", article.pk, both, decision=Decision(said["reason"]), by=editor, at=NOON)
    Expert.objects.update(post_ru=said["post"], post_en=said["post"])
    # Pages of every role: what is refused is not looked at.
    administrator.groups.set(Group.objects.all())
    client.force_login(administrator)
    client.cookies["django_language"] = spoken
    return client


def test_the_collector_finds_words_where_people_meet_them() -> None:
    page = (
        '<p>Русское слово</p><p lang="en">Other</p><a title="Hidden hint">да</a><br><b>Heading</b><style>main</style>'
    )

    assert foreign_on(page, "ru") == {"Hidden", "hint", "Heading"}
    assert foreign_on(page, "en") == {"Русское", "слово"}


def test_no_page_of_the_desk_has_a_word_of_the_other_language(
    desk_of_one_language: Client, every_address: dict[str, str], spoken: Language
) -> None:
    under_way = Article.objects.get(title_ru=_SAID[spoken]["article"])
    more = {
        f"{page} of a text under way": f"/admin/{page}/article/{under_way.pk}/"
        for page in ("workflow", "checklist", "publish", "translations", "reviews", "editions")
    }
    more |= {f"waiting: {tile.code}": f"/admin/waiting/{tile.code}/" for tile in TILES}
    more["form of a text under way"] = f"/admin/articles/article/{under_way.pk}/change/"
    found = {}
    for name, address in (every_address | more).items():
        if name in SITE:
            continue
        answer = desk_of_one_language.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[name] = foreign_on(answer.content.decode(), spoken)

    assert len(found) > 100
    assert {name: words for name, words in found.items() if words} == {}
